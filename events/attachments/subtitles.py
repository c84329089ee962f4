"""The subtitles of recordings: by recording, in words, and as a level of accessibility."""

from collections.abc import Collection, Iterable

from django.db.models import Case, Exists, F, OuterRef, Q, Value, When

from events.attachments.recording_times import SUBTITLE_TOLERANCE
from events.models import Attachment, Track
from lernnetzwerk.reading.models import Reading


def tracks_of(recordings: Collection[Attachment]) -> dict[int, list[Track]]:
    """By the key of their recording; no query without recordings."""
    found: dict[int, list[Track]] = {}
    if recordings:
        for track in Track.objects.filter(attachment__in=recordings).select_related("stored_file"):
            found.setdefault(track.attachment_id, []).append(track)
    return found


def subtitles_in_words(tracks: Iterable[Track]) -> str:
    """The languages of the subtitles in one line, with their kind where they are captions."""
    languages = [track.language_and_kind for track in tracks]
    return f"mit Untertiteln ({', '.join(languages)})" if languages else "ohne Untertitel"


def accessibility() -> Case:
    """For queries of attachments: the file's level; of a recording a level derived from its subtitles and findings."""
    tracks = Track.objects.filter(attachment=OuterRef("pk"))
    in_its_language = tracks.filter(Q(language=OuterRef("language")) | Q(attachment__language=""))
    late = tracks.filter(last_second__gt=OuterRef("stored_file__reading__seconds") + SUBTITLE_TOLERANCE)
    has_findings = Q(stored_file__reading__open_findings__gt=0) | Exists(late)
    is_recording = Q(stored_file__media_type__startswith="video/") | Q(stored_file__media_type__startswith="audio/")
    return Case(
        When(is_recording & Exists(in_its_language) & ~has_findings, then=Value(Reading.Level.GOOD)),
        When(is_recording & Exists(tracks), then=Value(Reading.Level.PARTIAL)),
        When(is_recording, then=Value(Reading.Level.POOR)),
        default=F("stored_file__reading__accessibility"),
    )
