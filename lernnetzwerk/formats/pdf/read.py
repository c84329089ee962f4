"""PDF (ISO 32000) through PDFium."""

import ctypes
import os
import re
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from lernnetzwerk.formats.errors import DAMAGED, UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf.actions import active_content
from lernnetzwerk.formats.pdf.structure import Structure
from lernnetzwerk.formats.pictures import Box, fitted, pictures
from lernnetzwerk.formats.plain_text import clean_line, clean_text
from lernnetzwerk.formats.results import OutlineEntry, Page, Picture, ReadResult, Size, TextBudget

BOXES: dict[Size, Box] = {"small": (480, 680), "large": (1400, 2000)}
PASSWORD = "Die Datei ist mit einem Kennwort verschlüsselt."  # noqa: S105 - a sentence
ENCRYPTED = "Die Datei ist verschlüsselt."
OUTLINE_DEPTH = 6
TAIL = 4096
START = re.compile(rb"\A\s*(\d{1,12})\s+%%EOF")
TABLE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
LONGEST_LANGUAGE = 35


def read(file: BinaryIO, key: str, limits: Limits) -> ReadResult:
    """Facts, then text and structure of each page, then pictures until `picture_seconds` are over."""
    try:
        document = pypdfium2.PdfDocument(file)
        result = facts(document)
        if not result.unreadable and is_repaired(file):
            result.unreadable = DAMAGED
        result.active_content = active_content(file, limits.elements)
        if not result.unreadable:
            result.outline = list(outline(document, limits))
            read_pages(document, result, limits)
            result.pictures = list(page_pictures(document, limits))
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise UnreadableError(PASSWORD if is_locked else DAMAGED) from None
    return result


def is_repaired(file: BinaryIO) -> bool:
    """Whether PDFium had to search for the objects because `startxref` does not lead to their table."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    at = START.search(file.read().rpartition(b"startxref")[2])
    if at is None:
        return True
    file.seek(min(int(at[1]), size))
    return TABLE.match(file.read(100)) is None


def facts(document: pypdfium2.PdfDocument) -> ReadResult:
    is_encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1
    return ReadResult(
        unreadable=ENCRYPTED if is_encrypted else "",  # set by the author
        title=clean_line(utf16(partial(pdfium.FPDF_GetMetaText, document.raw, b"Title"))),
        language=language(document),
        is_tagged=document.is_tagged(),
        is_encrypted=is_encrypted,
    )


def language(document: pypdfium2.PdfDocument) -> str:
    tag = utf16(lambda buffer, size: pdfium.FPDFCatalog_GetLanguage(document.raw, as_shorts(buffer), size))
    tag = clean_line(tag).replace("_", "-")
    return tag if len(tag) <= LONGEST_LANGUAGE and tag.replace("-", "").isalnum() and tag.isascii() else ""


def as_shorts(buffer: ctypes.Array | None) -> ctypes._Pointer:
    return ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))  # type: ignore[arg-type]  # None is a null pointer


def utf16(ask: Callable[[ctypes.Array | None, int], int]) -> str:
    """Text from PDFium: one call for its length, one for its content. Lone surrogates are dropped."""
    size = ask(None, 0)
    if not 2 < size <= 20_000:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="ignore")


def outline(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[OutlineEntry]:
    for count, item in enumerate(document.get_toc(max_depth=OUTLINE_DEPTH)):
        if count >= limits.outline:
            return
        target = item.get_dest()
        page = target.get_index() if target else None
        title = clean_line(utf16(partial(pdfium.FPDFBookmark_GetTitle, item.raw)))
        if title and page is not None and 0 <= page < len(document) and is_internal(item):
            yield OutlineEntry(item.level + 1, title, page + 1)


def is_internal(item: pypdfium2.PdfBookmark) -> bool:
    """Whether a bookmark leads to a page of this file."""
    action = pdfium.FPDFBookmark_GetAction(item.raw)
    return not action or pdfium.FPDFAction_GetType(action) == pdfium.PDFACTION_GOTO


def read_pages(document: pypdfium2.PdfDocument, result: ReadResult, limits: Limits) -> None:
    budget, structure = TextBudget(limits), Structure(limits.elements)
    scanned = broken = 0
    for number in range(1, min(len(document), limits.pages) + 1):
        page = load_page(document, number)
        if page is None:
            result.pages.append(Page(number))
            broken += 1
            continue
        text = budget.truncate(clean_text(page_text(page, limits)))
        result.pages.append(Page(number, "", text))
        scanned += not text and has_image(page)
        if result.is_tagged:
            structure.add(page)
        page.close()
    if broken and broken == len(result.pages):
        raise UnreadableError(DAMAGED)
    result.is_scan = scanned * 2 > len(result.pages)
    if result.is_tagged:
        result.has_headings = structure.has_headings
        result.figures, result.figures_described = structure.figures, structure.described


def load_page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage | None:
    """A page, None when it is damaged or missing."""
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError:
        return None


def page_text(page: pypdfium2.PdfPage, limits: Limits) -> str:
    textpage = page.get_textpage()
    try:
        most = min(textpage.count_chars(), 2 * limits.characters_per_page)
        return textpage.get_text_range(0, most) if most > 0 else ""
    finally:
        textpage.close()


def has_image(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def page_pictures(document: pypdfium2.PdfDocument, limits: Limits) -> Iterator[Picture]:
    until = time.monotonic() + limits.picture_seconds
    left = limits.picture_bytes
    for number in range(1, min(len(document), limits.pictured_pages) + 1):
        page = load_page(document, number)
        made = pictures(render(page), number, BOXES) if page else []
        left -= sum(len(one.content) for one in made)
        if left < 0:
            return
        yield from made
        if time.monotonic() > until:
            return


def render(page: pypdfium2.PdfPage) -> Image.Image:
    """The page 1,400 pixels wide, narrower when it is very tall. Small pages are enlarged to keep text sharp."""
    width, height = (max(1.0, side) for side in page.get_size())
    enlarged = (int(width * 1000) or 1, int(height * 1000) or 1)
    target = fitted(enlarged, BOXES["large"])
    bitmap = page.render(scale=min(target[0] / width, target[1] / height), rev_byteorder=True)
    image = bitmap.to_pil().convert("RGB")
    page.close()
    return image
