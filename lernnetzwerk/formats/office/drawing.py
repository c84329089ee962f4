"""DrawingML (ECMA-376, part 1, 20 and 21): text and descriptions of shapes, tables, charts and diagrams."""

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.formats.xml_tree import optional_root

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DECORATIVE = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The element that stands for a chart or diagram → its attribute with the id of the relationship.
PLACEHOLDERS = {f"{C}chart": f"{R}id", f"{CX}chart": f"{R}id", f"{DGM}relIds": f"{R}dm"}
WORDS = (f"{A}t", f"{A}br", f"{M}t")


def is_described(properties: Any) -> bool:
    """Whether an object has an alternative text or is marked as decorative."""
    if properties is None:
        return False
    if (properties.get("descr") or "").strip() or (properties.get("title") or "").strip():
        return True
    return any(mark.get("val") in ("1", "true") for mark in properties.iter(DECORATIVE))


def text_of(element: Any) -> str:
    """One line for each paragraph below."""
    return "\n".join(line(paragraph) for paragraph in element.iter(f"{A}p"))


def line(paragraph: Any) -> str:
    return "".join("\n" if one.tag == f"{A}br" else one.text or "" for one in paragraph.iter(*WORDS))


def table_text(table: Any) -> str:
    """One line for each row, without cells hidden by a merged one."""
    rows = (" | ".join(cell for cell in map(cell_text, visible_cells(row)) if cell) for row in table.iter(f"{A}tr"))
    return "\n".join(row for row in rows if row)


def visible_cells(row: Any) -> Iterator[Any]:
    merged = ("1", "true")
    return (
        cell for cell in row.iter(f"{A}tc") if cell.get("hMerge") not in merged and cell.get("vMerge") not in merged
    )


def cell_text(cell: Any) -> str:
    return " ".join(text_of(cell).split())


def linked_text(archive: ZipFile, targets: dict[str, str], element: Any) -> str:
    """Text of the chart or diagram of a placeholder; empty when the part is damaged, missing or external."""
    name = targets.get(element.get(PLACEHOLDERS[element.tag]) or "", "")
    part = optional_root(archive, name) if name else None
    if part is None:
        return ""
    return diagram_text(part) if element.tag == f"{DGM}relIds" else chart_text(part)


def diagram_text(part: Any) -> str:
    """SmartArt: the points in the order of the file, without those of the layout."""
    points = (point for point in part.iter(f"{DGM}pt") if point.get("type") != "pres")
    return "\n".join(text for point in points if (text := text_of(point)).strip())


def chart_text(part: Any) -> str:
    """Titles of the chart and its axes, names of series, names of categories; no numbers."""
    titles = [" ".join(title_text(title).split()) for title in part.iter(f"{C}title", f"{CX}title")]
    series = [name for one in part.iter(f"{C}ser", f"{CX}series") for name in values(one, f"{C}tx", f"{CX}tx")]
    categories = values(part, f"{C}cat", f"{CX}strDim")
    lines = (*titles, " | ".join(dict.fromkeys(series)), " | ".join(dict.fromkeys(categories)))
    return "\n".join(line for line in lines if line)


def title_text(title: Any) -> str:
    return text_of(title) or " ".join(one.text or "" for one in title.iter(f"{C}v", f"{CX}v"))


def values(element: Any, *holders: str) -> list[str]:
    """Cached texts below the elements `holders`, without numbers."""
    cached = (one for holder in element.iter(*holders) for one in holder.iter(f"{C}v", f"{CX}v", f"{CX}pt"))
    texts = (" ".join((one.text or "").split()) for one in cached if not is_number(one))
    return [one for one in texts if one]


def is_number(value: Any) -> bool:
    return next(value.iterancestors(f"{C}numCache"), None) is not None
