"""What `check` and `read` return. The types carry the bounds that the parent of the sandbox validates."""

from collections.abc import Mapping
from typing import Annotated, Literal, cast

from msgspec import Meta, Struct, field

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.plain_text import clean_line

BOUNDS = Limits()
WITHOUT_NUL = r"\A[^\0]*\Z"  # PostgreSQL stores no NUL; half a surrogate pair fails to decode

Number = Annotated[int, Meta(ge=0, le=2_000_000_000)]  # the range of an integer column
Positive = Annotated[int, Meta(ge=1, le=2_000_000_000)]
Side = Annotated[int, Meta(ge=1, le=2_000)]
Line = Annotated[str, Meta(max_length=500, pattern=WITHOUT_NUL)]
Reason = Annotated[str, Meta(max_length=300, pattern=WITHOUT_NUL)]
LARGEST_PATCH, MOST_PATCHES = 65_536, 50
LONGEST_CODEC, MOST_CODECS, MOST_NAMES = 40, 8, 10
Codec = Annotated[str, Meta(min_length=1, max_length=LONGEST_CODEC, pattern=r"\A[ -~]+\Z")]
# Parts of a download that its reader is not shown: the reader counts them, `reading.hidden_content` has the words.
HiddenContent = Literal[
    "changes",
    "columns",
    "comments",
    "cropped",
    "invisible",
    "layers",
    "notes",
    "objects",
    "outside",
    "photos",
    "pivots",
    "places",
    "rows",
    "sheets",
    "slides",
    "texts",
]
# What editors are told of a PDF besides: `reading.pdf_remarks` has the words.
Remark = Literal["garbled", "no_copying", "repaired", "skipped_headings", "unseparated_layers"]
ActiveContent = Literal["contact", "embedded", "external", "javascript", "launch", "media", "program", "xfa"]
Size = Literal["small", "large"]


class Patch(Struct):
    """Bytes that replace as many of an upload, from the byte `at` on."""

    at: Annotated[int, Meta(ge=0, le=1 << 40)]
    content: Annotated[bytes, Meta(min_length=1, max_length=LARGEST_PATCH)]


class CheckResult(Struct):
    """Facts about an upload. `refused` is empty or the reason why it must not be stored."""

    refused: Line = ""
    page_count: Positive | None = None
    width: Positive | None = None
    height: Positive | None = None
    is_tagged: bool | None = None
    content: bytes = b""  # a re-encoded image or rewritten subtitles; empty for all other types
    patches: Annotated[list[Patch], Meta(max_length=MOST_PATCHES)] = field(default_factory=list)

    def __post_init__(self) -> None:
        if (self.width is None) != (self.height is None):
            raise ValueError("width without height")


class Page(Struct):
    number: Positive
    title: Line = ""
    text: Annotated[str, Meta(max_length=BOUNDS.characters_per_page, pattern=WITHOUT_NUL)] = ""


class OutlineEntry(Struct):
    """Pages count from 1; `page` is 0 where the format has no pages."""

    level: Annotated[int, Meta(ge=1, le=20)]
    title: Line
    page: Number


class Picture(Struct):
    """A WebP rendition of one page; an image is its own page 1."""

    page: Annotated[int, Meta(ge=1, le=BOUNDS.pictured_pages)]
    size: Size
    width: Side
    height: Side
    content: Annotated[bytes, Meta(min_length=30, max_length=5_000_000)]

    def __post_init__(self) -> None:
        length = int.from_bytes(self.content[4:8], "little") + 8
        if (self.content[:4], self.content[8:12], length) != (b"RIFF", b"WEBP", len(self.content)):
            raise ValueError("not a WebP")


class ReadResult(Struct):
    """Content of a stored file. `unreadable` is empty or the reason why there is no preview."""

    unreadable: Reason = ""
    title: Line = ""
    language: Annotated[str, Meta(max_length=35, pattern=WITHOUT_NUL)] = ""
    outline: Annotated[list[OutlineEntry], Meta(max_length=BOUNDS.outline)] = field(default_factory=list)
    seconds: Number | None = None
    width: Number | None = None
    height: Number | None = None
    is_tagged: bool | None = None
    has_headings: bool | None = None
    figures: Number | None = None
    figures_described: Number | None = None
    is_scan: bool | None = None
    is_encrypted: bool | None = None
    active_content: Annotated[list[ActiveContent], Meta(max_length=8)] = field(default_factory=list)
    hidden_content: dict[HiddenContent, Positive] = field(default_factory=dict)
    remarks: Annotated[list[Remark], Meta(max_length=5)] = field(default_factory=list)
    next_picture: Positive | None = None  # the page from which pictures are still to be made
    names: Annotated[list[Line], Meta(max_length=MOST_NAMES)] = field(default_factory=list)  # in its properties
    codecs: Annotated[list[Codec], Meta(max_length=MOST_CODECS)] = field(default_factory=list)
    pages: Annotated[list[Page], Meta(max_length=BOUNDS.pages)] = field(default_factory=list)
    pictures: Annotated[list[Picture], Meta(max_length=2 * BOUNDS.pictured_pages)] = field(default_factory=list)

    def __post_init__(self) -> None:
        if (self.figures_described or 0) > (self.figures or 0):
            raise ValueError("more figures described than there are")
        if len({page.number for page in self.pages}) < len(self.pages):
            raise ValueError("two pages with one number")

    def count_hidden(self, counts: Mapping[str, int]) -> None:
        for kind in sorted(counts):
            if counts[kind]:
                known = cast("HiddenContent", kind)
                self.hidden_content[known] = self.hidden_content.get(known, 0) + counts[kind]

    def count_figure(self, is_described: bool) -> None:
        self.figures = (self.figures or 0) + 1
        self.figures_described = (self.figures_described or 0) + is_described


def names(*found: list[str]) -> list[str]:
    """Names of people and offices in the properties of a file, each once."""
    lines = (clean_line(name) for group in found for name in group)
    return list(dict.fromkeys(line for line in lines if line))[:MOST_NAMES]


def slide_titles(pages: list[Page], limits: Limits) -> list[OutlineEntry]:
    """The outline of a presentation; empty for fewer than two titles."""
    entries = [OutlineEntry(1, page.title, page.number) for page in pages if page.title]
    return entries[: limits.outline] if len(entries) > 1 else []


class TextBudget:
    """Truncates the texts of one file to the limits per page and in total."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.left = limits.characters

    def truncate(self, text: str) -> str:
        text = text[: min(self.left, self.limits.characters_per_page)]
        self.left -= len(text)
        return text
