"""The transcript of a recording: the cues of its subtitles, joined to paragraphs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from events.models import Track
from events.models.chapters import clock
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.subtitles.webvtt import Cue, parse

PAUSE_MILLISECONDS = 2_000  # milliseconds
LONG_ENOUGH = 240  # letters, after which the next end of a sentence ends the paragraph
TOO_LONG = 1_200
SENTENCE_ENDS = (".", "!", "?", "…", ".“", "!“", "?“", ".”", '."')


@dataclass(frozen=True)
class Paragraph:
    begin: int  # in seconds
    text: str
    voice: str = ""

    @property
    def clock(self) -> str:
        return clock(self.begin)


def transcript(track: Track | None) -> tuple[Paragraph, ...]:
    """Empty without subtitles, or if their file is lost or no longer valid."""
    if track is None:
        return ()
    try:
        return _read(track.stored_file_id)
    except (OSError, RefusedError):
        return ()


@lru_cache(maxsize=64)
def _read(stored_file_id: UUID) -> tuple[Paragraph, ...]:
    """Cached, because stored files never change; errors are not cached."""
    with StoredFile.objects.get(pk=stored_file_id).open() as file:
        return tuple(paragraphs(parse(file.read())))


def paragraphs(cues: Iterable[Cue]) -> Iterator[Paragraph]:
    """A new one begins after a pause, with another voice, or at a sentence's end once it is long enough."""
    together: list[Cue] = []
    length = 0
    for cue in cues:
        if not cue.text:
            continue
        if together and _ends_paragraph(together[-1], length, cue):
            yield _joined(together)
            together, length = [], 0
        together.append(cue)
        length += len(cue.text)
    if together:
        yield _joined(together)


def _ends_paragraph(last: Cue, length: int, following: Cue) -> bool:
    """Whether a paragraph of `length` letters ends with its `last` cue."""
    if following.begin - last.end >= PAUSE_MILLISECONDS or following.voice != last.voice:
        return True
    return length >= TOO_LONG or (length >= LONG_ENOUGH and last.text.endswith(SENTENCE_ENDS))


def _joined(cues: list[Cue]) -> Paragraph:
    return Paragraph(cues[0].begin // 1000, " ".join(cue.text for cue in cues), cues[0].voice)
