from typing import Any

from django.db import models

from events.models.attachment import Attachment
from events.models.session import LANGUAGES
from lernnetzwerk.files.fields import StoredFileField
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.subtitles.webvtt import parse


class Track(models.Model):
    """Subtitles of a recording in one language; as public as the recording.

    Kinds as in HTML: subtitles are for people who hear, captions also for people who do not.
    """

    class Kind(models.TextChoices):
        SUBTITLES = "subtitles", "Untertitel"
        CAPTIONS = "captions", "Untertitel für Gehörlose"

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
        help_text="Untertitel in der Sprache des Materials stehen auch als Text auf der Seite.",
    )
    kind = models.CharField(
        "Art",
        max_length=10,
        choices=Kind,
        default=Kind.SUBTITLES,
        help_text="„Untertitel“: nur Gesprochenes, etwa eine Übersetzung. „Untertitel für Gehörlose“: auch Geräusche, "
        "Musik und wer spricht.",
    )
    language = models.CharField("Sprache", max_length=5, choices=[one for one in LANGUAGES if one[0]])
    label = models.CharField("Name im Menü", max_length=60, blank=True, help_text="Leer: Art und Sprache.")
    last_second = models.PositiveIntegerField("Ende des letzten Untertitels", null=True, editable=False)

    class Meta:
        verbose_name = "Untertitelspur"
        verbose_name_plural = "Untertitel"
        ordering = ["language", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "language", "kind"],
                name="track_is_the_only_one_of_its_language_and_kind",
                violation_error_message="In dieser Sprache gibt es schon Untertitel dieser Art.",
            ),
        ]

    def __str__(self) -> str:
        return self.label or f"{self.get_kind_display()} {self.get_language_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.last_second = last_second(self.stored_file)
        super().save(*args, **kwargs)

    @property
    def address_name(self) -> str:
        """Its name in addresses and archives: `de`, `de-gehoerlose`."""
        return f"{self.language}-gehoerlose" if self.kind == self.Kind.CAPTIONS else self.language

    @property
    def language_and_kind(self) -> str:
        """In a line about subtitles: `Deutsch`, `Deutsch für Gehörlose`."""
        language = self.get_language_display()
        return f"{language} für Gehörlose" if self.kind == self.Kind.CAPTIONS else language


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
