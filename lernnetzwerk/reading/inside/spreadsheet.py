"""XLSX: the words of each visible sheet, a row a line. Numbers are left out: without formats they say nothing."""

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.reading.inside import Budget, Found, Limits, Page
from lernnetzwerk.reading.inside.package import each, links, main_part, needed, targets, whole
from lernnetzwerk.reading.text import clean_line, clean_text

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_STRINGS = 500_000
MOST_ROWS = 100_000
TRUE = ("1", "true")


def read_sheets(archive: ZipFile, found: Found, limits: Limits) -> None:
    main = main_part(archive, "xl/workbook.xml")
    workbook, places = needed(archive, main), targets(archive, main)
    strings = shared_strings(archive, main)
    budget = Budget(limits)
    for sheet in workbook.iter(f"{S}sheet"):
        place = places.get(sheet.get(f"{R}id"), "")
        if sheet.get("state", "visible") == "visible" and place and len(found.pages) < limits.pages:
            text = "\n".join(rows(archive, place, strings, limits))
            number = len(found.pages) + 1
            found.pages.append(Page(number, clean_line(sheet.get("name", "")), budget.cut(clean_text(text))))


def shared_strings(archive: ZipFile, main: str) -> list[str]:
    """Each without the readings that are set above Japanese characters."""
    said = (link.place for link in links(archive, main) if link.kind == "sharedStrings")
    place = next(said, "xl/sharedStrings.xml")
    if place not in archive.namelist():
        return []
    strings: list[str] = []
    for item in each(archive, place, f"{S}si"):
        strings.append(text_of(item))
        if len(strings) >= MOST_STRINGS:
            break
    return strings


def text_of(item: Any) -> str:
    return "".join(part.text or "" for part in item.iter(f"{S}t") if part.getparent().tag != f"{S}rPh")


def rows(archive: ZipFile, place: str, strings: list[str], limits: Limits) -> Iterator[str]:
    """What is shown: columns stand before the rows in a sheet, so those that are hidden are known by then."""
    left, count = limits.characters_per_page, 0
    hidden: list[range] = []
    for element in each(archive, place, f"{S}col", f"{S}row"):
        if element.tag == f"{S}col":
            hidden += [hidden_columns(element)]
            continue
        line = "" if element.get("hidden") in TRUE else " | ".join(shown(element, strings, hidden))
        left, count = left - len(line), count + 1
        if left < 0 or count > MOST_ROWS:
            return
        if line:
            yield line


def hidden_columns(columns: Any) -> range:
    first, last = whole(columns.get("min", "")), whole(columns.get("max", ""))
    if columns.get("hidden") not in TRUE or first is None or last is None:
        return range(0)
    return range(first, last + 1)


def shown(row: Any, strings: list[str], hidden: list[range]) -> Iterator[str]:
    column = 0
    for cell in row.iter(f"{S}c"):
        column = column_of(cell.get("r", "")) or column + 1
        if not any(column in columns for columns in hidden):
            word = words(cell, strings)
            if word:
                yield word


def column_of(place: str) -> int:
    """1 for "A7", 28 for "AB7", 0 for a cell that does not say."""
    letters = place.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def words(cell: Any, strings: list[str]) -> str:
    kind, said = cell.get("t"), cell.findtext(f"{S}v") or ""
    if kind == "s":
        place = whole(said)
        found = strings[place] if place is not None and place < len(strings) else ""
    elif kind == "inlineStr":
        found = text_of(cell)
    else:
        found = said if kind == "str" else ""
    return " ".join(found.split())
