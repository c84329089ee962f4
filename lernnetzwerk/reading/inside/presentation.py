"""PPTX: titles and text slide by slide. What the speaker noted below the slides is never looked at."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.reading.inside import DAMAGED, Budget, Found, Limits, Page, UnreadableError, slide_titles
from lernnetzwerk.reading.inside.described import is_described, language_tag
from lernnetzwerk.reading.inside.drawing import MC, PLACEHOLDERS, A, R, linked_text, table_text, text_of
from lernnetzwerk.reading.inside.package import main_part, needed, spare, targets
from lernnetzwerk.reading.text import clean_line, clean_text

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
TITLES = {"title", "ctrTitle"}
SMALL_PRINT = {"sldNum", "dt", "ftr", "hdr"}
FIGURES = {f"{P}pic", f"{P}graphicFrame"}


def read_slides(archive: ZipFile, found: Found, limits: Limits) -> None:
    slides, budget = places(archive)[: limits.pages], Budget(limits)
    languages: Counter[str] = Counter()
    found.figures = found.figures_described = 0
    for number, place in enumerate(slides, start=1):
        slide = spare(archive, place)
        if slide is None or slide.get("show") in ("0", "false"):  # hidden in the talk, so not part of what was shown
            found.pages.append(Page(number))
            continue
        shown = list(shapes(slide.find(f"{P}cSld/{P}spTree")))
        found.pages.append(page(number, shown, budget, archive, targets(archive, place)))
        languages.update(run.get("lang") for run in slide.iter(f"{A}rPr") if run.get("lang"))
        count_figures(shown, found)
    said = [page for page in found.pages if page.title or page.text]
    found.has_headings = bool(said) and all(page.title for page in said)
    found.outline = slide_titles(said, limits)
    found.language = language_tag(languages)


def places(archive: ZipFile) -> list[str]:
    """The parts of the slides in their order."""
    main = main_part(archive, "ppt/presentation.xml")
    known = targets(archive, main)
    found = [known.get(one.get(f"{R}id", ""), "") for one in needed(archive, main).iterfind(f"{P}sldIdLst/{P}sldId")]
    if all(spare(archive, place) is None for place in found):
        raise UnreadableError(DAMAGED)
    return found


def shapes(tree: Any) -> Iterator[Any]:
    """In the order in which screen readers read the slide: that of the file. Depth is bounded by the parser."""
    for element in () if tree is None else tree:
        if element.tag == f"{MC}AlternateContent":
            yield from shapes(next(element.iterchildren(f"{MC}Choice", f"{MC}Fallback"), None))
        elif is_hidden(element):
            continue
        elif element.tag == f"{P}grpSp":
            yield from shapes(element)
        else:
            yield element


def is_hidden(shape: Any) -> bool:
    name = shape.find(f"*/{P}cNvPr")
    return name is not None and name.get("hidden") in ("1", "true")


def page(number: int, shown: list[Any], budget: Budget, archive: ZipFile, known: dict[str, str]) -> Page:
    heading = next((shape for shape in shown if role(shape) in TITLES and text_of(shape).strip()), None)
    title = "" if heading is None else clean_line(text_of(heading))
    parts = [texts(shape, archive, known) for shape in shown if shape is not heading]
    return Page(number, title, budget.cut(clean_text("\n\n".join(part for part in (title, *parts) if part.strip()))))


def role(shape: Any) -> str:
    placeholder = shape.find(f"*/{P}nvPr/{P}ph")
    return "" if placeholder is None else placeholder.get("type", "")


def texts(shape: Any, archive: ZipFile, known: dict[str, str]) -> str:
    if role(shape) in SMALL_PRINT:
        return ""
    table = next(shape.iter(f"{A}tbl"), None)
    if table is not None:
        return table_text(table)
    linked = [linked_text(archive, known, one) for one in shape.iter(*PLACEHOLDERS)]
    bodies = [text_of(body) for body in shape.iterfind(f"{P}txBody")]
    return "\n\n".join([*bodies, *linked])


def count_figures(shown: list[Any], found: Found) -> None:
    """Pictures, diagrams and charts; tables speak for themselves."""
    for shape in shown:
        if shape.tag in FIGURES and next(shape.iter(f"{A}tbl"), None) is None:
            found.count_figure(is_described(next(shape.iter(f"{P}cNvPr"), None)))
