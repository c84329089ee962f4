"""OpenDocument 1.3: ODP, ODT, ODS."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO
from zipfile import ZipFile

from lernnetzwerk.reading.inside import Budget, Entry, Found, Limits, Page
from lernnetzwerk.reading.inside.described import language_tag
from lernnetzwerk.reading.inside.package import DC, needed, opened, root, value
from lernnetzwerk.reading.text import clean_line, clean_text

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
DRAW, OFFICE, TABLE, TEXT = (f"{{{ODF}{name}:1.0}}" for name in ("drawing", "office", "table", "text"))
PRESENTATION, STYLE = f"{{{ODF}presentation:1.0}}", f"{{{ODF}style:1.0}}"
SVG, FO = f"{{{ODF}svg-compatible:1.0}}", f"{{{ODF}xsl-fo-compatible:1.0}}"
HREF = "{http://www.w3.org/1999/xlink}href"
LEFT_OUT = {
    f"{PRESENTATION}notes",
    f"{TEXT}tracked-changes",
    f"{OFFICE}annotation",
    f"{TEXT}note-citation",
    f"{SVG}title",
    f"{SVG}desc",
    f"{OFFICE}forms",
}
CONTENTS = {f"{DRAW}{name}" for name in ("image", "object", "object-ole", "plugin")}
ELSEWHERE = ("http:", "https:", "ftp:", "file:", "//", "\\\\", "../")
DEEPEST_HEADING = 9


def read(file: BinaryIO, key: str, limits: Limits) -> Found:
    archive = opened(file)
    content = needed(archive, "content.xml")
    meta = root(archive, "meta.xml")
    found = Found(
        title=clean_line(value(meta, f"{DC}title")),
        language=language(archive, value(meta, f"{DC}language")),
        active_content=sorted(set(references(content))),
    )
    {"odp": read_slides, "odt": read_text, "ods": read_tables}[key](content, found, limits)
    return found


def read_slides(content: Any, found: Found, limits: Limits) -> None:
    budget = Budget(limits)
    for number, slide in enumerate(content.iter(f"{DRAW}page"), start=1):
        if number > limits.pages:
            break
        titles = (frame for frame in slide.iter(f"{DRAW}frame") if frame.get(f"{PRESENTATION}class") == "title")
        title = clean_line(joined(next(titles, None)))
        found.pages.append(Page(number, title, budget.cut(clean_text(joined(slide)))))
    shown = [page for page in found.pages if page.title or page.text]
    found.has_headings = bool(shown) and all(page.title for page in shown)
    count_figures(content, found)


def read_text(content: Any, found: Found, limits: Limits) -> None:
    body = next(content.iter(f"{OFFICE}text"), None)
    found.pages = [Page(1, "", Budget(limits).cut(clean_text(joined(body))))]
    for heading in () if body is None else body.iter(f"{TEXT}h"):
        level, title = heading.get(f"{TEXT}outline-level", "1"), clean_line("".join(words(heading)))
        if title and len(found.outline) < limits.outline:
            found.outline.append(Entry(min(int(level), DEEPEST_HEADING) if level.isdecimal() else 1, title, 0))
    found.has_headings = bool(found.outline)
    count_figures(content, found)


def read_tables(content: Any, found: Found, limits: Limits) -> None:
    budget = Budget(limits)
    for number, table in enumerate(content.iter(f"{TABLE}table"), start=1):
        if number > limits.pages:
            break
        lines = (
            " | ".join(cell for cell in (" ".join(joined(one).split()) for one in row) if cell)
            for row in table.iter(f"{TABLE}table-row")
        )
        text = "\n".join(line for line in lines if line)
        found.pages.append(Page(number, clean_line(table.get(f"{TABLE}name", "")), budget.cut(clean_text(text))))


def joined(element: Any) -> str:
    return "" if element is None else "\n\n".join(paragraphs(element))


def paragraphs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in LEFT_OUT:
            continue
        if child.tag in (f"{TEXT}p", f"{TEXT}h"):
            yield "".join(words(child))
            for frame in child.iter(f"{DRAW}text-box"):
                yield from paragraphs(frame)
        else:
            yield from paragraphs(child)


def words(element: Any) -> Iterator[str]:
    """The words of one paragraph; those in a frame that hangs in it come by themselves."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag in (f"{TEXT}s", f"{TEXT}tab"):
            yield " "
        elif isinstance(child.tag, str) and child.tag not in LEFT_OUT and not child.tag.startswith(DRAW):
            yield from words(child)
        yield child.tail or ""


def count_figures(content: Any, found: Found) -> None:
    """Frames that hold something to look at; svg:title and svg:desc are what LibreOffice asks for."""
    found.figures = found.figures_described = 0
    for frame in content.iter(f"{DRAW}frame"):
        if any(child.tag in CONTENTS for child in frame):
            found.figures += 1
            descriptions = (frame.findtext(f"{SVG}{name}") or "" for name in ("title", "desc"))
            found.figures_described += any(text.strip() for text in descriptions)


def references(content: Any) -> Iterable[str]:
    for element in content.iter(*CONTENTS):
        if (element.get(HREF) or "").strip().lower().startswith(ELSEWHERE):
            yield "external"
        if element.tag == f"{DRAW}object-ole":
            yield "embedded"


def language(archive: ZipFile, said: str) -> str:
    """What the file says of itself, else what its styles are set to."""
    styles = root(archive, "styles.xml")
    tags = Counter([said.strip()] if said.strip() else [])
    for style in () if tags or styles is None else styles.iter(f"{STYLE}default-style"):
        for properties in style.iter(f"{STYLE}text-properties"):
            parts = (properties.get(f"{FO}{name}", "") for name in ("language", "country"))
            tags["-".join(part for part in parts if part not in ("", "none"))] += 1
    return language_tag(tags)
