from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from events.models.attachment import Attachment
from events.models.session import Session
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.visibility.models import State

MOST_FILES = 20
MEGABYTE = 1_000_000


class InvitationQuerySet(models.QuerySet):
    def valid(self) -> Self:
        """Invitations that are neither expired nor revoked."""
        return self.filter(expires_at__gt=timezone.now(), revoked_at=None)


class Invitation(models.Model):
    """Lets someone without an account hand in files for one session, limited in number, size and time."""

    uuid = models.UUIDField("Kennung", primary_key=True, default=uuid4, editable=False)
    session = models.ForeignKey(Session, verbose_name="Beitrag", on_delete=models.CASCADE, related_name="invitations")
    recipient = models.CharField(
        "Für wen", max_length=200, blank=True, help_text="Nur in der Verwaltung sichtbar, zum Beispiel ein Name."
    )
    most_files = models.PositiveSmallIntegerField("Dateien höchstens", default=5)
    most_megabytes = models.PositiveIntegerField("Megabyte zusammen höchstens", default=200)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="erstellt von",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="invitations",
    )
    created_at = models.DateTimeField("erstellt am", default=timezone.now, editable=False)
    expires_at = models.DateTimeField("gültig bis")
    revoked_at = models.DateTimeField("zurückgezogen am", null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "Upload-Link"
        verbose_name_plural = "Upload-Links"
        ordering = ["-created_at"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")),
                name="invitation_ends_after_it_begins",
                violation_error_message="Ein Upload-Link endet, nachdem er erstellt wurde.",
            ),
            models.CheckConstraint(
                condition=Q(most_files__gte=1, most_files__lte=MOST_FILES, most_megabytes__gte=1),
                name="invitation_takes_something",
                violation_error_message=f"Bitte 1 bis {MOST_FILES} Dateien und mindestens 1 Megabyte erlauben.",
            ),
        ]

    def __str__(self) -> str:
        """Without the token: this may be logged."""
        return f"Upload-Link vom {timezone.localtime(self.created_at):%d.%m.%Y}"

    @property
    def most_bytes(self) -> int:
        return self.most_megabytes * MEGABYTE


class HandedIn(models.Model):
    """An attachment that came by an invitation, and what its sender agreed to."""

    attachment = models.OneToOneField(
        Attachment,
        verbose_name="Material",
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="handed_in",
        db_column="material_id",
    )
    invitation = models.ForeignKey(
        Invitation, verbose_name="Upload-Link", on_delete=models.CASCADE, related_name="handed_in"
    )
    received_at = models.DateTimeField("eingegangen am", default=timezone.now, editable=False)
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True)
    released_by = models.CharField("freigegeben von", max_length=200, blank=True)
    licence = models.CharField("freigegeben unter", max_length=15, choices=Attachment.Licence, blank=True)

    class Meta:
        verbose_name = "eingereichte Datei"
        verbose_name_plural = "eingereichte Dateien"
        ordering = ["received_at", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, released_by="")
                | (Q(released_at__isnull=False) & ~Q(released_by="")),
                name="handed_in_is_released_by_somebody",
                violation_error_message="Wer freigibt, nennt den eigenen Namen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attachment_id}: eingereicht am {timezone.localtime(self.received_at):%d.%m.%Y}"

    @property
    def first_file(self) -> StoredFile | None:
        """The file as it came: staff's replacements keep it as the earliest version."""
        versions = list(self.attachment.versions.all())
        return versions[-1].stored_file if versions else self.attachment.stored_file

    @property
    def is_changed(self) -> bool:
        """Staff have moved the attachment or replaced its file, so the link no longer shows it."""
        is_moved = self.attachment.session_id != self.invitation.session_id
        return is_moved or self.attachment.versions.exists()

    @property
    def is_untouched(self) -> bool:
        """Neither released nor saved since its receipt, so that deleting it loses nobody's work."""
        attachment = self.attachment
        return (
            self.released_at is None and attachment.state == State.DRAFT and attachment.changed_at <= self.received_at
        )
