"""XLSX: the words of each visible sheet, a row a line. Numbers are left out: without formats they say nothing."""

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.reading.inside import Budget, Found, Limits, Page
from lernnetzwerk.reading.inside.package import each, needed, targets
from lernnetzwerk.reading.text import clean_line, clean_text

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_STRINGS = 500_000
MOST_ROWS = 100_000


def read_sheets(archive: ZipFile, found: Found, limits: Limits) -> None:
    workbook = needed(archive, "xl/workbook.xml")
    places = targets(archive, "xl/workbook.xml")
    strings = shared_strings(archive)
    budget = Budget(limits)
    for sheet in workbook.iter(f"{S}sheet"):
        place = places.get(sheet.get(f"{R}id"), "")
        if sheet.get("state", "visible") == "visible" and place and len(found.pages) < limits.pages:
            text = "\n".join(rows(archive, place, strings, limits))
            number = len(found.pages) + 1
            found.pages.append(Page(number, clean_line(sheet.get("name", "")), budget.cut(clean_text(text))))


def shared_strings(archive: ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    strings: list[str] = []
    for item in each(archive, "xl/sharedStrings.xml", f"{S}si"):
        strings.append("".join(part.text or "" for part in item.iter(f"{S}t")))
        if len(strings) >= MOST_STRINGS:
            break
    return strings


def rows(archive: ZipFile, place: str, strings: list[str], limits: Limits) -> Iterator[str]:
    left = limits.characters_per_page
    for count, row in enumerate(each(archive, place, f"{S}row")):
        line = " | ".join(word for cell in row.iter(f"{S}c") if (word := words(cell, strings)))
        left -= len(line)
        if left < 0 or count >= MOST_ROWS:
            return
        if line:
            yield line


def words(cell: Any, strings: list[str]) -> str:
    kind, said = cell.get("t"), cell.findtext(f"{S}v") or ""
    if kind == "s":
        found = strings[int(said)] if said.isdecimal() and int(said) < len(strings) else ""
    elif kind == "inlineStr":
        found = "".join(part.text or "" for part in cell.iter(f"{S}t"))
    else:
        found = said if kind == "str" else ""
    return " ".join(found.split())
