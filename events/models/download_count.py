from django.db import models

from events.models.attachment import Attachment


class DownloadCount(models.Model):
    """Downloads of one attachment on one day (Europe/Berlin)."""

    attachment = models.ForeignKey(
        Attachment,
        verbose_name="Material",
        on_delete=models.CASCADE,
        related_name="download_counts",
        db_column="material_id",
    )
    day = models.DateField("Tag")
    number = models.PositiveIntegerField("Anzahl", default=0)

    class Meta:
        verbose_name = "Downloads eines Tages"
        verbose_name_plural = "Downloads nach Tagen"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["attachment", "day"], name="download_count_of_a_day_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d.%m.%Y}: {self.number}"
