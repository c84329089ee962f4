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
from lernnetzwerk.formats.pdf.invisible import Invisible
from lernnetzwerk.formats.pdf.legibility import is_legible
from lernnetzwerk.formats.plain_text import clean_text

TOLERANCE = 2.0  # points by which a line may stand outside the visible part of the page
SAMPLE = 300  # characters of a page whose mapping to Unicode is looked up
MOST_CUT = 3  # characters of a page that its edge may cut off
LINE_ENDS = "\r\n"


class PageText(NamedTuple):
    """`text` is normalised, and empty when it is not legible; the others tell of text that it lacks."""

    text: str
    has_cropped: bool = False
    has_invisible: bool = False
    is_legible: bool = True


class Hidden(NamedTuple):
    """Addresses of text objects: outside their clipping path, and not seen where they stand."""

    clipped: set[int | None]
    invisible: set[int | None]


NO_TEXT = PageText("")


def page_text(document: pypdfium2.PdfDocument, number: int, limits: Limits, invisible: Invisible) -> PageText:
    """The text of page `number`, from 1 on. Draws fields into the document in memory: take no pictures of it then."""
    most = 2 * limits.characters_per_page
    page = document[number - 1]
    box = page.get_bbox()
    base, share, count = base_text(page, box, most, invisible)
    raw = base.text
    page, fields = drawn_fields(page, number)
    if fields:
        textpage = page.get_textpage()
        hidden = Hidden(clipped_texts(page), invisible.texts(page))
        chars = characters(textpage, min(textpage.count_chars(), most), hidden)
        raw = with_values([char for char in chars if char.is_added or is_within(char, box)], count, fields)
        textpage.close()
    page.close()
    legible = is_legible(raw, share)
    return base._replace(text=clean_text(raw) if legible else "", is_legible=legible)


def base_text(page: pypdfium2.PdfPage, box: Box, most: int, invisible: Invisible) -> tuple[PageText, float, int]:
    """The text as it stands without fields, the share of unmapped characters and the number of all."""
    textpage = page.get_textpage()
    try:
        count = min(textpage.count_chars(), most)
        if count <= 0:
            return NO_TEXT, 0, 0
        hidden, share = Hidden(clipped_texts(page), invisible.texts(page)), unmapped(textpage, count)
        if not any(hidden) and all(is_inside(one, box) for one in lines(textpage)):
            return PageText(textpage.get_text_range(0, count)), share, count
        return visible(characters(textpage, count, hidden), box), share, count
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


def visible(chars: Iterable[Char], box: Box) -> PageText:
    """The characters that are seen and whose middle lies in the box, and whether there are more than a few others.

    Spaces that PDFium adds belong to the character before them; of line ends in a row one is kept.
    """
    shown, is_shown = "", False
    cropped = invisible = 0
    for char in chars:
        if not char.is_added:
            is_shown = is_within(char, box)
            if not is_shown and not char.text.isspace():
                invisible += char.is_invisible
                cropped += not char.is_invisible
        is_next_line = char.text in LINE_ENDS and shown[-1:] not in LINE_ENDS
        if is_next_line or (is_shown and char.text not in LINE_ENDS):
            shown += char.text
    return PageText(shown, cropped > MOST_CUT, invisible > MOST_CUT)


def is_within(char: Char, box: Box) -> bool:
    return not char.is_invisible and box[0] <= char.x <= box[2] and box[1] <= char.y <= box[3]


def characters(textpage: pypdfium2.PdfTextPage, count: int, hidden: Hidden) -> Iterator[Char]:
    """The first `count` characters; those of clipped text objects have a place outside any box."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(textpage.raw, index)
        text = chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else ""
        if pdfium.FPDFText_IsGenerated(textpage.raw, index) == 1:
            yield Char(index, text, True)
        else:
            pdfium.FPDFText_GetCharBox(textpage.raw, index, left, right, bottom, top)
            owner = address(pdfium.FPDFText_GetTextObject(textpage.raw, index)) if any(hidden) else None
            x = math.inf if owner in hidden.clipped else (left.value + right.value) / 2
            y = (bottom.value + top.value) / 2
            yield Char(index, text, False, x, y, bottom.value, top.value, owner in hidden.invisible)


def unmapped(textpage: pypdfium2.PdfTextPage, count: int) -> float:
    """The share of characters whose font does not say which letter they are."""
    indices = range(0, count, max(1, count // SAMPLE))
    return sum(pdfium.FPDFText_HasUnicodeMapError(textpage.raw, index) == 1 for index in indices) / len(indices)
