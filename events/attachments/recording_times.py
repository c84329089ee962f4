"""Chapters and subtitles against the length of the recording, as far as somebody has looked inside its file."""

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from events.models import Attachment, Track
from events.models.attachment import AttachmentQuerySet
from events.models.chapters import clock
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.findings import Finding
from lernnetzwerk.reading.models import AcceptedFinding, Reading

SLACK = 5  # seconds by which subtitles may outlast the recording: some programs let the last one stand

NO_SUBTITLES = "no_subtitles"
SUBTITLE = (
    "Wer nicht hören kann, erfährt nicht, was gesagt wird. Bitte im Formular unter „Untertitel“ eine WebVTT-Datei "
    "hinzufügen; wird nicht gesprochen, braucht es keine."
)


def length(stored_file: StoredFile | None) -> int | None:
    """In seconds; None for what is no recording, has just been chosen, or does not tell."""
    if stored_file is None:
        return None
    return Reading.objects.filter(pk=stored_file.pk).values_list("seconds", flat=True).first()


def of_recording(attachment: Attachment) -> list[Finding]:
    """What its file alone does not tell: late chapters, long subtitles, or none."""
    return [*overruns(attachment), *unsubtitled(attachment)]


def overruns(attachment: Attachment) -> list[Finding]:
    """What begins or is said when the recording is over already; costs two queries."""
    seconds = length(attachment.stored_file)
    return late(attachment, attachment.tracks.all(), seconds) if seconds is not None else []


def unsubtitled(attachment: Attachment) -> list[Finding]:
    file = attachment.stored_file
    if file is None or not (file.is_video or file.is_audio) or attachment.tracks.all():
        return []
    return [Finding(NO_SUBTITLES, "Zu dieser Aufnahme gibt es keine Untertitel.", SUBTITLE)]


def late(attachment: Attachment, tracks: list[Track] | QuerySet[Track], seconds: int) -> list[Finding]:
    """Their keys name the moment: who leaves them as they are has decided about these chapters and subtitles only."""
    lasts = f"die Aufnahme dauert aber nur {clock(seconds)}."
    found = []
    if attachment.last_chapter is not None and attachment.last_chapter >= seconds:
        said = f"Das letzte Kapitel beginnt bei {clock(attachment.last_chapter)}, {lasts}"
        found.append(
            Finding(
                f"chapters-{attachment.last_chapter}", said, "Bitte die Zeiten der Kapitel an diese Aufnahme anpassen."
            )
        )
    for track in tracks:
        if track.last_second is not None and track.last_second > seconds + SLACK:
            said = f"Die Spur „{track}“ reicht bis {clock(track.last_second)}, {lasts}"
            key = f"subtitles-{track.pk}-{track.last_second}"
            found.append(Finding(key, said, "Bitte die Untertitel hochladen, die zu dieser Aufnahme gehören."))
    return found


def overrun() -> QuerySet[Attachment]:
    """Materials of which `overruns` finds something that nobody has left as it is, with what it asks for."""
    seconds = "stored_file__reading__seconds"
    long = Track.objects.filter(attachment=OuterRef("pk"), last_second__gt=OuterRef(seconds) + SLACK)
    long = long.exclude(_is_left("attachment__stored_file", "subtitles-", "pk", "-", "last_second"))
    late_chapters = Q(last_chapter__gte=F(seconds)) & ~_is_left("stored_file", "chapters-", "last_chapter")
    return _with_readings(Attachment.objects.filter(late_chapters | Exists(long)))


def without_subtitles() -> QuerySet[Attachment]:
    """Recordings of which `unsubtitled` finds something that nobody has left as it is."""
    recorded = Q(stored_file__media_type__startswith="video/") | Q(stored_file__media_type__startswith="audio/")
    left = AcceptedFinding.objects.filter(reading=OuterRef("stored_file"), key=NO_SUBTITLES)
    return _with_readings(Attachment.objects.filter(recorded, ~Exists(left), tracks=None))


def _is_left(file: str, prefix: str, *parts: str) -> Exists:
    """Of a row: whether the finding whose key is made of its columns was left as it is."""
    columns = (Value(part) if part == "-" else Cast(OuterRef(part), CharField()) for part in parts)
    return Exists(AcceptedFinding.objects.filter(reading=OuterRef(file), key=Concat(Value(prefix), *columns)))


def _with_readings(attachments: AttachmentQuerySet) -> AttachmentQuerySet:
    related = attachments.for_cards().select_related("stored_file__reading")
    return related.prefetch_related("tracks", "stored_file__reading__accepted_findings")
