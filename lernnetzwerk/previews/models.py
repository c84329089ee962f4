from datetime import datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from lernnetzwerk.visibility.models import Editorial

UNKNOWN = "?"  # of links older than this field


class PreviewLinkQuerySet(models.QuerySet):
    def valid(self, at: datetime | None = None) -> Self:
        """Links that are neither expired nor revoked at the moment `at` (default: now)."""
        return self.filter(expires_at__gt=at or timezone.now(), revoked_at=None)

    def of(self, instance: models.Model) -> Self:
        return self.filter(kind=ContentType.objects.get_for_model(instance), object_id=instance.pk)

    def of_rows(self, rows: models.QuerySet) -> Self:
        return self.filter(
            kind=ContentType.objects.get_for_model(rows.model), object_id__in=rows.order_by().values("pk")
        )


class PreviewLink(models.Model):
    """Lets someone without an account see the preview of one instance for a limited time.

    It belongs to the instance, not to its creator: when they leave, it stays valid until it expires or is revoked. It
    shows the instance as it is, and ends when the instance moves, such as an attachment to another session.
    """

    uuid = models.UUIDField("Kennung", primary_key=True, default=uuid4, editable=False)
    kind = models.ForeignKey(ContentType, verbose_name="Art", on_delete=models.CASCADE, related_name="+")
    object_id = models.BigIntegerField("Gegenstand")
    place = models.CharField("gehörte zu", max_length=60, blank=True, default=UNKNOWN, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erstellt von",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="preview_links",
    )
    created_at = models.DateTimeField("erstellt am", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("gültig bis")
    revoked_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "Vorschau-Link"
        verbose_name_plural = "Vorschau-Links"
        ordering = ["-created_at"]
        default_permissions = ()
        indexes = [models.Index(fields=["kind", "object_id"], name="preview_link_of_thing")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="preview_link_ends_after_it_begins",
                violation_error_message="Ein Vorschau-Link endet, nachdem er erstellt wurde.",
            ),
        ]

    def __str__(self) -> str:
        """Contains no token: this may be logged."""
        return f"Vorschau-Link vom {timezone.localtime(self.created_at):%d.%m.%Y}"

    def opens(self, instance: Editorial) -> bool:
        """Whether `instance` still belongs to what it belonged to when the link was made."""
        return self.place in {UNKNOWN, instance.owner_key}

    def is_ended_by_move(self, before: Editorial, after: Editorial) -> bool:
        return self.opens(before) and not self.opens(after)
