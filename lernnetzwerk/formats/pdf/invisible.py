"""Text that a page of a PDF contains but does not show: without colour, in that of the paper, tiny, or covered.

The text layer of a scan is invisible too, and stays where it lies on the scan: it is what the page shows.
"""

import ctypes
import math
import time
from collections.abc import Iterable, Iterator
from functools import reduce
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops

from lernnetzwerk.formats.pdf.clipping import DEEPEST, MOST_OBJECTS, Box, address, inner

FILLED, STROKED = {0, 2, 4, 6}, {1, 2, 5, 6}  # text render modes (ISO 32000-2, table 104)
LAYER = 3  # what text recognition writes over a picture
WHITE, SOLID = 250, 255
SMALLEST = 1.0  # points
SMALLEST_SHARE = 1 / 300  # of the page's height; its unit need not be a point
SCANNED_SHARE, UNSEEN_SHARE = 0.5, 0.9  # of a scan: its pictures of the page, invisible ones of its texts
MOST_COMPARISONS = 200_000  # of texts with what lies above or below, on one page
SIDE = 1_000  # pixels of the pictures that are compared
SAME = 9  # of 255; a difference below it is none

Matrix = tuple[float, float, float, float, float, float]
UNCHANGED: Matrix = (1, 0, 0, 1, 0, 0)


class Text(NamedTuple):
    """`is_doubtful` if only a picture of the page can tell whether it is seen. `order` counts what is drawn."""

    raw: Any
    box: Box
    order: int
    is_layer: bool
    is_invisible: bool
    is_white: bool
    is_doubtful: bool


class Paint(NamedTuple):
    """A picture, or a filled shape; in white it covers, but is no background for white text."""

    box: Box
    order: int
    is_white: bool
    is_picture: bool


class Invisible:
    """Finds such texts on one page after the other, with pictures for `seconds` of processor time in all."""

    def __init__(self, seconds: float) -> None:
        self.until = time.process_time() + seconds

    def texts(self, page: pypdfium2.PdfPage) -> set[int | None]:
        """The addresses of the page's invisible text objects."""
        texts, paints = drawn(page)
        pictures = [paint for paint in paints if paint.is_picture]
        found = [text for text in texts if text.is_invisible or text.is_layer]
        if time.process_time() < self.until:
            found += unseen(page, list(doubtful(texts, paints)))
        is_scan = bool(texts) and len(found) >= UNSEEN_SHARE * len(texts)
        layer = {text.order for text in found if is_scan or text.is_layer} if is_scanned(page, pictures) else set()
        layer &= {text.order for text in on(pictures, found)}
        return {address(text.raw) for text in found if text.order not in layer}


def drawn(page: pypdfium2.PdfPage) -> tuple[list[Text], list[Paint]]:
    """What the page draws, in this order, with boxes in the coordinates of the page."""
    texts, paints = [], []
    height = page.get_height()
    for order, (found, matrix, is_transparent) in enumerate(objects(page)):
        kind = pdfium.FPDFPageObj_GetType(found)
        box = bounds(found, matrix)
        if box is None:
            continue
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            texts.append(as_text(found, box, order, matrix, height, is_transparent))
        elif kind != pdfium.FPDF_PAGEOBJ_PATH or is_filled(found):
            is_picture = kind == pdfium.FPDF_PAGEOBJ_IMAGE
            is_white = kind == pdfium.FPDF_PAGEOBJ_PATH and color(found, pdfium.FPDFPageObj_GetFillColor)[0] >= WHITE
            paints.append(Paint(box, order, is_white, is_picture))
    return texts, paints


def objects(page: pypdfium2.PdfPage) -> Iterator[tuple[Any, Matrix, bool]]:
    """The objects of the page and of the forms in it, each with the matrix of its form and its transparency."""
    count, left = pdfium.FPDFPage_CountObjects(page.raw), MOST_OBJECTS
    own = (pdfium.FPDFPage_GetObject(page.raw, one) for one in range(count))
    pending: list[tuple[Iterator[Any], Matrix, bool]] = [(own, UNCHANGED, False)]
    while pending and left:
        found, left = next(pending[-1][0], None), left - 1
        if found is None:
            pending.pop()
            continue
        _, matrix, is_transparent = pending[-1]
        is_transparent = is_transparent or bool(pdfium.FPDFPageObj_HasTransparency(found))
        if pdfium.FPDFPageObj_GetType(found) != pdfium.FPDF_PAGEOBJ_FORM:
            yield found, matrix, is_transparent
        elif len(pending) <= DEEPEST:
            pending.append((inner(found), product(matrix_of(found), matrix), is_transparent))


def matrix_of(found: Any) -> Matrix:
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(found, matrix):
        return UNCHANGED
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def product(first: Matrix, second: Matrix) -> Matrix:
    """`first`, then `second`."""
    a, b, c, d, e, f = second
    rows = [(x * a + y * c, x * b + y * d) for x, y in zip(first[::2], first[1::2], strict=True)]
    return *rows[0], *rows[1], rows[2][0] + e, rows[2][1] + f


