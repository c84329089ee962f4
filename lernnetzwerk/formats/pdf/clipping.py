"""Text that a clipping path hides, such as the margins of a page placed in a frame."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

DEEPEST = 5  # forms in forms
MOST_OBJECTS = 500_000  # of one page

Box = tuple[float, float, float, float]  # left, bottom, right, top


def clipped_texts(page: pypdfium2.PdfPage) -> set[int | None]:
    """The addresses of the page's text objects that lie outside their clipping path."""
    return {address(one) for one in texts(page) if is_clipped(one)}


def address(page_object: Any) -> int | None:
    return ctypes.cast(page_object, ctypes.c_void_p).value


def texts(page: pypdfium2.PdfPage) -> Iterator[Any]:
    """Text objects of the page and of the forms in it, among at most MOST_OBJECTS objects."""
    count, left = pdfium.FPDFPage_CountObjects(page.raw), MOST_OBJECTS
    pending: list[tuple[Iterator[Any], int]] = [((pdfium.FPDFPage_GetObject(page.raw, one) for one in range(count)), 0)]
    while pending and left:
        objects, depth = pending[-1]
        found = next(objects, None)
        left -= 1
        if found is None:
            pending.pop()
            continue
        kind = pdfium.FPDFPageObj_GetType(found)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield found
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            pending.append((inner(found), depth + 1))


def inner(form: Any) -> Iterator[Any]:
    return (pdfium.FPDFFormObj_GetObject(form, one) for one in range(pdfium.FPDFFormObj_CountObjects(form)))


def is_clipped(text: Any) -> bool:
    """Whether a text lies outside the box around one of its clipping paths. Both are in the same coordinates."""
    clip = pdfium.FPDFPageObj_GetClipPath(text)
    count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if count <= 0 or not pdfium.FPDFPageObj_GetBounds(text, left, bottom, right, top):
        return False
    box = left.value, bottom.value, right.value, top.value
    return any(is_outside(box, clip, number) for number in range(count))


def is_outside(box: Box, clip: Any, number: int) -> bool:
    points = list(points_of(clip, number))
    if not points:
        return False
    (left, right), (bottom, top) = ((min(one), max(one)) for one in zip(*points, strict=True))
    return box[2] < left or box[0] > right or box[3] < bottom or box[1] > top


def points_of(clip: Any, number: int) -> Iterator[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(pdfium.FPDFClipPath_CountPathSegments(clip, number)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, number, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, x, y):
            yield x.value, y.value
