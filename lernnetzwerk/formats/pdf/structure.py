"""Headings, figures and descriptions in the structure tree of a tagged PDF.

PDFium returns the tree of one page at a time, with custom types already mapped by the RoleMap.
"""

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium

HEADINGS = {"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"}
DEEPEST = 60
MOST_CHILDREN = 2_000
LONGEST = 2_000


class Structure:
    def __init__(self, most: int) -> None:
        self.left = most
        self.has_headings = False
        self.figures = self.described = 0

    def add(self, page: pypdfium2.PdfPage) -> None:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        if not tree:
            return
        try:
            for element in elements(tree, self.left):
                self.left -= 1
                self.count(element)
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def count(self, element: ctypes._Pointer) -> None:
        name = string(pdfium.FPDF_StructElement_GetType, element)
        self.has_headings |= name in HEADINGS
        if name == "Figure":
            texts = (pdfium.FPDF_StructElement_GetAltText, pdfium.FPDF_StructElement_GetActualText)
            self.figures += 1
            self.described += any(string(text, element).strip() for text in texts)


def elements(tree: ctypes._Pointer, most: int) -> Iterator[ctypes._Pointer]:
    """At most `most` elements down to the level DEEPEST, parents before children."""
    top = range(min(MOST_CHILDREN, pdfium.FPDF_StructTree_CountChildren(tree)))
    pending = [(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), 1) for index in reversed(top)]
    while pending and most > 0:
        element, depth = pending.pop()
        if not element:
            continue
        most -= 1
        yield element
        if depth < DEEPEST:
            below = range(min(MOST_CHILDREN, pdfium.FPDF_StructElement_CountChildren(element)))
            pending += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, index), depth + 1) for index in reversed(below)
            ]


def string(ask: Callable[[ctypes._Pointer, ctypes.Array | None, int], int], element: ctypes._Pointer) -> str:
    buffer = ctypes.create_string_buffer(LONGEST)
    size = ask(element, buffer, LONGEST)
    if size > LONGEST:  # too long for the buffer, so not empty
        return "…"
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", errors="ignore")
