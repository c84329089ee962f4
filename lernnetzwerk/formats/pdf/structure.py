"""Headings, figures, descriptions and languages in the structure tree of a tagged PDF.

PDFium returns the tree of one page at a time, with custom types already mapped by the RoleMap.
"""

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator

import pypdfium2
import pypdfium2.raw as pdfium

HEADINGS = {"H", "H1", "H2", "H3", "H4", "H5", "H6", "Title"}
DEEPEST = 60
MOST_CHILDREN = 2_000
LONGEST = 2_000
MOST_WITHOUT_LANGUAGE = 0.1

Element = ctypes._Pointer


class Structure:
    def __init__(self, most: int) -> None:
        self.left = most
        self.has_headings = self.skips_headings = False
        self.figures = self.described = 0
        self.languages: Counter[str] = Counter()  # how many elements are in each, "" for unknown
        self._level = 0

    def add(self, page: pypdfium2.PdfPage) -> None:
        tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
        if not tree:
            return
        try:
            for element, language in elements(tree, self.left):
                self.left -= 1
                self.count(element, language)
        finally:
            pdfium.FPDF_StructTree_Close(tree)

    def count(self, element: Element, language: str) -> None:
        name = string(pdfium.FPDF_StructElement_GetType, element)
        self.languages[language] += not name.startswith("Document")
        self.has_headings |= name in HEADINGS
        if name in HEADINGS and name[1:].isdigit():
            self.skips_headings |= int(name[1:]) > self._level + 1
            self._level = int(name[1:])
        if name == "Figure":
            texts = (pdfium.FPDF_StructElement_GetAltText, pdfium.FPDF_StructElement_GetActualText)
            self.figures += 1
            self.described += any(string(text, element).strip() for text in texts)

    @property
    def language(self) -> str:
        """The most frequent language; empty when more than a few elements have none."""
        known = Counter({language: count for language, count in self.languages.items() if language})
        is_known = self.languages[""] <= MOST_WITHOUT_LANGUAGE * self.languages.total()
        return known.most_common(1)[0][0] if known and is_known else ""


def elements(tree: Element, most: int) -> Iterator[tuple[Element, str]]:
    """At most `most` elements down to the level DEEPEST, parents before children, each with its language.

    An element without a language inherits its parent's; the language is empty if there is none.
    """
    top = range(min(MOST_CHILDREN, pdfium.FPDF_StructTree_CountChildren(tree)))
    pending = [(pdfium.FPDF_StructTree_GetChildAtIndex(tree, index), 1, "") for index in reversed(top)]
    while pending and most > 0:
        element, depth, inherited = pending.pop()
        if not element:
            continue
        most -= 1
        language = string(pdfium.FPDF_StructElement_GetLang, element) or inherited
        yield element, language
        if depth < DEEPEST:
            below = range(min(MOST_CHILDREN, pdfium.FPDF_StructElement_CountChildren(element)))
            pending += [
                (pdfium.FPDF_StructElement_GetChildAtIndex(element, index), depth + 1, language)
                for index in reversed(below)
            ]


def string(ask: Callable[[Element, ctypes.Array | None, int], int], element: Element) -> str:
    buffer = ctypes.create_string_buffer(LONGEST)
    size = ask(element, buffer, LONGEST)
    if size > LONGEST:  # too long for the buffer, so not empty
        return "…"
    return buffer.raw[: max(0, size - 2)].decode("utf-16-le", errors="ignore")