def bounds(found: Any, matrix: Matrix) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(found, left, bottom, right, top):
        return None
    if matrix == UNCHANGED:
        return left.value, bottom.value, right.value, top.value
    a, b, c, d, e, f = matrix
    points = [
        (x * a + y * c + e, x * b + y * d + f) for x in (left.value, right.value) for y in (bottom.value, top.value)
    ]
    (least_x, most_x), (least_y, most_y) = ((min(one), max(one)) for one in zip(*points, strict=True))
    return least_x, least_y, most_x, most_y


def as_text(found: Any, box: Box, order: int, matrix: Matrix, height: float, is_transparent: bool) -> Text:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(found)
    inks = [color(found, pdfium.FPDFPageObj_GetFillColor)] if mode in FILLED else []
    inks += [color(found, pdfium.FPDFPageObj_GetStrokeColor)] if mode in STROKED else []
    is_without_ink = bool(inks) and all(alpha == 0 for _, alpha in inks)
    is_invisible = is_without_ink or is_tiny(found, box, matrix, height)
    is_white = bool(inks) and all(darkest >= WHITE for darkest, _ in inks)
    return Text(found, box, order, mode == LAYER, is_invisible, is_white, is_transparent)


def color(found: Any, ask: Any) -> tuple[int, int]:
    """The darkest of red, green and blue, and the opacity, 0 to 255 each; black where nothing is said."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not ask(found, red, green, blue, alpha):
        return 0, SOLID
    return min(red.value, green.value, blue.value), alpha.value


def is_tiny(found: Any, box: Box, matrix: Matrix, height: float) -> bool:
    """By its font and by its box: a font may have a scale of its own, and the box of a dash is low."""
    size, most = ctypes.c_float(), min(SMALLEST, height * SMALLEST_SHARE)
    if box[3] - box[1] >= most or not pdfium.FPDFTextObj_GetFontSize(found, size):
        return False
    _, _, c, d, _, _ = product(matrix_of(found), matrix)
    return size.value * math.hypot(c, d) < most


def is_filled(path: Any) -> bool:
    mode, is_stroked = ctypes.c_int(), ctypes.c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, mode, is_stroked)) and mode.value != pdfium.FPDF_FILLMODE_NONE


def doubtful(texts: Iterable[Text], paints: list[Paint]) -> Iterator[Text]:
    """Texts that may be unseen: covered, transparent, or white without a background of another colour."""
    texts = [text for text in texts if not text.is_invisible and not text.is_layer]
    most = MOST_COMPARISONS // (len(texts) or 1)
    largest = sorted(paints, key=lambda paint: area(paint.box), reverse=True)[:most]
    for text in texts:
        around = [paint for paint in largest if is_around(paint.box, text.box)]
        is_covered = any(paint.order > text.order for paint in around)
        has_background = any(paint.order < text.order and not paint.is_white for paint in around)
        if text.is_doubtful or is_covered or (text.is_white and not has_background):
            yield text


def on(pictures: list[Paint], texts: list[Text]) -> Iterator[Text]:
    """The texts whose middle lies on a picture."""
    largest = sorted(pictures, key=lambda one: area(one.box), reverse=True)[: MOST_COMPARISONS // (len(texts) or 1)]
    return (text for text in texts if any(is_around(one.box, text.box) for one in largest))


def is_around(outer: Box, box: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]


def area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def unseen(page: pypdfium2.PdfPage, texts: list[Text]) -> list[Text]:
    """Those without which a picture of the page is the same in their place."""
    if not texts:
        return []
    with_them = picture(page)
    for text in texts:
        pdfium.FPDFPageObj_SetIsActive(text.raw, False)
    difference = reduce(ImageChops.lighter, ImageChops.difference(with_them, picture(page)).split())
    for text in texts:
        pdfium.FPDFPageObj_SetIsActive(text.raw, True)
    places = ((text, place(page, text.box, difference.size)) for text in texts)
    return [text for text, one in places if one and not any(difference.crop(one).histogram()[SAME:])]


def picture(page: pypdfium2.PdfPage) -> Image.Image:
    scale = SIDE / max(*page.get_size(), 1)
    return page.render(scale=scale, draw_annots=False, may_draw_forms=False).to_pil().convert("RGB")


def place(page: pypdfium2.PdfPage, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """The pixels of `box` in a picture of this size; None outside of it."""
    x, y = ctypes.c_int(), ctypes.c_int()
    points = []
    for corner in ((box[0], box[1]), (box[2], box[3])):
        pdfium.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, *corner, x, y)
        points.append((x.value, y.value))
    (left, right), (top, bottom) = (sorted(one) for one in zip(*points, strict=True))
    left, top, right, bottom = max(left, 0), max(top, 0), min(right + 1, size[0]), min(bottom + 1, size[1])
    return (left, top, right, bottom) if left < right and top < bottom else None


def is_scanned(page: pypdfium2.PdfPage, pictures: list[Paint]) -> bool:
    """Whether pictures, or the strips of one, cover most of the page: what was recognised is in them."""
    width, height = page.get_size()
    covered = sum(area(one.box) for one in pictures)
    return covered >= SCANNED_SHARE * width * height
