"""The text that a page of a PDF shows: within its crop box and clipping paths, with the values of its form fields."""

import ctypes
import math
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.pdf.clipping import address, clipped_texts
from lernnetzwerk.formats.pdf.fields import Box, Char, drawn_fields, with_values
from lernnetzwerk.formats.pdf.legibility import is_legible
from lernnetzwerk.formats.plain_text import clean_text

TOLERANCE = 2.0  # points by which a line may stand outside the visible part of the page
SAMPLE = 300  # characters of a page whose mapping to Unicode is looked up
MOST_CUT = 3  # characters of a page that its edge may cut off
LINE_ENDS = "\r\n"


class PageText(NamedTuple):
    """`text` is normalised, and empty when it is not legible."""

    text: str
    has_hidden: bool
    is_legible: bool


NO_TEXT = PageText("", False, True)


def page_text(document: pypdfium2.PdfDocument, number: int, limits: Limits) -> PageText:
    """The text of page `number`, from 1 on. Draws fields into the document in memory: take no pictures of it then."""
    most = 2 * limits.characters_per_page
    page = document[number - 1]
    box = page.get_bbox()
    raw, has_hidden, share, count = base_text(page, box, most)
    page, fields = drawn_fields(page, number)
    if fields:
        textpage = page.get_textpage()
        chars = characters(textpage, min(textpage.count_chars(), most), clipped_texts(page))
        raw = with_values([char for char in chars if char.is_added or is_within(char, box)], count, fields)
        textpage.close()
    page.close()
    legible = is_legible(raw, share)
    return PageText(clean_text(raw) if legible else "", has_hidden, legible)


def base_text(page: pypdfium2.PdfPage, box: Box, most: int) -> tuple[str, bool, float, int]:
    """The text without fields, whether some is hidden, the share of unmapped characters and the number of all."""
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), most)
        if count <= 0:
            return "", False, 0, 0
        clipped = clipped_texts(page)
        if not clipped and all(is_inside(one, box) for one in lines(textpage)):
            return textpage.get_text_range(0, count), False, unmapped(textpage, count), count
        return *visible(characters(textpage, count, clipped), box), unmapped(textpage, count), count
    finally:
        textpage.close()


def lines(textpage: pypdfium2.PdfTextPage) -> Iterator[Box]:
    """Rectangles around the text, one or several for each line."""
    left, top, right, bottom = (ctypes.c_double() for _ in range(4))
    for number in range(pdfium.FPDFText_CountRects(textpage.raw, 0, -1)):
        pdfium.FPDFText_GetRect(textpage.raw, number, left, top, right, bottom)
        yield left.value, bottom.value, right.value, top.value


def is_inside(inner: Box, outer: Box) -> bool:
    begin = inner[0] >= outer[0] - TOLERANCE and inner[1] >= outer[1] - TOLERANCE
    return begin and inner[2] <= outer[2] + TOLERANCE and inner[3] <= outer[3] + TOLERANCE


def visible(chars: Iterable[Char], box: Box) -> tuple[str, bool]:
    """The characters whose middle lies in the box, and whether there are more than a few others.

    Spaces that PDFium adds belong to the character before them; of line ends in a row one is kept.
    """
    shown, is_shown, hidden = "", False, 0
    for char in chars:
        if not char.is_added:
            is_shown = is_within(char, box)
            hidden += not is_shown and not char.text.isspace()
        is_next_line = char.text in LINE_ENDS and shown[-1:] not in LINE_ENDS
        if is_next_line or (is_shown and char.text not in LINE_ENDS):
            shown += char.text
    return shown, hidden > MOST_CUT


def is_within(char: Char, box: Box) -> bool:
    return box[0] <= char.x <= box[2] and box[1] <= char.y <= box[3]


def characters(textpage: pypdfium2.PdfTextPage, count: int, clipped: set[int | None]) -> Iterator[Char]:
    """The first `count` characters; those of `clipped` text objects have a place outside any box."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        text = chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""
        if pdfium.FPDFText_IsGenerated(textpage.raw, index) == 1:
            yield Char(index, text, True)
        else:
            pdfium.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top)
            is_hidden = bool(clipped) and address(pdfium.FPDFText_GetTextObject(textpage.raw, index)) in clipped
            x = math.inf if is_hidden else (left.value + right.value) / 2
            y = (bottom.value + top.value) / 2
            yield Char(index, text, False, x, y, bottom.value, top.value)


def unmapped(textpage: pypdfium2.PdfTextPage, count: int) -> float:
    """The share of characters whose font does not say which letter they are."""
    indices = range(0, count, max(1, count // SAMPLE))
    return sum(pdfium.FPDFText_HasUnicodeMapError(textpage.raw, index) == 1 for index in indices) / len(indices)
