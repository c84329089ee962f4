"""PPTX: title and text of each slide. Speaker notes are never read."""

from collections import Counter
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.formats.errors import DAMAGED, UnreadableError
from lernnetzwerk.formats.languages import most_frequent_language
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office.drawing import (
    PLACEHOLDERS,
    A,
    R,
    is_described,
    linked_text,
    table_text,
    text_of,
)
from lernnetzwerk.formats.office.hidden_slides import TITLES, beside_slide, has_content, placed_shapes, role
from lernnetzwerk.formats.office.position import Canvas, P, canvas_of
from lernnetzwerk.formats.office.relationships import main_part, targets
from lernnetzwerk.formats.plain_text import clean_line, clean_text
from lernnetzwerk.formats.results import Page, ReadResult, TextBudget, slide_titles
from lernnetzwerk.formats.xml_tree import optional_root, required_root

FOOTERS = {"sldNum", "dt", "ftr", "hdr"}
FIGURES = {f"{P}pic", f"{P}graphicFrame"}


def read_slides(archive: ZipFile, result: ReadResult, limits: Limits) -> None:
    main = main_part(archive, "ppt/presentation.xml")
    presentation = required_root(archive, main)
    canvas, budget = canvas_of(presentation), TextBudget(limits)
    languages: Counter[str] = Counter()
    result.figures = result.figures_described = 0
    for number, name in enumerate(slide_parts(archive, main, presentation)[: limits.pages], start=1):
        slide = optional_root(archive, name)
        if slide is None:
            result.pages.append(Page(number))
            continue
        result.count_hidden(beside_slide(archive, name))
        if slide.get("show") in ("0", "false"):  # not shown in the talk; the others keep their numbers
            result.count_hidden({"slides": 1})
            continue
        shapes = visible_shapes(slide, canvas, result)
        result.pages.append(page(number, shapes, budget, archive, targets(archive, name)))
        languages.update(run.get("lang") for run in slide.iter(f"{A}rPr") if run.get("lang"))
        count_figures(shapes, result)
    filled = [page for page in result.pages if page.title or page.text]
    result.has_headings = bool(filled) and all(page.title for page in filled)
    result.outline = slide_titles(filled, limits)
    result.language = most_frequent_language(languages)


def slide_parts(archive: ZipFile, main: str, presentation: Any) -> list[str]:
    """Names of the slides' parts in their order. Raises UnreadableError when no slide can be read."""
    known = targets(archive, main)
    entries = presentation.iterfind(f"{P}sldIdLst/{P}sldId")
    names = [known.get(entry.get(f"{R}id", ""), "") for entry in entries]
    if all(optional_root(archive, name) is None for name in names):
        raise UnreadableError(DAMAGED)
    return names


def visible_shapes(slide: Any, canvas: Canvas, result: ReadResult) -> list[Any]:
    """The shapes that the talk showed; the others are counted."""
    placed = list(placed_shapes(slide.find(f"{P}cSld/{P}spTree"), canvas))
    result.count_hidden(Counter(place for shape, place in placed if place and has_content(shape)))
    return [shape for shape, place in placed if not place]


def page(number: int, shapes: list[Any], budget: TextBudget, archive: ZipFile, known: dict[str, str]) -> Page:
    heading = next((shape for shape in shapes if role(shape) in TITLES and text_of(shape).strip()), None)
    title = "" if heading is None else clean_line(text_of(heading))
    texts = [title, *(shape_text(shape, archive, known) for shape in shapes if shape is not heading)]
    return Page(number, title, budget.truncate(clean_text("\n\n".join(text for text in texts if text.strip()))))


def shape_text(shape: Any, archive: ZipFile, known: dict[str, str]) -> str:
    if role(shape) in FOOTERS:
        return ""
    table = next(shape.iter(f"{A}tbl"), None)
    if table is not None:
        return table_text(table)
    linked = [linked_text(archive, known, one) for one in shape.iter(*PLACEHOLDERS)]
    bodies = [text_of(body) for body in shape.iterfind(f"{P}txBody")]
    return "\n\n".join([*bodies, *linked])


def count_figures(shapes: list[Any], result: ReadResult) -> None:
    """Count pictures, diagrams and charts; a table needs no description."""
    for shape in shapes:
        if shape.tag in FIGURES and next(shape.iter(f"{A}tbl"), None) is None:
            result.count_figure(is_described(next(shape.iter(f"{P}cNvPr"), None)))
