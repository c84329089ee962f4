"""Subtitles as browsers show them: WebVTT (W3C) and SubRip, read with webvtt-py and stored as one plain WebVTT.

The stored file is in order of time, shows each line once and no line for no time. Player and transcript read the same
file; therefore they say the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from io import StringIO
from itertools import pairwise, zip_longest

from webvtt import WebVTT
from webvtt.errors import MalformedCaptionError, MalformedFileError
from webvtt.models import Caption, Timestamp

from lernnetzwerk.formats.errors import RefusedError

HEADER = re.compile(r"WEBVTT(?:[ \t\r\n]|\Z)")
SUBRIP = re.compile(r"\s*(?:\d{1,9}[ \t]*(?:\r\n?|\n))?[ \t]*\d{1,3}:\d\d?:\d\d?,\d")
FRACTION = {"vtt": r"\.", "srt": "[,.]"}
TIMING = {
    key: re.compile(
        r"\s*TIME\s*-->\s*TIME(?:\s.*)?".replace("TIME", rf"((?:\d{{1,3}}:)?[0-5]?\d:[0-5]?\d{mark}\d{{1,3}})")
    )
    for key, mark in FRACTION.items()
}
TAG = re.compile(r"<([^>]*)(?:>|\Z)")  # as the W3C tokenizer: an open tag reaches to the end
VOICE = re.compile(r"v(?:\.\S*)?\s+(.*)", re.DOTALL)
SUBRIP_TAG = re.compile(r"(</?(?:[biu]|font)\b[^<>]*>)", re.IGNORECASE)
ENCODING = (
    "Die Untertitel sind nicht in der Zeichenkodierung UTF-8 gespeichert. Bitte im Editor von Windows öffnen: Datei → "
    "Speichern unter → Codierung „UTF-8“."
)
LENGTH_OF_MOMENTS = 2_000  # milliseconds that a cue without a length is shown


@dataclass(frozen=True)
class Cue:
    """Plain text in one line of one voice, shown from `begin` to `end` in milliseconds."""

    begin: int
    end: int
    text: str
    voice: str = ""


def parse(data: bytes) -> list[Cue]:
    """The cues in order of time; a cue of several voices becomes several. Raises RefusedError."""
    return [cue for caption in read(data).captions for cue in _cues(caption)]


def normalised(data: bytes) -> bytes:
    """The subtitles as they are stored. Raises RefusedError."""
    return read(data).content.encode()


def read(data: bytes) -> WebVTT:
    """The subtitles in order, each line once. Raises RefusedError, with the line of a mistake where there is one."""
    text = decode(data)
    subtitles = _read_subrip(text) if SUBRIP.match(text) else _read_webvtt(text)
    subtitles.captions = [caption for caption in subtitles.captions if _lines(caption)]
    if not subtitles.captions:
        raise RefusedError("In der Datei steht kein Untertitel mit Zeiten wie „00:01.000 --> 00:04.000“.")
    subtitles.captions.sort(key=begin)
    _refuse_backwards(subtitles.captions)
    subtitles.captions = list(unrolled(subtitles.captions))
    _lengthen_moments(subtitles.captions)
    return subtitles


def decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError(ENCODING) from None
    if "\0" in text:
        raise RefusedError("Die Untertiteldatei enthält unzulässige Zeichen.")
    return text


def _read_webvtt(text: str) -> WebVTT:
    if not HEADER.match(text):
        raise RefusedError("Untertitel im Format WebVTT beginnen mit der Zeile „WEBVTT“.")
    return _parsed(text, "vtt")


def _read_subrip(text: str) -> WebVTT:
    subtitles = _parsed(text.strip(), "srt")
    for caption in subtitles.captions:
        caption.lines = [_escaped(line) for line in caption.lines if line.strip()]
    return subtitles


def _parsed(text: str, key: str) -> WebVTT:
    _refuse_wrong_times(text, key)
    try:
        return WebVTT.from_buffer(StringIO(text, newline=None), format=key)
    except (MalformedCaptionError, MalformedFileError):
        raise RefusedError("Die Untertitel sind nicht zu lesen. Vor jedem steht eine leere Zeile.") from None


def _refuse_wrong_times(text: str, key: str) -> None:
    """Browsers leave out a cue whose times are wrong; its words would be lost without a word."""
    for number, line in enumerate(StringIO(text, newline=None), start=1):
        if "-->" in line and not line.startswith("NOTE") and not TIMING[key].fullmatch(line.rstrip("\n")):
            hint = " Vor den Tausendsteln steht ein Punkt." if "," in line else ""
            raise RefusedError(
                f"Zeile {number}: „{line.strip()[:40]}“ sind keine Zeiten. "
                f"Richtig ist etwa „01:02:03.000 --> 01:02:05.000“.{hint}"
            )


def _escaped(line: str) -> str:
    """A line of SubRip, where only a few tags are markup, in WebVTT."""
    parts = SUBRIP_TAG.split(line)
    return "".join(part if place % 2 else escape(part, quote=False) for place, part in enumerate(parts))


def begin(caption: Caption) -> int:
    return caption.start_time.in_milliseconds()


def end(caption: Caption) -> int:
    return caption.end_time.in_milliseconds()


def _refuse_backwards(captions: list[Caption]) -> None:
    for caption in captions:
        if end(caption) < begin(caption):
            raise RefusedError(f"Der Untertitel, der bei {caption.start} beginnt, endet vor seinem Beginn.")


def unrolled(captions: list[Caption]) -> Iterator[Caption]:
    """Rolling captions, in which lines move up from cue to cue, with each line once; other captions as they are."""
    if not _is_rolling(captions):
        yield from captions
        return
    shown: list[str] = []
    last: Caption | None = None
    for caption in captions:
        lines, raw = _lines(caption), [line for line in caption.lines if plain(line)]
        moved = _overlap(shown, lines)
        shown = lines
        if last is not None and moved == len(lines):
            last.end = str(max(last.end_time, caption.end_time))
            continue
        if last is not None:
            yield last
        caption.lines, last = raw[moved:], caption
    if last is not None:
        yield last


def _is_rolling(captions: list[Caption]) -> bool:
    pairs = list(pairwise(captions))
    moved = sum(bool(_overlap(_lines(one), _lines(other))) and begin(other) <= end(one) + 100 for one, other in pairs)
    return moved >= 2 and 2 * moved >= len(pairs)


def _overlap(shown: list[str], lines: list[str]) -> int:
    """The number of first `lines` that were the last ones of `shown`."""
    return next((n for n in range(min(len(shown), len(lines), 4), 0, -1) if shown[-n:] == lines[:n]), 0)


def _lengthen_moments(captions: list[Caption]) -> None:
    """Shows a cue without a length until the next one; browsers never show it."""
    for caption, following in zip_longest(captions, captions[1:]):
        if end(caption) > begin(caption):
            continue
        until = begin(caption) + LENGTH_OF_MOMENTS
        if following is not None and begin(caption) < begin(following) < until:
            until = begin(following)
        caption.end = str(Timestamp.from_seconds(until / 1000))


def _lines(caption: Caption) -> list[str]:
    return [line for line in map(plain, caption.lines) if line]


def _cues(caption: Caption) -> Iterator[Cue]:
    for voice, markup in _voices(" ".join(caption.lines)):
        if text := plain(markup):
            yield Cue(begin(caption), end(caption), text, plain(voice))


def _voices(markup: str) -> Iterator[tuple[str, str]]:
    """The voices of a cue with what each says; the text outside any voice has the name ""."""
    voice, position = "", 0
    for tag in TAG.finditer(markup):
        named = VOICE.fullmatch(tag[1])
        if named or tag[1] == "/v":
            yield voice, markup[position : tag.start()]
            voice, position = named[1] if named else "", tag.end()
    yield voice, markup[position:]


def plain(markup: str) -> str:
    """The text of a cue or a line of it without tags, in one line."""
    return " ".join(unescape(TAG.sub("", markup)).split())
