"""OpenDocument 1.3: ODP, ODT, ODS."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO

from lernnetzwerk.formats.languages import most_frequent_language
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.opendocument.hidden import mark_hidden
from lernnetzwerk.formats.opendocument.names import DRAW, FO, META, OFFICE, PRESENTATION, STYLE, SVG, TABLE, TEXT
from lernnetzwerk.formats.photos import photos_with_place
from lernnetzwerk.formats.plain_text import clean_line, clean_text
from lernnetzwerk.formats.results import ActiveContent, OutlineEntry, Page, ReadResult, TextBudget, names, slide_titles
from lernnetzwerk.formats.xml_tree import (
    DC,
    HIDDEN,
    first_text,
    open_package,
    optional_root,
    parse_int,
    property_texts,
    required_root,
)

HREF = "{http://www.w3.org/1999/xlink}href"
EXCLUDED = {
    f"{PRESENTATION}notes",
    f"{TEXT}tracked-changes",
    f"{TABLE}tracked-changes",
    f"{OFFICE}annotation",
    f"{TEXT}note-citation",
    f"{SVG}title",
    f"{SVG}desc",
    f"{OFFICE}forms",
    HIDDEN,
}
FOOTERS = {"page-number", "date-time", "footer", "header"}
CONTENTS = {f"{DRAW}{name}" for name in ("image", "object", "object-ole", "plugin")}
EXTERNAL = ("http:", "https:", "ftp:", "file:", "//", "\\\\", "../")
DEEPEST_HEADING = 9
SPACES = re.compile("[ \t\r\n]+")  # a line end in XML is a space in the text


def read(file: BinaryIO, key: str, limits: Limits) -> ReadResult:
    archive = open_package(file)
    content = required_root(archive, "content.xml")
    meta, styles = (optional_root(archive, name) for name in ("meta.xml", "styles.xml"))
    result = ReadResult(
        title=clean_line(first_text(meta, f"{DC}title")),
        language=language(styles, first_text(meta, f"{DC}language")),
        active_content=sorted(set(active_content(content))),
        names=names(property_texts(meta, f"{META}initial-creator", f"{DC}creator", f"{META}printed-by")),
    )
    result.count_hidden({"photos": photos_with_place(archive)})
    hidden = mark_hidden(content, styles)
    del hidden["cells"]  # told as columns
    result.count_hidden(hidden)
    {"odp": read_slides, "odt": read_text, "ods": read_tables}[key](content, result, limits)
    return result


def read_slides(content: Any, result: ReadResult, limits: Limits) -> None:
    budget, hidden = TextBudget(limits), hidden_styles(content, "drawing-page")
    result.figures = result.figures_described = 0
    for number, slide in enumerate(content.iter(f"{DRAW}page"), start=1):
        if number > limits.pages:
            break
        if slide.get(f"{DRAW}style-name") in hidden:
            result.count_hidden({"slides": 1})
            continue
        titles = (frame for frame in included(slide, f"{DRAW}frame") if frame.get(f"{PRESENTATION}class") == "title")
        title = clean_line(text_of(next(titles, None)))
        result.pages.append(Page(number, title, budget.truncate(clean_text(text_of(slide)))))
        count_figures(slide, result)
    filled = [page for page in result.pages if page.title or page.text]
    result.has_headings = bool(filled) and all(page.title for page in filled)
    result.outline = slide_titles(filled, limits)


def read_text(content: Any, result: ReadResult, limits: Limits) -> None:
    body = next(content.iter(f"{OFFICE}text"), None)
    result.pages = [Page(1, "", TextBudget(limits).truncate(clean_text(text_of(body))))]
    for heading in () if body is None else included(body, f"{TEXT}h"):
        level = parse_int(heading.get(f"{TEXT}outline-level", "1")) or 1
        title = clean_line("".join(inline_text(heading)))
        if title and len(result.outline) < limits.outline:
            result.outline.append(OutlineEntry(min(level, DEEPEST_HEADING), title, 0))
    result.has_headings = bool(result.outline)
    result.figures = result.figures_described = 0
    count_figures(content, result)


def read_tables(content: Any, result: ReadResult, limits: Limits) -> None:
    budget, hidden = TextBudget(limits), hidden_styles(content, "table")
    for table in included(content, f"{TABLE}table"):
        is_hidden = table.get(f"{TABLE}style-name") in hidden
        if next(table.iterancestors(f"{TABLE}table"), None) is not None:
            continue
        result.count_hidden({"sheets": is_hidden})
        if is_hidden:
            continue
        if len(result.pages) >= limits.pages:
            break
        name = clean_line(table.get(f"{TABLE}name", ""))
        result.pages.append(Page(len(result.pages) + 1, name, budget.truncate(clean_text(table_text(table, one_line)))))


def hidden_styles(content: Any, family: str) -> set[str]:
    """Names of the styles whose slides or sheets are hidden."""
    hidden = set()
    for style in content.iter(f"{STYLE}style"):
        if style.get(f"{STYLE}family") == family:
            for properties in style:
                is_hidden = properties.get(f"{PRESENTATION}visibility") == "hidden"
                if is_hidden or properties.get(f"{TABLE}display") == "false":
                    hidden.add(style.get(f"{STYLE}name"))
    return hidden


def included(element: Any, tag: str) -> Iterator[Any]:
    """Elements of this tag outside of excluded ones."""
    return (one for one in element.iter(tag) if not any(map(is_excluded, (one, *one.iterancestors()))))


def is_excluded(element: Any) -> bool:
    if element.tag in EXCLUDED or not isinstance(element.tag, str):
        return True
    return element.get(f"{PRESENTATION}class") in FOOTERS or element.get(f"{TEXT}display") == "none"


def text_of(element: Any) -> str:
    return "" if element is None else "\n\n".join(paragraphs(element))


def paragraphs(element: Any) -> Iterator[str]:
    for child in element:
        if is_excluded(child):
            continue
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield "".join(inline_text(child))
            for part in anchored(child):
                yield from paragraphs(part)
        elif child.tag == f"{TABLE}table":
            yield table_text(child)
        else:
            yield from paragraphs(child)


def one_line(cell: Any) -> str:
    return " ".join(text_of(cell).split())


def table_text(table: Any, cell_text: Callable[[Any], str] = text_of) -> str:
    """One line for each row of this table, without covered cells and without the rows of inner tables."""
    own = (row for row in table.iter(f"{TABLE}table-row") if next(row.iterancestors(f"{TABLE}table")) is table)
    cells = ((cell_text(cell).strip() for cell in row.iterchildren(f"{TABLE}table-cell")) for row in own)
    rows = (" | ".join(cell for cell in row if cell) for row in cells)
    return "\n".join(row for row in rows if row)


def anchored(paragraph: Any) -> Iterator[Any]:
    """The nearest frames, shapes and footnotes below a paragraph."""
    for child in paragraph:
        if is_excluded(child):
            continue
        if child.tag == f"{TEXT}note-body" or child.tag.startswith(DRAW):
            yield child
        else:
            yield from anchored(child)


def inline_text(element: Any) -> Iterator[str]:
    """The text of one paragraph, without anchored frames and footnotes."""
    yield SPACES.sub(" ", element.text or "")
    for child in element:
        if child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag in (f"{TEXT}s", f"{TEXT}tab"):
            yield " "
        elif not (is_excluded(child) or child.tag == f"{TEXT}note" or child.tag.startswith(DRAW)):
            yield from inline_text(child)
        yield SPACES.sub(" ", child.tail or "")


def count_figures(element: Any, result: ReadResult) -> None:
    """Count frames with a picture or object, except previews of tables. LibreOffice writes svg:title and svg:desc."""
    for frame in included(element, f"{DRAW}frame"):
        tags = {child.tag for child in frame}
        if tags & CONTENTS and f"{TABLE}table" not in tags:
            descriptions = (frame.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))
            result.count_figure(any(text.strip() for text in descriptions))


def active_content(content: Any) -> Iterator[ActiveContent]:
    """Kinds of external content that is loaded on opening and of embedded objects."""
    for element in content.iter(*CONTENTS):
        if (element.get(HREF) or "").strip().lower().startswith(EXTERNAL):
            yield "external"
        if element.tag == f"{DRAW}object-ole":
            yield "embedded"


def language(styles: Any, declared: str) -> str:
    """The declared language of the file, else the one of its default styles."""
    tags = Counter([declared.strip()] if declared.strip() else [])
    for style in () if tags or styles is None else styles.iter(f"{STYLE}default-style"):
        for properties in style.iter(f"{STYLE}text-properties"):
            parts = (properties.get(f"{FO}{name}", "") for name in ("language", "country"))
            tags["-".join(part for part in parts if part not in ("", "none"))] += 1
    return most_frequent_language(tags)
