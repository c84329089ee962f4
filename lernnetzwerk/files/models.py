from typing import Any, Self
from uuid import uuid4

from django.core.files import File
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lernnetzwerk.files.check import CheckedUpload
from lernnetzwerk.files.facts import count, format_size
from lernnetzwerk.files.names import split_extension
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.types import BY_MEDIA_TYPE, FileType
from lernnetzwerk.text.searchable import FoldedField


class ImmutableError(Exception):
    """A stored file never changes; other content is another stored file."""


class StoredFileQuerySet(models.QuerySet):
    def update(self, **kwargs: Any) -> int:
        raise ImmutableError("Stored files are immutable; store a new one.")


class StoredFile(models.Model):
    """A blob that was checked before it was stored. The models that refer to it decide who may read it."""

    id = models.UUIDField("Kennung", primary_key=True, default=uuid4, editable=False)
    key = models.CharField("Schlüssel", max_length=60, unique=True, editable=False)
    sha256 = models.CharField("Prüfsumme (SHA-256)", max_length=64, editable=False)
    size = models.PositiveBigIntegerField("Größe in Bytes", editable=False)
    media_type = models.CharField("Medientyp", max_length=100, editable=False)
    original_name = models.CharField("Name beim Hochladen", max_length=200, editable=False)
    page_count = models.PositiveIntegerField("Seiten oder Folien", null=True, editable=False)
    width = models.PositiveIntegerField("Breite in Pixeln", null=True, editable=False)
    height = models.PositiveIntegerField("Höhe in Pixeln", null=True, editable=False)
    is_tagged = models.BooleanField("PDF mit Struktur für Vorleseprogramme", null=True, editable=False)
    created_at = models.DateTimeField("gespeichert am", default=timezone.now, editable=False)
    folded = FoldedField("original_name", "sha256")

    # The checked upload of an unsaved file; None once it is stored.
    pending: CheckedUpload | None = None

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = "Datei"
        verbose_name_plural = "Dateien"
        ordering = ["-created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gte=1),
                name="stored_file_is_not_empty",
                violation_error_message="Eine gespeicherte Datei kann nicht leer sein.",
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="stored_file_has_a_sha256",
                violation_error_message="Die Prüfsumme besteht aus 64 Hexadezimalziffern.",
            ),
            models.CheckConstraint(
                condition=Q(page_count__isnull=True) | Q(page_count__gte=1),
                name="stored_file_has_no_or_some_pages",
                violation_error_message="Die Seitenzahl ist unbekannt oder mindestens 1.",
            ),
            models.CheckConstraint(
                condition=Q(width__isnull=True, height__isnull=True)
                | Q(width__isnull=False, width__gte=1, height__isnull=False, height__gte=1),
                name="stored_file_has_both_or_no_dimensions",
                violation_error_message="Breite und Höhe sind beide bekannt oder beide unbekannt.",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name

    def save(self, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableError("Stored files are immutable; store a new one.")
        super().save(**{**kwargs, "force_insert": True})

    @classmethod
    def unsaved(cls, checked: CheckedUpload) -> Self:
        """A file whose content is not stored yet, as the value of a form."""
        stored_file = cls(
            size=checked.size,
            media_type=checked.type.media_type,
            original_name=checked.name,
            page_count=checked.page_count,
            width=checked.width,
            height=checked.height,
            is_tagged=checked.is_tagged,
        )
        stored_file.pending = checked
        return stored_file

    @property
    def type(self) -> FileType | None:
        return BY_MEDIA_TYPE.get(self.media_type)

    @property
    def type_label(self) -> str:
        return self.type.label if self.type else "Datei"

    @property
    def extension(self) -> str:
        return self.type.extensions[0] if self.type else ""

    @property
    def is_embeddable(self) -> bool:
        """Whether pages show or play it, so that a download needs `Content-Disposition: attachment`."""
        return self.is_image or self.is_video or self.is_audio

    @property
    def is_image(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_audio(self) -> bool:
        return self.media_type.startswith("audio/")

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")

    @property
    def facts(self) -> str:
        """Facts for visitors, such as "PDF, 8 Seiten, 240 kB"."""
        facts = [self.type_label]
        if self.page_count and self.type:
            facts.append(count(self.page_count, *self.type.pages))
        if self.width and self.height:
            facts.append(f"{self.width} × {self.height} Pixel")
        return ", ".join([*facts, format_size(self.size)])

    @property
    def stem(self) -> str:
        """The original name without its extension; the default title."""
        return split_extension(self.original_name)[0]

    def open(self) -> File:
        """The stored bytes, which the caller closes. Raises FileNotFoundError when they are missing."""
        return files_storage().open(self.key)


class Leftover(models.Model):
    """A stored blob without references, and since when. `gc_media` deletes it after the grace period."""

    key = models.CharField("Schlüssel", max_length=200, primary_key=True)
    noticed_at = models.DateTimeField("aufgefallen am", default=timezone.now)

    class Meta:
        verbose_name = "übrige Datei"
        verbose_name_plural = "übrige Dateien"

    def __str__(self) -> str:
        return self.key


class Examination(models.Model):
    """The latest comparison of a stored blob with its row. `damage` is empty or a German sentence."""

    describes = "stored_file"

    stored_file = models.OneToOneField(
        StoredFile, verbose_name="Datei", primary_key=True, on_delete=models.CASCADE, related_name="examination"
    )
    examined_at = models.DateTimeField("geprüft am", default=timezone.now, db_index=True)
    damage = models.CharField("Schaden", max_length=200, blank=True)

    class Meta:
        verbose_name = "Prüfung einer Datei"
        verbose_name_plural = "Prüfungen von Dateien"

    def __str__(self) -> str:
        return self.damage or "unversehrt"
