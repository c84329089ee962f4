"""PPTX through python-pptx. What the speaker noted below the slides is never looked at."""

from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER

from lernnetzwerk.reading.inside import DAMAGED, Budget, Found, Limits, Page, UnreadableError
from lernnetzwerk.reading.inside.described import is_described, language_tag
from lernnetzwerk.reading.text import clean_line, clean_text

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
SMALL_PRINT = {PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER}
DEEPEST_GROUP = 20


def read_slides(archive: ZipFile, found: Found, limits: Limits) -> None:
    try:
        slides = list(Presentation(archive.fp).slides)[: limits.pages]
        read(slides, found, limits)
    except (MemoryError, RecursionError):
        raise
    except Exception:
        raise UnreadableError(DAMAGED) from None


def read(slides: list[Any], found: Found, limits: Limits) -> None:
    budget, languages = Budget(limits), Counter()
    found.figures = found.figures_described = 0
    for number, slide in enumerate(slides, start=1):
        if slide._element.get("show") in ("0", "false"):  # hidden in the talk, so not part of what was shown
            found.pages.append(Page(number))
            continue
        found.pages.append(page(number, slide, budget))
        languages.update(run.get("lang") for run in slide._element.iter(f"{A}rPr") if run.get("lang"))
        count_figures(slide, found)
    shown = [page for page in found.pages if page.title or page.text]
    found.has_headings = bool(shown) and all(page.title for page in shown)
    found.language = language_tag(languages)


def page(number: int, slide: Any, budget: Budget) -> Page:
    heading = slide.shapes.title
    title = clean_line(heading.text_frame.text) if heading is not None else ""
    parts = (part for shape in slide.shapes if not is_same(shape, heading) for part in texts(shape))
    return Page(number, title, budget.cut(clean_text("\n\n".join(part for part in (title, *parts) if part.strip()))))


def is_same(shape: Any, other: Any) -> bool:
    return other is not None and shape.shape_id == other.shape_id


def texts(shape: Any, depth: int = 0) -> Iterator[str]:
    """In the order in which screen readers read the slide: that of the file."""
    if shape.is_placeholder and shape.placeholder_format.type in SMALL_PRINT:
        return
    if hasattr(shape, "shapes"):
        if depth < DEEPEST_GROUP:
            for inner in shape.shapes:
                yield from texts(inner, depth + 1)
    elif shape.has_text_frame:
        yield shape.text_frame.text
    elif getattr(shape, "has_table", False):
        yield "\n".join(" | ".join(" ".join(cell.text.split()) for cell in row.cells) for row in shape.table.rows)


def count_figures(slide: Any, found: Found) -> None:
    """Pictures, diagrams and charts; tables speak for themselves."""
    for name in (f"{P}pic", f"{P}graphicFrame"):
        for element in slide._element.iter(name):
            if next(element.iter(f"{A}tbl"), None) is None:
                found.figures += 1
                found.figures_described += is_described(next(element.iter(f"{P}cNvPr"), None))
