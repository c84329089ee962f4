"""What the child said. It read hostile bytes, so nothing of it is believed before it was checked here."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, TypeVar

from lernnetzwerk.reading.inside import Limits

LONGEST_HEAD = 20_000_000
LARGEST_PICTURE = 5_000_000
MOST_PIXELS_A_SIDE = 2_000
MOST = 2_000_000_000  # what the column of a whole number can hold
ACTIVE = ("contact", "embedded", "external", "javascript", "launch", "media", "program", "xfa")
SIZES = ("large", "small")

T = TypeVar("T")


class BrokenAnswerError(Exception):
    """Nothing the program of the child would say."""


@dataclass(frozen=True)
class PictureHead:
    page: int
    size: str
    width: int
    height: int
    length: int


@dataclass(frozen=True)
class Answer:
    unreadable: str
    facts: dict[str, Any]  # fields of Reading
    pages: list[dict[str, Any]]  # fields of FilePage
    pictures: list[PictureHead]


def parsed(file: BinaryIO, limits: Limits) -> Answer:
    """The first line; the file then stands at the first picture."""
    line = file.readline(LONGEST_HEAD)
    require(line.endswith(b"\n"))
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        raise BrokenAnswerError from None
    require(type(said) is dict)
    return Answer(
        unreadable=words(said, "unreadable", 300),
        facts=facts(said, limits),
        pages=unique([page(one, limits) for one in things(said, "pages", limits.pages)], lambda one: one["number"]),
        pictures=unique(
            [head(one, limits) for one in things(said, "pictures", 2 * limits.pictured_pages)],
            lambda one: (one.page, one.size),
        ),
    )


def facts(said: dict[str, Any], limits: Limits) -> dict[str, Any]:
    active: Any = said.get("active_content")
    require(type(active) is list and all(one in ACTIVE for one in active) and len(active) <= len(ACTIVE))
    facts: dict[str, Any] = {
        "title": words(said, "title", 500),
        "language": words(said, "language", 35),
        "outline": [entry(one) for one in things(said, "outline", limits.outline)],
        "active_content": sorted(active),
    }
    for name in ("seconds", "width", "height", "figures", "figures_described"):
        facts[name] = maybe(said.get(name), lambda value: number(value, 0, MOST))
    for name in ("is_tagged", "has_headings", "is_scan", "is_encrypted"):
        facts[name] = maybe(said.get(name), truth)
    require((facts["figures_described"] or 0) <= (facts["figures"] or 0))
    return facts


def page(said: dict[str, Any], limits: Limits) -> dict[str, Any]:
    return {
        "number": number(said.get("number"), 1, MOST),
        "title": words(said, "title", 500),
        "text": words(said, "text", limits.characters_per_page),
    }


def entry(said: dict[str, Any]) -> dict[str, Any]:
    return {
        "level": number(said.get("level"), 1, 20),
        "title": words(said, "title", 500),
        "page": number(said.get("page"), 0, MOST),
    }


def head(said: dict[str, Any], limits: Limits) -> PictureHead:
    require(said.get("size") in SIZES)
    return PictureHead(
        page=number(said.get("page"), 1, limits.pictured_pages),
        size=said["size"],
        width=number(said.get("width"), 1, MOST_PIXELS_A_SIDE),
        height=number(said.get("height"), 1, MOST_PIXELS_A_SIDE),
        length=number(said.get("content"), 30, LARGEST_PICTURE),
    )


def contents(file: BinaryIO, heads: list[PictureHead]) -> Iterator[tuple[PictureHead, bytes]]:
    """One picture at a time; each must begin as the WebP it was announced to be."""
    for one in heads:
        content = file.read(one.length)
        require(len(content) == one.length and is_webp(content))
        yield one, content
    require(not file.read(1))


def is_webp(content: bytes) -> bool:
    size = int.from_bytes(content[4:8], "little") + 8
    return (content[:4], content[8:12]) == (b"RIFF", b"WEBP") and size == len(content)


def things(said: dict[str, Any], name: str, most: int) -> list[dict[str, Any]]:
    found: Any = said.get(name)
    require(type(found) is list and len(found) <= most and all(type(one) is dict for one in found))
    return found


def words(said: dict[str, Any], name: str, most: int) -> str:
    """Nothing a database or a page could choke on: no NUL, no half of a surrogate pair."""
    found: Any = said.get(name)
    require(type(found) is str and len(found) <= most and "\0" not in found)
    require(not any(0xD800 <= ord(char) <= 0xDFFF for char in found))
    return found


def number(value: Any, least: int, most: int) -> int:
    require(type(value) is int and least <= value <= most)
    return value


def truth(value: Any) -> bool:
    require(type(value) is bool)
    return value


def maybe(value: Any, check: Callable[[Any], T]) -> T | None:
    return None if value is None else check(value)


def unique(found: list[T], key: Callable[[T], Any]) -> list[T]:
    require(len({key(one) for one in found}) == len(found))
    return found


def require(is_so: bool) -> None:
    if not is_so:
        raise BrokenAnswerError
