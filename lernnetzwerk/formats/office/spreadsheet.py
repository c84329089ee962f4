"""XLSX: the texts of each visible sheet, one line for each row. Numbers are excluded: they need their formats."""

from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office.relationships import main_part, relationships, targets
from lernnetzwerk.formats.plain_text import clean_line, clean_text
from lernnetzwerk.formats.results import Page, ReadResult, TextBudget
from lernnetzwerk.formats.xml_tree import iterate, parse_int, required_root

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_STRINGS = 500_000
MOST_ROWS = 100_000
TRUE = ("1", "true")


def read_sheets(archive: ZipFile, result: ReadResult, limits: Limits) -> None:
    main = main_part(archive, "xl/workbook.xml")
    workbook, parts = required_root(archive, main), targets(archive, main)
    strings = shared_strings(archive, main)
    budget = TextBudget(limits)
    for sheet in workbook.iter(f"{S}sheet"):
        part = parts.get(sheet.get(f"{R}id"), "")
        if sheet.get("state", "visible") == "visible" and part and len(result.pages) < limits.pages:
            text = "\n".join(rows(archive, part, strings, limits))
            number = len(result.pages) + 1
            result.pages.append(Page(number, clean_line(sheet.get("name", "")), budget.truncate(clean_text(text))))


def shared_strings(archive: ZipFile, main: str) -> list[str]:
    """The shared strings, without the readings above Japanese characters."""
    found = (one.target for one in relationships(archive, main) if one.type == "sharedStrings")
    part = next(found, "xl/sharedStrings.xml")
    if part not in archive.namelist():
        return []
    strings: list[str] = []
    for item in iterate(archive, part, f"{S}si"):
        strings.append(text_of(item))
        if len(strings) >= MOST_STRINGS:
            break
    return strings


def text_of(item: Any) -> str:
    return "".join(part.text or "" for part in item.iter(f"{S}t") if part.getparent().tag != f"{S}rPh")


def rows(archive: ZipFile, part: str, strings: list[str], limits: Limits) -> Iterator[str]:
    """The visible rows. Columns precede the rows in a sheet, so the hidden ones are known in time."""
    left, count = limits.characters_per_page, 0
    hidden: list[range] = []
    for element in iterate(archive, part, f"{S}col", f"{S}row"):
        if element.tag == f"{S}col":
            hidden += [hidden_columns(element)]
            continue
        line = "" if element.get("hidden") in TRUE else " | ".join(visible_cells(element, strings, hidden))
        left, count = left - len(line), count + 1
        if left < 0 or count > MOST_ROWS:
            return
        if line:
            yield line


def hidden_columns(columns: Any) -> range:
    first, last = parse_int(columns.get("min", "")), parse_int(columns.get("max", ""))
    if columns.get("hidden") not in TRUE or first is None or last is None:
        return range(0)
    return range(first, last + 1)


def visible_cells(row: Any, strings: list[str], hidden: list[range]) -> Iterator[str]:
    column = 0
    for cell in row.iter(f"{S}c"):
        column = column_of(cell.get("r", "")) or column + 1
        if not any(column in columns for columns in hidden):
            text = cell_text(cell, strings)
            if text:
                yield text


def column_of(reference: str) -> int:
    """1 for "A7", 28 for "AB7", 0 for a cell without reference."""
    letters = reference.rstrip("0123456789")
    if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def cell_text(cell: Any, strings: list[str]) -> str:
    kind, value = cell.get("t"), cell.findtext(f"{S}v") or ""
    if kind == "s":
        index = parse_int(value)
        found = strings[index] if index is not None and index < len(strings) else ""
    elif kind == "inlineStr":
        found = text_of(cell)
    else:
        found = value if kind == "str" else ""
    return " ".join(found.split())
