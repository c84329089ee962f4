"""Chapters of a recording: parses lines such as `1:02:03 Fazit` and writes WebVTT."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError

CHAPTER_LINE = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):([0-5]\d)\s+(\S.*)", re.ASCII)
MOST_CHAPTERS, LONGEST_TITLE = 200, 200
LAST_CHAPTER_END = 100 * 60 * 60 - 1


@dataclass(frozen=True)
class Chapter:
    begin: int  # in seconds
    title: str

    @property
    def clock(self) -> str:
        return clock(self.begin)


def clock(seconds: int) -> str:
    """`0:07`, `12:30`, `1:02:03`."""
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def chapters(text: str) -> list[Chapter]:
    """One chapter per line; ValidationError names the wrong line and the reason."""
    found: list[Chapter] = []
    for number, line in numbered_lines(text):
        chapter = parse_chapter(number, line)
        if found and chapter.begin <= found[-1].begin:
            raise ValidationError(f"Zeile {number}: {chapter.clock} liegt nicht nach {found[-1].clock}.")
        found.append(chapter)
    if len(found) > MOST_CHAPTERS:
        raise ValidationError(f"Höchstens {MOST} Kapitel sind möglich.")
    return found


def validate_chapters(text: str) -> None:
    chapters(text)


def refuse_after_end(text: str, seconds: int) -> None:
    """Raises ValidationError for the first chapter after the recording's length, `seconds`."""
    for number, line in numbered_lines(text):
        chapter = parse_chapter(number, line)
        if chapter.begin >= seconds:
            raise ValidationError(
                f"Zeile {number}: Bei {chapter.clock} ist die Aufnahme schon zu Ende; sie dauert {clock(seconds)}."
            )


def last_beginning(text: str) -> int | None:
    """The beginning of the last chapter in seconds; None without chapters or if they are invalid."""
    try:
        found = chapters(text)
    except ValidationError:
        return None
    return found[-1].begin if found else None


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        if line.strip():
            yield number, line.strip()


def parse_chapter(number: int, line: str) -> Chapter:
    match = CHAPTER_LINE.fullmatch(line)
    if match is None:
        raise ValidationError(
            f"Zeile {number}: Bitte Zeit und Titel angeben, etwa „0:00 Begrüßung“ oder „1:02:03 Fazit“."
        )
    hours, minutes, seconds, title = match.groups()
    if hours and int(minutes) > 59:
        raise ValidationError(f"Zeile {number}: Eine Stunde hat höchstens 59 volle Minuten.")
    if len(title) > LONGEST_TITLE:
        raise ValidationError(f"Zeile {number}: Der Titel ist länger als {LONGEST} Zeichen.")
    return Chapter((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds), title)


def chapter_track(found: list[Chapter]) -> str:
    """The chapters as WebVTT, for players that offer them."""
    ends = [*(chapter.begin for chapter in found[1:]), LAST_CHAPTER_END]
    cues = [
        f"{_timestamp(chapter.begin)} --> {_timestamp(end)}\n{_escaped(chapter.title)}\n"
        for chapter, end in zip(found, ends, strict=False)
    ]
    return "\n".join(["WEBVTT\n", *cues])


def _timestamp(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"


def _escaped(title: str) -> str:
    return title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
