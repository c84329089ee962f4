"""DOCX: one page of text, its headings as the outline. Deleted text of tracked changes is left out."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.reading.inside import Budget, Entry, Found, Limits, Page
from lernnetzwerk.reading.inside.described import is_described, language_tag
from lernnetzwerk.reading.inside.package import needed, root
from lernnetzwerk.reading.text import clean_line, clean_text

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = {f"{W}del", f"{W}moveFrom", f"{W}instrText", f"{W}delText", TWICE}
WORDS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
DEEPEST_HEADING = 9


def read_document(archive: ZipFile, found: Found, limits: Limits) -> None:
    body = needed(archive, "word/document.xml")
    styles = root(archive, "word/styles.xml")
    levels = heading_levels(styles)
    lines = []
    for paragraph in body.iter(f"{W}p"):
        text = "".join(words(paragraph))
        if not text.strip():
            continue
        level = level_of(paragraph, levels)
        if level and len(found.outline) < limits.outline and clean_line(text):
            found.outline.append(Entry(level, clean_line(text), 0))
        is_item = paragraph.find(f"{W}pPr/{W}numPr") is not None and not level
        lines.append(("\n" if is_item else "\n\n") + text)
    found.pages = [Page(1, "", Budget(limits).cut(clean_text("".join(lines))))]
    found.has_headings = bool(found.outline)
    drawings = list(body.iter(DRAWING))
    found.figures, found.figures_described = len(drawings), sum(map(is_described, drawings))
    found.language = language_tag(Counter(languages(styles, body)))


def words(paragraph: Any) -> Iterator[str]:
    """Of this paragraph alone: those of a text box inside it come by themselves."""
    for child in paragraph:
        if child.tag in LEFT_OUT or child.tag == f"{W}p":
            continue
        if child.tag == f"{W}t":
            yield child.text or ""
        elif child.tag in WORDS:
            yield WORDS[child.tag]
        else:
            yield from words(child)


def heading_levels(styles: Any) -> dict[str, int]:
    """Style → level, by its outline level or by the name that is the same in every language of Word."""
    levels = {}
    for style in () if styles is None else styles.iter(f"{W}style"):
        name = attribute(style.find(f"{W}name")).lower()
        outline = attribute(style.find(f"{W}pPr/{W}outlineLvl"))
        number = name.removeprefix("heading ") if name.startswith("heading ") else ""
        level = int(outline) + 1 if outline.isdecimal() else int(number) if number.isdecimal() else 0
        if 1 <= level <= DEEPEST_HEADING:
            levels[style.get(f"{W}styleId")] = level
    return levels


def level_of(paragraph: Any, levels: dict[str, int]) -> int:
    outline = attribute(paragraph.find(f"{W}pPr/{W}outlineLvl"))
    if outline.isdecimal() and int(outline) < DEEPEST_HEADING:
        return int(outline) + 1
    return levels.get(attribute(paragraph.find(f"{W}pPr/{W}pStyle")), 0)


def languages(styles: Any, body: Any) -> Iterator[str]:
    """What the text says of itself counts; else what is usual in the document."""
    said = [one.get(f"{W}val") for one in body.iter(f"{W}lang") if one.get(f"{W}val")]
    usual = [] if styles is None else [one.get(f"{W}val") for one in styles.iter(f"{W}lang")]
    yield from (one for one in usual[:1] or said if one)


def attribute(element: Any) -> str:
    return "" if element is None else element.get(f"{W}val") or ""
