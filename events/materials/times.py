"""Chapters and subtitles against the length of the recording, as far as somebody has looked inside its file."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from events.materials.models import Attachment
from events.materials.moments import clock, refuse_after_end
from events.materials.tracks import Track
from lernnetzwerk.editorial import EditorialForm
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.findings import Finding
from lernnetzwerk.reading.models import Reading

SLACK = 5  # seconds by which subtitles may outlast the recording: some programs let the last one stand

SUBTITLE = (
    "Wer nicht hören kann, erfährt nicht, was gesagt wird. Bitte weiter unten eine WebVTT-Datei hinzufügen; "
    "wird nicht gesprochen, braucht es keine."
)


class RecordingForm(EditorialForm):
    """Refuses chapters that nobody would reach; older ones only become a finding, lest they stop another change."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seconds = length(cleaned.get("stored_file"))
        if seconds is not None and "chapters" in self.changed_data:
            self._refuse_late_chapters(cleaned.get("chapters", ""), seconds)
        return cleaned

    def _refuse_late_chapters(self, text: str, seconds: int) -> None:
        """Lines that are no chapters at all are complained about by the model."""
        try:
            refuse_after_end(text, seconds)
        except ValidationError as error:
            self.add_error("chapters", error)


def length(stored_file: StoredFile | None) -> int | None:
    """In seconds; None for what is no recording, has just been chosen, or does not tell."""
    if stored_file is None:
        return None
    return Reading.objects.filter(pk=stored_file.pk).values_list("seconds", flat=True).first()


def overruns(material: Attachment) -> list[Finding]:
    """What begins or is said when the recording is over already; costs two queries."""
    seconds = length(material.stored_file)
    return late(material, material.tracks.all(), seconds) if seconds is not None else []


def unsubtitled(material: Attachment) -> list[Finding]:
    file = material.stored_file
    if file is None or not (file.is_video or file.is_audio) or material.tracks.exists():
        return []
    return [Finding("no_subtitles", "Zu dieser Aufnahme gibt es keine Untertitel.", SUBTITLE)]


def late(material: Attachment, tracks: list[Track] | QuerySet[Track], seconds: int) -> list[Finding]:
    lasts = f"die Aufnahme dauert aber nur {clock(seconds)}."
    found = []
    if material.last_chapter is not None and material.last_chapter >= seconds:
        said = f"Das letzte Kapitel beginnt bei {clock(material.last_chapter)}, {lasts}"
        found.append(Finding("chapters", said, "Bitte die Zeiten der Kapitel an diese Aufnahme anpassen."))
    for track in tracks:
        if track.last_second is not None and track.last_second > seconds + SLACK:
            said = f"Die Spur „{track}“ reicht bis {clock(track.last_second)}, {lasts}"
            found.append(Finding("subtitles", said, "Bitte die Untertitel hochladen, die zu dieser Aufnahme gehören."))
    return found


def overrun() -> QuerySet[Attachment]:
    """Materials of which `overruns` finds something, with what it asks for."""
    seconds = "stored_file__reading__seconds"
    tracks = Track.objects.filter(material=OuterRef("pk"), last_second__gt=OuterRef(seconds) + SLACK)
    found = Attachment.objects.filter(Q(last_chapter__gte=F(seconds)) | Exists(tracks))
    return found.for_cards().select_related("stored_file__reading").prefetch_related("tracks")
