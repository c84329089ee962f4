"""A file on its attachment's page: the picture and text of each page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Max

from events.models.page_links import PAGES_PER_BLOCK, block_of, page_word
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.models import FilePage, Reading, Rendition
from lernnetzwerk.reading.paragraphs import join_lines

MOST_JUMPS = 200
DEEPEST_JUMP = 3


@dataclass(frozen=True)
class ReaderPage:
    """One page or slide."""

    number: int
    title: str = ""
    text: str = ""
    small: StoredFile | None = None
    large: StoredFile | None = None

    @property
    def picture(self) -> StoredFile | None:
        """The largest one there is; its width and height reserve the space."""
        return self.large or self.small

    @property
    def size(self) -> str:
        """The size of `picture` in its address."""
        return "gross" if self.large else "klein"


@dataclass(frozen=True)
class Block:
    """A range of pages that are shown together."""

    first: int
    last: int
    is_shown: bool


@dataclass(frozen=True)
class OutlineLink:
    """An entry of the file's own outline."""

    level: int
    title: str
    number: int
    address: str


@dataclass(frozen=True)
class Reader:
    """At most `AT_ONCE` of a file's `total` pages, from `start` on."""

    stored_file: StoredFile
    reading: Reading
    total: int
    start: int

    @property
    def anchor(self) -> str:
        return page_word(self.stored_file).lower()

    @property
    def unit(self) -> str:
        return page_word(self.stored_file)

    @property
    def units(self) -> str:
        return self.stored_file.type.pages[1] if self.stored_file.type else "Seiten"

    @property
    def is_numbered(self) -> bool:
        """False for a text without pages, such as a letter."""
        return self.total > 1 or self.has_pictures

    @property
    def has_pictures(self) -> bool:
        return any(page.picture for page in self.reader_pages)

    @property
    def is_running(self) -> bool:
        return self.reading.state == Reading.State.RUNNING

    @property
    def language(self) -> str:
        """The primary subtag of the file's language, such as `en` of `en-GB`."""
        return self.reading.language.partition("-")[0].lower()

    @cached_property
    def reader_pages(self) -> list[ReaderPage]:
        span = {"number__gte": self.start, "number__lt": self.start + PAGES_PER_BLOCK}
        pages = {page.number: page for page in self.reading.pages.filter(**span)}
        pictures: dict[int, dict[str, StoredFile]] = {}
        for rendition in Rendition.objects.filter(source=self.stored_file, **span).select_related("picture"):
            pictures.setdefault(rendition.number, {})[rendition.size] = rendition.picture
        for page in pages.values():
            page.text = self._in_paragraphs(page.text)
        titles = {entry["page"]: entry["title"] for entry in reversed(self.reading.outline)}
        return [
            _reader_page(number, pages.get(number), titles.get(number, ""), pictures.get(number, {}))
            for number in sorted({*pages, *pictures})
        ]

    def _in_paragraphs(self, text: str) -> str:
        """Joins the wrapped lines of a PDF; makes each line of a slide a paragraph."""
        if self.stored_file.media_type == "application/pdf":
            return join_lines(text)
        return text.replace("\n", "\n\n") if self.anchor == "folie" else text

    @property
    def is_long(self) -> bool:
        """Whether some of its pages are shown at another address."""
        return self.total > PAGES_PER_BLOCK

    @property
    def blocks(self) -> list[Block]:
        firsts = range(1, self.total + 1, PAGES_PER_BLOCK)
        return [Block(first, min(first + PAGES_PER_BLOCK - 1, self.total), first == self.start) for first in firsts]

    @cached_property
    def outline_links(self) -> list[OutlineLink]:
        return list(self._outline_links())[:MOST_JUMPS]

    def _outline_links(self) -> Iterator[OutlineLink]:
        for entry in self.reading.outline:
            number = entry["page"]
            if entry["title"].strip() and 1 <= number <= self.total:
                block = block_of(number)
                query = "" if block == self.start else f"?ab={block}"
                level = min(max(entry["level"], 1), DEEPEST_JUMP)
                yield OutlineLink(level, entry["title"], number, f"{query}#{self.anchor}-{number}")


def reader(stored_file: StoredFile | None, wanted: str | None = None) -> Reader | None:
    """The pages of the file around page `wanted`; None if it is embeddable, unread, or read without pages."""
    reading = getattr(stored_file, "reading", None)
    if stored_file is None or reading is None or stored_file.is_embeddable:
        return None
    last = reading.pages.aggregate(last=Max("number"))["last"] or 0
    total = max(last, stored_file.page_count or 0)
    found = Reader(stored_file, reading, total, block_of(min(_number(wanted), max(total, 1))))
    return found if found.reader_pages or not reading.is_done else None


def _number(wanted: str | None) -> int:
    """The page number in the query; 1 if it is invalid."""
    wanted = wanted or ""
    is_one = wanted.isascii() and wanted.isdigit() and len(wanted) < 7
    return max(int(wanted), 1) if is_one else 1


def _reader_page(number: int, page: FilePage | None, in_outline: str, pictures: dict[str, StoredFile]) -> ReaderPage:
    """Removes a title, of the page or the PDF's outline, from the beginning of the text."""
    title, text = (page.title.strip(), page.text.strip()) if page else ("", "")
    words = r"\s+".join(map(re.escape, (title or in_outline).split()))
    if words and (begin := re.match(rf"{words}(?:\n|$)", text)):
        title, text = title or in_outline, text[begin.end() :].strip()
    return ReaderPage(number, title, text, pictures.get("small"), pictures.get("large"))
