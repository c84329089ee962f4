"""PDF (ISO 32000) through PDFium, and pypdf for what PDFium does not tell."""

import os
from collections import Counter
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader

from lernnetzwerk.formats.errors import DAMAGED, UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf.actions import active_content
from lernnetzwerk.formats.pdf.document import facts, is_repaired, language_tag, open_document, outline
from lernnetzwerk.formats.pdf.invisible import Invisible
from lernnetzwerk.formats.pdf.layers import Layers, UnseparableError, may_have_layers, without_hidden_layers
from lernnetzwerk.formats.pdf.metadata import count_comments, names, title, xmp
from lernnetzwerk.formats.pdf.objects import open_pdf, root
from lernnetzwerk.formats.pdf.pictures import add_pictures
from lernnetzwerk.formats.pdf.structure import Structure
from lernnetzwerk.formats.pdf.text import NO_TEXT, PageText, page_text
from lernnetzwerk.formats.results import Page, ReadResult, TextBudget

PASSWORD = "Die Datei ist mit einem Kennwort verschlüsselt."  # noqa: S105 - a sentence


def read(file: BinaryIO, key: str, limits: Limits) -> ReadResult:
    """Facts, then text and structure of each page, then pictures until the time for them is over."""
    try:
        document = open_document(file)
        result = facts(document)
        if is_repaired(file):
            result.remarks.append("repaired")
        if limits.pages:
            read_content(document, file, result, limits)
        add_pictures(document, result, limits)
    except pypdfium2.PdfiumError as error:
        is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD
        raise UnreadableError(PASSWORD if is_locked else DAMAGED) from None
    return result


def read_content(document: pypdfium2.PdfDocument, file: BinaryIO, result: ReadResult, limits: Limits) -> None:
    reader = open_pdf(file)
    result.active_content = active_content(reader, limits.elements)
    if reader:
        add_metadata(reader, result, limits)
    result.outline = list(outline(document, limits))
    read_pages(document, text_document(file, reader, result, limits), result, limits)


def add_metadata(reader: PdfReader, result: ReadResult, limits: Limits) -> None:
    properties = xmp(reader)
    result.title = result.title or title(properties)
    result.names = names(reader, properties)
    if comments := count_comments(reader, limits.pages, limits.elements):
        result.hidden_content["comments"] = comments


def text_document(
    file: BinaryIO, reader: PdfReader | None, result: ReadResult, limits: Limits
) -> pypdfium2.PdfDocument | None:
    """The document whose text may be published; None when its author forbids that or hidden text cannot be removed."""
    if "no_copying" in result.remarks:
        return None
    try:
        copy = separated(file, reader, result, limits)
    except MemoryError:
        raise
    except Exception:  # whatever pypdf meets in a broken or very large file
        result.remarks.append("unseparated_layers")
        return None
    return open_document(copy)


def separated(file: BinaryIO, reader: PdfReader | None, result: ReadResult, limits: Limits) -> BinaryIO:
    """The file, or a copy without the text of its hidden layers."""
    if reader is None and may_have_layers(file):
        raise UnseparableError
    hidden = Layers(root(reader)).hidden if reader else set()
    if reader is None or not hidden:
        return file
    result.hidden_content["layers"] = len(hidden)
    return without_hidden_layers(reader, file.seek(0, os.SEEK_END), limits.pages)


def read_pages(
    document: pypdfium2.PdfDocument, texts: pypdfium2.PdfDocument | None, result: ReadResult, limits: Limits
) -> None:
    """Structure from `document`, text from `texts`; no text without `texts`."""
    budget, structure = TextBudget(limits), Structure(limits.elements)
    invisible_texts = Invisible(limits.comparison_seconds)
    scanned = broken = garbled = 0
    hidden = Counter[str]()
    for number in range(1, min(len(document), limits.pages) + 1):
        page = load_page(document, number)
        text = text_of(texts, number, limits, invisible_texts) if page and texts else NO_TEXT
        result.pages.append(Page(number, "", budget.truncate(text.text)))
        broken += page is None
        hidden.update(cropped=text.has_cropped, invisible=text.has_invisible)
        garbled += not text.is_legible
        if page:
            scanned += texts is not None and not text.text and text.is_legible and has_image(page)
            structure.add(page) if result.is_tagged else None
            page.close()
    if broken and broken == len(result.pages):
        raise UnreadableError(DAMAGED)
    result.is_scan = scanned * 2 > len(result.pages)
    result.count_hidden(hidden)
    result.remarks += ["garbled"] if garbled else []
    if result.is_tagged:
        add_structure(result, structure)


def add_structure(result: ReadResult, structure: Structure) -> None:
    result.has_headings = structure.has_headings
    result.figures, result.figures_described = structure.figures, structure.described
    result.language = result.language or language_tag(structure.language)
    result.remarks += ["skipped_headings"] if structure.skips_headings else []


def load_page(document: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage | None:
    """A page, None when it is damaged or missing."""
    try:
        return document[number - 1]
    except pypdfium2.PdfiumError:
        return None


def text_of(document: pypdfium2.PdfDocument, number: int, limits: Limits, invisible: Invisible) -> PageText:
    try:
        return page_text(document, number, limits, invisible)
    except pypdfium2.PdfiumError:  # the copy without hidden layers may lack a damaged page
        return NO_TEXT


def has_image(page: pypdfium2.PdfPage) -> bool:
    return next(page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None
