"""The form fields that a page of a PDF shows, and their values at their places in the text of the page."""

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium

HIDDEN_FLAGS = pdfium.FPDF_ANNOT_FLAG_HIDDEN | pdfium.FPDF_ANNOT_FLAG_NOVIEW
MOST_FIELDS = 1_000  # of one page
GAP = 2.0  # points by which a value may stand outside its field

Box = tuple[float, float, float, float]  # left, bottom, right, top


class Char(NamedTuple):
    """A character in the order of the content, in points from the lower left corner of the page.

    Spaces and line ends that PDFium adds (`is_added`) have no place.
    """

    number: int  # from 0 on
    text: str
    is_added: bool
    x: float = 0  # of its middle
    y: float = 0
    bottom: float = 0
    top: float = 0
    is_invisible: bool = False


@dataclass
class Line:
    """Characters and values of one line, each with the horizontal place of its middle."""

    bottom: float
    top: float
    parts: list[tuple[float, str]] = field(default_factory=list)

    def add(self, char: Char) -> None:
        self.parts.append((char.x, char.text))
        if not char.is_added:
            self.bottom, self.top = min(self.bottom, char.bottom), max(self.top, char.top)

    def insert(self, left: float, value: str) -> None:
        """Put a value behind the last character that stands left of it."""
        at = max((index + 1 for index, (x, _text) in enumerate(self.parts) if x < left), default=0)
        self.parts.insert(at, (left, f" {value} "))


def drawn_fields(page: pypdfium2.PdfPage, number: int) -> tuple[pypdfium2.PdfPage, list[Box]]:
    """The page with its visible form fields drawn into the content, where PDFium finds their text, and their places."""
    document = page.pdf
    if document is None or not document.formenv:
        return page, []
    indices = reversed(range(pdfium.FPDFPage_GetAnnotCount(page.raw)))
    boxes = [box for index in indices if (box := keep_visible_field(page, index))]
    if not boxes or pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY) != pdfium.FLATTEN_SUCCESS:
        return page, []
    page.close()
    return document[number - 1], sorted(boxes, key=lambda box: (-box[3], box[0]))[:MOST_FIELDS]


def keep_visible_field(page: pypdfium2.PdfPage, index: int) -> Box | None:
    """The place of an annotation that is a form field shown on the screen; all others are removed from the page."""
    annotation, rectangle = pdfium.FPDFPage_GetAnnot(page.raw, index), pdfium.FS_RECTF()
    is_field = pdfium.FPDFAnnot_GetSubtype(annotation) == pdfium.FPDF_ANNOT_WIDGET
    is_kept = is_field and not pdfium.FPDFAnnot_GetFlags(annotation) & HIDDEN_FLAGS
    is_kept &= bool(pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rectangle)))
    pdfium.FPDFPage_CloseAnnot(annotation)
    if not is_kept:
        pdfium.FPDFPage_RemoveAnnot(page.raw, index)
        return None
    bottom, top = sorted((rectangle.bottom, rectangle.top))
    return rectangle.left, bottom, rectangle.right, top


def with_values(chars: list[Char], count: int, fields: list[Box]) -> str:
    """The text of a page; the first `count` characters are its content, the others the values of its fields."""
    found = in_lines(char for char in chars if char.number < count)
    values = [char for char in chars if char.number >= count]
    for box in fields:
        if value := value_in(values, box):
            place(found, box, value)
    return "\n".join("".join(text for _x, text in line.parts) for line in found)


def in_lines(chars: Iterable[Char]) -> list[Line]:
    found: list[Line] = []
    is_next = True
    for char in chars:
        if char.is_added and char.text in "\r\n":
            is_next = True
        elif char.is_added and is_next:
            continue
        else:
            if is_next:
                found.append(Line(char.bottom, char.top))
            is_next = False
            found[-1].add(char)
    return found


def value_in(chars: list[Char], box: Box) -> str:
    """The text within the field; a space or line end is kept between two characters of it."""
    inside = [char for char in chars if is_in(char, box)]
    added = {char.number: char.text for char in chars if char.is_added}
    text = "".join(one.text for one in inside[:1])
    for before, after in pairwise(inside):
        text += "".join(added.get(index, "") for index in range(before.number + 1, after.number)) + after.text
    return text.strip()


def is_in(char: Char, box: Box) -> bool:
    is_beside = char.is_added or not box[0] - GAP <= char.x <= box[2] + GAP
    return not is_beside and box[1] - GAP <= char.y <= box[3] + GAP


def place(found: list[Line], box: Box, value: str) -> None:
    """Put a value behind what stands left of it in its line, or below the nearest line above it."""
    middle = (box[1] + box[3]) / 2
    beside = [line for line in found if line.bottom <= middle <= line.top and line.parts[0][0] < box[0]]
    if beside:
        max(beside, key=lambda line: line.parts[0][0]).insert(box[0], value)
        return
    above = [index for index, line in enumerate(found) if line.bottom > middle]
    at = min(above, key=lambda index: found[index].bottom) + 1 if above else 0
    found.insert(at, Line(box[1], box[3], [(box[0], value)]))
