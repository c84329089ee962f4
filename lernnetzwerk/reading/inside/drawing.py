"""DrawingML (ECMA-376, part 1, 20 and 21): what shapes, tables, charts and diagrams of Office files say."""

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.reading.inside.package import spare

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# The element that stands for a chart or diagram → where it says which part holds it.
PLACEHOLDERS = {f"{C}chart": f"{R}id", f"{CX}chart": f"{R}id", f"{DGM}relIds": f"{R}dm"}
WORDS = (f"{A}t", f"{A}br", f"{M}t")


def text_of(element: Any) -> str:
    """The paragraphs below, a line each."""
    return "\n".join(line(paragraph) for paragraph in element.iter(f"{A}p"))


def line(paragraph: Any) -> str:
    return "".join("\n" if one.tag == f"{A}br" else one.text or "" for one in paragraph.iter(*WORDS))


def table_text(table: Any) -> str:
    """A row a line; what lies hidden below a merged cell is left out."""
    rows = (" | ".join(cell for cell in map(cell_text, shown_cells(row)) if cell) for row in table.iter(f"{A}tr"))
    return "\n".join(row for row in rows if row)


def shown_cells(row: Any) -> Iterator[Any]:
    merged = ("1", "true")
    return (
        cell for cell in row.iter(f"{A}tc") if cell.get("hMerge") not in merged and cell.get("vMerge") not in merged
    )


def cell_text(cell: Any) -> str:
    return " ".join(text_of(cell).split())


def linked_text(archive: ZipFile, places: dict[str, str], element: Any) -> str:
    """Of the chart or diagram that an element stands for; nothing when that is damaged, missing or elsewhere."""
    place = places.get(element.get(PLACEHOLDERS[element.tag]) or "", "")
    part = spare(archive, place) if place else None
    if part is None:
        return ""
    return diagram_text(part) if element.tag == f"{DGM}relIds" else chart_text(part)


def diagram_text(part: Any) -> str:
    """SmartArt: its points in the order of the file, without those that only say how it is drawn."""
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
    """Words kept with the chart, so that it can be drawn without the sheet they come from."""
    said = (one for holder in element.iter(*holders) for one in holder.iter(f"{C}v", f"{CX}v", f"{CX}pt"))
    words = (" ".join((one.text or "").split()) for one in said if not is_number(one))
    return [one for one in words if one]


def is_number(value: Any) -> bool:
    return next(value.iterancestors(f"{C}numCache"), None) is not None
