from django.conf import settings
from django.db import models
from django.utils import timezone

from lernnetzwerk.files.models import StoredFile


class AttachmentVersion(models.Model):
    """An earlier file of an attachment. Only staff see it; `Attachment.save` creates it, nobody changes it."""

    attachment = models.ForeignKey(
        "events.Attachment", verbose_name="Material", on_delete=models.CASCADE, related_name="versions"
    )
    stored_file = models.ForeignKey(
        StoredFile, verbose_name="Datei", on_delete=models.PROTECT, related_name="attachment_versions"
    )
    replaced_at = models.DateTimeField("ersetzt am", default=timezone.now)
    replaced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="ersetzt von",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        db_table = "events_materialversion"
        verbose_name = "frühere Fassung"
        verbose_name_plural = "frühere Fassungen"
        ordering = ["-replaced_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.stored_file)
