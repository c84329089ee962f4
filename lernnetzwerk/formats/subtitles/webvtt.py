"""A strict parser for WebVTT (W3C): every cue of an accepted file is shown by players."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from lernnetzwerk.formats.errors import RefusedError

TIMESTAMP = re.compile(r"(?:(\d{2,3}):)?([0-5]\d):([0-5]\d)\.(\d{3})", re.ASCII)
TIMING = re.compile(r"\s*(\S+)\s+-->\s+(\S+)(?:\s.*)?")
VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]+)>")
TAG = re.compile(r"<[^<>]*>")
OTHER_BLOCKS = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")


@dataclass(frozen=True)
class Cue:
    """Plain text in one line, shown from `begin` to `end` in milliseconds."""

    begin: int
    end: int
    text: str
    voice: str = ""


def parse(data: bytes) -> list[Cue]:
    """The cues in their order. Raises RefusedError with the line of the first mistake."""
    text = decode(data)
    cues: list[Cue] = []
    for number, lines in blocks(text):
        if OTHER_BLOCKS.match(lines[0]) and "-->" not in lines[0]:
            continue
        cue, line = parse_block(number, lines)
        if cues and cue.begin < cues[-1].begin:
            raise RefusedError(
                f"Zeile {line}: Dieser Untertitel beginnt früher als der vorige. Bitte nach Zeit ordnen."
            )
        cues.append(cue)
    if not cues:
        raise RefusedError("In der Datei steht kein Untertitel.")
    return cues


def decode(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise RefusedError("Die Untertitel sind nicht in der Zeichenkodierung UTF-8 gespeichert.") from None
    if "\0" in text:
        raise RefusedError("Die Untertiteldatei enthält unzulässige Zeichen.")
    if not (text == "WEBVTT" or text.startswith(("WEBVTT\n", "WEBVTT\r", "WEBVTT ", "WEBVTT\t"))):
        raise RefusedError("Untertitel im Format WebVTT beginnen mit der Zeile „WEBVTT“.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def blocks(text: str) -> Iterator[tuple[int, list[str]]]:
    """Blocks between empty lines, each with the number of its first line, without the header."""
    first = 1
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], start=1):
        if line:
            first = first if lines else number
            lines.append(line)
            continue
        if lines and first > 1:
            yield first, lines
        lines = []


def parse_block(number: int, lines: list[str]) -> tuple[Cue, int]:
    """The cue of a block and the line of its times, which may follow an identifier."""
    above = 0 if "-->" in lines[0] else 1
    number += above
    if len(lines) <= above or "-->" not in lines[above]:
        raise RefusedError(f"Zeile {number - above}: Hier fehlen die Zeiten, etwa „00:01.000 --> 00:04.000“.")
    times = TIMING.fullmatch(lines[above])
    if times is None:
        raise RefusedError(f"Zeile {number}: Vor und nach dem Pfeil „-->“ stehen je ein Leerzeichen und eine Zeit.")
    begin, end = (timestamp(value, number) for value in times.groups())
    if end <= begin:
        raise RefusedError(f"Zeile {number}: Der Untertitel endet nicht nach seinem Beginn.")
    payload = lines[above + 1 :]
    if any("-->" in line for line in payload):
        raise RefusedError(f"Zeile {number}: Zwischen zwei Untertiteln fehlt eine leere Zeile.")
    voice = VOICE.search(" ".join(payload))
    return Cue(begin, end, plain(" ".join(payload)), plain(voice[1]) if voice else ""), number


def timestamp(value: str, number: int) -> int:
    match = TIMESTAMP.fullmatch(value)
    if match is None:
        hint = " Vor den Tausendsteln steht ein Punkt." if "," in value else ""
        raise RefusedError(f"Zeile {number}: „{value[:30]}“ ist keine Zeit. Richtig ist etwa „01:02:03.000“.{hint}")
    hours, minutes, seconds, thousandths = (int(part or 0) for part in match.groups())
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths


def plain(markup: str) -> str:
    return " ".join(unescape(TAG.sub("", markup)).split())
