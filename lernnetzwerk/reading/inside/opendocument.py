"""OpenDocument 1.3: ODP, ODT, ODS."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, BinaryIO
from zipfile import ZipFile

from lernnetzwerk.reading.inside import Budget, Entry, Found, Limits, Page, slide_titles
from lernnetzwerk.reading.inside.described import language_tag
from lernnetzwerk.reading.inside.package import DC, needed, opened, spare, value, whole
from lernnetzwerk.reading.text import clean_line, clean_text

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
DRAW, OFFICE, TABLE, TEXT = (f"{{{ODF}{name}:1.0}}" for name in ("drawing", "office", "table", "text"))
PRESENTATION, STYLE = f"{{{ODF}presentation:1.0}}", f"{{{ODF}style:1.0}}"
SVG, FO = f"{{{ODF}svg-compatible:1.0}}", f"{{{ODF}xsl-fo-compatible:1.0}}"
HREF = "{http://www.w3.org/1999/xlink}href"
LEFT_OUT = {
    f"{PRESENTATION}notes",
    f"{TEXT}tracked-changes",
    f"{TABLE}tracked-changes",
    f"{OFFICE}annotation",
    f"{TEXT}note-citation",
    f"{SVG}title",
    f"{SVG}desc",
    f"{OFFICE}forms",
}
SMALL_PRINT = {"page-number", "date-time", "footer", "header"}
UNSHOWN = ("collapse", "filter")
CONTENTS = {f"{DRAW}{name}" for name in ("image", "object", "object-ole", "plugin")}
ELSEWHERE = ("http:", "https:", "ftp:", "file:", "//", "\\\\", "../")
DEEPEST_HEADING = 9
SPACES = re.compile("[ \t\r\n]+")  # a line end in the file is none in the text


def read(file: BinaryIO, key: str, limits: Limits) -> Found:
    archive = opened(file)
    content = needed(archive, "content.xml")
    meta = spare(archive, "meta.xml")
    found = Found(
        title=clean_line(value(meta, f"{DC}title")),
        language=language(archive, value(meta, f"{DC}language")),
        active_content=sorted(set(references(content))),
    )
    {"odp": read_slides, "odt": read_text, "ods": read_tables}[key](content, found, limits)
    return found


def read_slides(content: Any, found: Found, limits: Limits) -> None:
    budget, hidden = Budget(limits), hidden_styles(content, "drawing-page")
    found.figures = found.figures_described = 0
    for number, slide in enumerate(content.iter(f"{DRAW}page"), start=1):
        if number > limits.pages:
            break
        if slide.get(f"{DRAW}style-name") in hidden:
            found.pages.append(Page(number))
            continue
        titles = (frame for frame in kept(slide, f"{DRAW}frame") if frame.get(f"{PRESENTATION}class") == "title")
        title = clean_line(joined(next(titles, None)))
        found.pages.append(Page(number, title, budget.cut(clean_text(joined(slide)))))
        count_figures(slide, found)
    shown = [page for page in found.pages if page.title or page.text]
    found.has_headings = bool(shown) and all(page.title for page in shown)
    found.outline = slide_titles(shown, limits)


def read_text(content: Any, found: Found, limits: Limits) -> None:
    body = next(content.iter(f"{OFFICE}text"), None)
    found.pages = [Page(1, "", Budget(limits).cut(clean_text(joined(body))))]
    for heading in () if body is None else kept(body, f"{TEXT}h"):
        level, title = whole(heading.get(f"{TEXT}outline-level", "1")) or 1, clean_line("".join(words(heading)))
        if title and len(found.outline) < limits.outline:
            found.outline.append(Entry(min(level, DEEPEST_HEADING), title, 0))
    found.has_headings = bool(found.outline)
    found.figures = found.figures_described = 0
    count_figures(content, found)


def read_tables(content: Any, found: Found, limits: Limits) -> None:
    budget, hidden = Budget(limits), hidden_styles(content, "table")
    for table in kept(content, f"{TABLE}table"):
        is_inner = next(table.iterancestors(f"{TABLE}table"), None) is not None
        if is_inner or table.get(f"{TABLE}style-name") in hidden:
            continue
        if len(found.pages) >= limits.pages:
            break
        name = clean_line(table.get(f"{TABLE}name", ""))
        found.pages.append(Page(len(found.pages) + 1, name, budget.cut(clean_text(table_text(table, flat)))))


def hidden_styles(content: Any, family: str) -> set[str]:
    """Names of the styles whose slides or sheets are not shown."""
    found = set()
    for style in content.iter(f"{STYLE}style"):
        if style.get(f"{STYLE}family") == family:
            for properties in style:
                is_hidden = properties.get(f"{PRESENTATION}visibility") == "hidden"
                if is_hidden or properties.get(f"{TABLE}display") == "false":
                    found.add(style.get(f"{STYLE}name"))
    return found


def kept(element: Any, tag: str) -> Iterator[Any]:
    """Elements of this tag that belong to what is read."""
    return (one for one in element.iter(tag) if not any(map(is_left_out, (one, *one.iterancestors()))))


def is_left_out(element: Any) -> bool:
    if element.tag in LEFT_OUT or not isinstance(element.tag, str):
        return True
    return element.get(f"{PRESENTATION}class") in SMALL_PRINT or element.get(f"{TEXT}display") == "none"


def joined(element: Any) -> str:
    return "" if element is None else "\n\n".join(paragraphs(element))


def paragraphs(element: Any) -> Iterator[str]:
    for child in element:
        if is_left_out(child):
            continue
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield "".join(words(child))
            for part in hanging(child):
                yield from paragraphs(part)
        elif child.tag == f"{TABLE}table":
            yield table_text(child)
        else:
            yield from paragraphs(child)


def flat(cell: Any) -> str:
    return " ".join(joined(cell).split())


def table_text(table: Any, said: Callable[[Any], str] = joined) -> str:
    """A row a line; what lies hidden below a merged cell, in a hidden row, or in a table inside comes not twice."""
    own = (row for row in table.iter(f"{TABLE}table-row") if next(row.iterancestors(f"{TABLE}table")) is table)
    shown = (row for row in own if row.get(f"{TABLE}visibility") not in UNSHOWN)
    cells = ((said(cell).strip() for cell in row.iterchildren(f"{TABLE}table-cell")) for row in shown)
    rows = (" | ".join(cell for cell in row if cell) for row in cells)
    return "\n".join(row for row in rows if row)


def hanging(paragraph: Any) -> Iterator[Any]:
    """The nearest frames, shapes and footnotes below a paragraph."""
    for child in paragraph:
        if is_left_out(child):
            continue
        if child.tag == f"{TEXT}note-body" or child.tag.startswith(DRAW):
            yield child
        else:
            yield from hanging(child)


def words(element: Any) -> Iterator[str]:
    """The words of one paragraph; those of a frame that hangs in it, or of a footnote, come by themselves."""
    yield SPACES.sub(" ", element.text or "")
    for child in element:
        if child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag in (f"{TEXT}s", f"{TEXT}tab"):
            yield " "
        elif not (is_left_out(child) or child.tag == f"{TEXT}note" or child.tag.startswith(DRAW)):
            yield from words(child)
        yield SPACES.sub(" ", child.tail or "")


def count_figures(element: Any, found: Found) -> None:
    """Frames that hold something to look at, which is not the preview of a table.

    svg:title and svg:desc are what LibreOffice asks for.
    """
    for frame in kept(element, f"{DRAW}frame"):
        tags = {child.tag for child in frame}
        if tags & CONTENTS and f"{TABLE}table" not in tags:
            descriptions = (frame.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))
            found.count_figure(any(text.strip() for text in descriptions))


def references(content: Any) -> Iterable[str]:
    for element in content.iter(*CONTENTS):
        if (element.get(HREF) or "").strip().lower().startswith(ELSEWHERE):
            yield "external"
        if element.tag == f"{DRAW}object-ole":
            yield "embedded"


def language(archive: ZipFile, said: str) -> str:
    """What the file says of itself, else what its styles are set to."""
    styles = spare(archive, "styles.xml")
    tags = Counter([said.strip()] if said.strip() else [])
    for style in () if tags or styles is None else styles.iter(f"{STYLE}default-style"):
        for properties in style.iter(f"{STYLE}text-properties"):
            parts = (properties.get(f"{FO}{name}", "") for name in ("language", "country"))
            tags["-".join(part for part in parts if part not in ("", "none"))] += 1
    return language_tag(tags)
