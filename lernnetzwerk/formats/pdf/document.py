"""What PDFium tells of a document before its pages are read."""

import ctypes
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.plain_text import clean_line
from lernnetzwerk.formats.results import OutlineEntry, ReadResult

OUTLINE_DEPTH = 6
HEAD, TAIL = 2048, 4096
COPY_PERMISSION = 1 << 4  # bit 5 of the permissions (ISO 32000-2, table 22)
START = re.compile(rb"\A\s*(\d{1,12})\s+%%EOF")
TABLE = re.compile(rb"\s*(xref\b|\d+\s+\d+\s+obj\b)")
LONGEST_LANGUAGE = 35


def open_document(file: BinaryIO) -> pypdfium2.PdfDocument:
    """The document with its form fields. Raises PdfiumError."""
    document = pypdfium2.PdfDocument(file)
    document.init_forms()
    return document


def is_repaired(file: BinaryIO) -> bool:
    """Whether PDFium had to search for the objects because `startxref` does not lead to their table.

    Its number counts from the beginning of the file, or from "%PDF-" when other bytes precede that.
    """
    file.seek(0)
    start = max(0, file.read(HEAD).find(b"%PDF-"))
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL))
    at = START.search(file.read().rpartition(b"startxref")[2])
    if at is None:
        return True
    return not any(is_table(file, min(int(at[1]) + more, size)) for more in {0, start})


def is_table(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    return TABLE.match(file.read(100)) is not None


def facts(document: pypdfium2.PdfDocument) -> ReadResult:
    is_encrypted = pdfium.FPDF_GetSecurityHandlerRevision(document.raw) != -1
    may_copy = pdfium.FPDF_GetDocPermissions(document.raw) & COPY_PERMISSION
    return ReadResult(
        title=clean_line(utf16(partial(pdfium.FPDF_GetMetaText, document.raw, b"Title"))),
        language=language(document),
        is_tagged=document.is_tagged(),
        is_encrypted=is_encrypted,
        remarks=[] if may_copy else ["no_copying"],
    )


def language(document: pypdfium2.PdfDocument) -> str:
    tag = utf16(lambda buffer, size: pdfium.FPDFCatalog_GetLanguage(document.raw, as_shorts(buffer), size))
    return language_tag(tag)


def language_tag(text: str) -> str:
    """The tag (BCP 47), empty when it cannot be one."""
    tag = clean_line(text).replace("_", "-")
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
