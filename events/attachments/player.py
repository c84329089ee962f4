"""A recording on its attachment's page: a stored file in a player, an external one after a click."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

from events.attachments.download import addresses
from events.attachments.providers import Embedding, embedding
from events.attachments.transcript import Paragraph, transcript
from events.models import Attachment, Track
from events.models.chapters import Chapter, chapter_track, chapters
from lernnetzwerk.files.delivery import deliver

RECORDINGS = {Attachment.Kind.VIDEO, Attachment.Kind.AUDIO}


@dataclass(frozen=True)
class Player:
    is_video: bool
    address: str  # of the file
    tracks: tuple[Track, ...]
    chapters: list[Chapter]
    transcript: tuple[Paragraph, ...]
    language: str  # of the transcript


def player(attachment: Attachment, is_preview: bool = False) -> dict:
    """Page context: `player` for a stored recording, else `embedding` for a known provider."""
    if not is_recorded(attachment):
        return {"player": None, "embedding": embedding_of(attachment)}
    address = addresses(attachment, is_preview)["view_address"]
    tracks = tuple(attachment.tracks.all())
    read = subtitles_in(tracks, attachment.language)
    text, language = transcript(read), read.language if read else ""
    own = Player(attachment.required_file.is_video, address, tracks, chapters_of(attachment), text, language)
    return {"player": own, "embedding": None}


def is_recorded(attachment: Attachment) -> bool:
    """Whether its file is video or audio."""
    file = attachment.stored_file
    return file is not None and (file.is_video or file.is_audio)


def embedding_of(attachment: Attachment) -> Embedding | None:
    return embedding(attachment.url) if attachment.kind in RECORDINGS and attachment.url else None


def subtitles_in(tracks: tuple[Track, ...], language: str) -> Track | None:
    """The subtitles in `language`; if the language is unknown, the first ones."""
    same = [track for track in tracks if track.language == language]
    return next(iter(same if language else tracks), None)


def chapters_of(attachment: Attachment) -> list[Chapter]:
    """The stored chapters; empty if they are invalid."""
    try:
        return chapters(attachment.chapters)
    except ValidationError:
        return []


def frame_policy(attachment: Attachment) -> dict[str, list[str]]:
    """The security policy for the frame of the page's provider."""
    found = embedding_of(attachment)
    return {"frame-src": [found.provider.origin]} if found else {}


def deliver_track(request: HttpRequest, attachment: Attachment, name: str) -> HttpResponseBase:
    """The subtitles with this `address_name`; a language alone also finds captions."""
    tracks = list(attachment.tracks.select_related("stored_file"))
    found = [track for track in tracks if track.address_name == name] or [
        track for track in tracks if track.language == name
    ]
    if not found:
        raise Http404
    return deliver(request, found[0].stored_file, f"untertitel-{found[0].address_name}.vtt")


def deliver_chapters(request: HttpRequest, attachment: Attachment) -> HttpResponse:
    found = chapters_of(attachment)
    if not found:
        raise Http404
    headers = {"Content-Type": "text/vtt; charset=utf-8", "Cache-Control": "no-cache"}
    return HttpResponse(chapter_track(found), headers=headers)
