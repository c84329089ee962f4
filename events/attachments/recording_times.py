"""Compares chapters and subtitles with the length of the recording, if its file was read."""

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from events.models import Attachment, Track
from events.models.attachment_queryset import AttachmentQuerySet
from events.models.chapters import clock
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.findings import Finding
from lernnetzwerk.reading.models import AcceptedFinding, Reading

SUBTITLE_TOLERANCE = 5  # seconds by which subtitles may outlast the recording: some programs extend the last one

NO_SUBTITLES = "no_subtitles"
SUBTITLE_ADVICE = (
    "Gehörlose Menschen brauchen Untertitel. Bitte fügen Sie im Formular unter „Untertitel“ eine WebVTT-Datei hinzu. "
    "Wird nicht gesprochen, sind keine nötig."
)


def recording_seconds(stored_file: StoredFile | None) -> int | None:
    """In seconds; None for other files, unread files and unknown lengths."""
    if stored_file is None:
        return None
    return Reading.objects.filter(pk=stored_file.pk).values_list("seconds", flat=True).first()


def recording_findings(attachment: Attachment) -> list[Finding]:
    """Findings beyond the file itself: late chapters, late or missing subtitles."""
    return [*time_findings(attachment), *subtitle_findings(attachment)]


def time_findings(attachment: Attachment) -> list[Finding]:
    """Findings about chapters and subtitles after the recording's end; two queries."""
    seconds = recording_seconds(attachment.stored_file)
    return findings_after_end(attachment, attachment.tracks.all(), seconds) if seconds is not None else []


def subtitle_findings(attachment: Attachment) -> list[Finding]:
    file = attachment.stored_file
    if file is None or not (file.is_video or file.is_audio) or attachment.tracks.all():
        return []
    return [Finding(NO_SUBTITLES, "Zu dieser Aufnahme gibt es keine Untertitel.", SUBTITLE_ADVICE)]


def findings_after_end(attachment: Attachment, tracks: list[Track] | QuerySet[Track], seconds: int) -> list[Finding]:
    """Keys contain the time, so that accepting one covers only the present chapters or subtitles."""
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
        if track.last_second is not None and track.last_second > seconds + SUBTITLE_TOLERANCE:
            said = f"Die Spur „{track}“ reicht bis {clock(track.last_second)}, {lasts}"
            key = f"subtitles-{track.pk}-{track.last_second}"
            found.append(Finding(key, said, "Bitte die Untertitel hochladen, die zu dieser Aufnahme gehören."))
    return found


def with_times_after_end() -> QuerySet[Attachment]:
    """Attachments with unaccepted findings of `time_findings`, with the rows that it reads."""
    seconds = "stored_file__reading__seconds"
    long = Track.objects.filter(attachment=OuterRef("pk"), last_second__gt=OuterRef(seconds) + SUBTITLE_TOLERANCE)
    long = long.exclude(_is_accepted("attachment__stored_file", "subtitles-", "pk", "-", "last_second"))
    late_chapters = Q(last_chapter__gte=F(seconds)) & ~_is_accepted("stored_file", "chapters-", "last_chapter")
    return _with_readings(Attachment.objects.filter(late_chapters | Exists(long)))


def recordings_without_subtitles() -> QuerySet[Attachment]:
    """Recordings with an unaccepted finding of `subtitle_findings`."""
    recorded = Q(stored_file__media_type__startswith="video/") | Q(stored_file__media_type__startswith="audio/")
    left = AcceptedFinding.objects.filter(reading=OuterRef("stored_file"), key=NO_SUBTITLES)
    return _with_readings(Attachment.objects.filter(recorded, ~Exists(left), tracks=None))


def _is_accepted(file: str, prefix: str, *parts: str) -> Exists:
    """Whether the finding whose key is built from a row's columns was accepted."""
    columns = (Value(part) if part == "-" else Cast(OuterRef(part), CharField()) for part in parts)
    return Exists(AcceptedFinding.objects.filter(reading=OuterRef(file), key=Concat(Value(prefix), *columns)))


def _with_readings(attachments: AttachmentQuerySet) -> AttachmentQuerySet:
    related = attachments.for_cards().select_related("stored_file__reading")
    return related.prefetch_related("tracks", "stored_file__reading__accepted_findings")
