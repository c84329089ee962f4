"""What is inside a stored file. Runs in a child process (see `apart`), without Django and without settings.

Each module has `read(file, key, limits)`: it returns what it found or raises UnreadableError.
"""

from dataclasses import dataclass, field


class UnreadableError(Exception):
    """There is no preview; the message is the German sentence that says why."""


DAMAGED = "Die Datei ist beschädigt."
TOO_COMPLEX = "Die Datei ist zu aufwendig aufgebaut."


@dataclass(frozen=True)
class Limits:
    """What the child may use, and how much it may say."""

    seconds: int = 40  # of processor time
    picture_seconds: int = 20  # after these no further page is pictured
    memory: int = 3 << 29
    output: int = 100_000_000
    picture_bytes: int = 60_000_000
    pages: int = 1_000
    pictured_pages: int = 150
    characters: int = 3_000_000
    characters_per_page: int = 500_000
    outline: int = 500
    elements: int = 50_000
    pixels: int = 50_000_000


@dataclass
class Page:
    number: int
    title: str = ""
    text: str = ""


@dataclass
class Entry:
    """One line of the outline; pages count from 1, 0 where the file knows no pages."""

    level: int
    title: str
    page: int


@dataclass
class Picture:
    """A WebP of one page; images are page 1 of themselves."""

    page: int
    size: str
    width: int
    height: int
    content: bytes


@dataclass
class Found:
    unreadable: str = ""
    title: str = ""
    language: str = ""
    outline: list[Entry] = field(default_factory=list)
    seconds: int | None = None
    width: int | None = None
    height: int | None = None
    is_tagged: bool | None = None
    has_headings: bool | None = None
    figures: int | None = None
    figures_described: int | None = None
    is_scan: bool | None = None
    is_encrypted: bool | None = None
    active_content: list[str] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def count_figure(self, is_described: bool) -> None:
        self.figures = (self.figures or 0) + 1
        self.figures_described = (self.figures_described or 0) + is_described


def slide_titles(pages: list[Page], limits: Limits) -> list[Entry]:
    """The outline of a presentation, which has none of its own; a single title leads nowhere."""
    entries = [Entry(1, page.title, page.number) for page in pages if page.title]
    return entries[: limits.outline] if len(entries) > 1 else []


class Budget:
    """Characters that may still be said."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.characters

    def cut(self, text: str) -> str:
        text = text[: min(self.left, self.limits.characters_per_page)]
        self.left -= len(text)
        return text
