from typing import Any

from django.db import models

from events.models.attachment import Attachment
from events.models.session import LANGUAGES
from lernnetzwerk.files.fields import StoredFileField
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.subtitles.webvtt import parse


class Track(models.Model):
    """Subtitles of a recording in one language; as public as the recording."""

    class Kind(models.TextChoices):
        SUBTITLES = "subtitles", "Untertitel"
        CAPTIONS = "captions", "Untertitel mit Geräuschen"

    attachment = models.ForeignKey(
        Attachment,
        verbose_name="Material",
        on_delete=models.CASCADE,
        related_name="tracks",
        db_column="material_id",
    )
    stored_file = StoredFileField(
        verbose_name="Datei",
        on_delete=models.PROTECT,
        related_name="tracks",
        accept="subtitles",
        help_text="Aus den Untertiteln in der Sprache des Materials entsteht auch der Text zum Mitlesen.",
    )
    kind = models.CharField("Art", max_length=10, choices=Kind, default=Kind.SUBTITLES)
    language = models.CharField("Sprache", max_length=5, choices=[one for one in LANGUAGES if one[0]])
    label = models.CharField("Name im Menü", max_length=60, blank=True, help_text="Leer: Art und Sprache.")
    last_second = models.PositiveIntegerField("Ende des letzten Untertitels", null=True, editable=False)

    class Meta:
        verbose_name = "Untertitelspur"
        verbose_name_plural = "Untertitel"
        ordering = ["language", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "language"],
                name="track_is_the_only_one_in_its_language",
                violation_error_message="In dieser Sprache gibt es schon Untertitel.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.get_kind_display()} {self.get_language_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.last_second = last_second(self.stored_file)
        super().save(*args, **kwargs)


def last_second(stored_file: StoredFile) -> int | None:
    """The end of the last subtitle in seconds; None if the file is lost or no longer valid."""
    try:
        cues = parse(_content(stored_file))
    except (OSError, RefusedError):
        return None
    return max(cue.end for cue in cues) // 1000


def _content(stored_file: StoredFile) -> bytes:
    if stored_file.pending is None:
        with stored_file.open() as file:
            return file.read()
    stored_file.pending.content.seek(0)
    return stored_file.pending.content.read()
