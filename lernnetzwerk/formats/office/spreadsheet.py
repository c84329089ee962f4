"""XLSX: the texts of each visible sheet, one line for each row. Numbers are excluded: they need their formats."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office.relationships import main_part, relationships, targets
from lernnetzwerk.formats.plain_text import clean_line, clean_text
from lernnetzwerk.formats.results import Page, ReadResult, TextBudget
from lernnetzwerk.formats.xml_tree import iterate, local_name, optional_root, parse_int, required_root

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MOST_STRINGS = 500_000
MOST_ROWS = 100_000
TRUE = ("1", "true")
PIVOT_RECORDS = re.compile(r"xl/pivotCache/pivotCacheRecords\d*\.xml", re.IGNORECASE)
COMMENTS = {"threadedComment": "threadedComment", "comments": "comment"}  # the second repeats the first


def read_sheets(archive: ZipFile, result: ReadResult, limits: Limits) -> None:
    main = main_part(archive, "xl/workbook.xml")
    workbook, parts = required_root(archive, main), targets(archive, main)
    strings = shared_strings(archive, main)
    budget = TextBudget(limits)
    hidden = Counter({"pivots": sum(PIVOT_RECORDS.fullmatch(name) is not None for name in archive.namelist())})
    for sheet in workbook.iter(f"{S}sheet"):
        part = parts.get(sheet.get(f"{R}id"), "")
        hidden["comments"] += comments_of(archive, part)
        if sheet.get("state", "visible") != "visible":
            hidden["sheets"] += 1
        elif part and len(result.pages) < limits.pages:
            text = "\n".join(rows(archive, part, strings, limits, hidden))
            number = len(result.pages) + 1
            result.pages.append(Page(number, clean_line(sheet.get("name", "")), budget.truncate(clean_text(text))))
    result.count_hidden(hidden)


def comments_of(archive: ZipFile, part: str) -> int:
    found = {one.type: one.target for one in relationships(archive, part)}
    known = next((kind for kind in COMMENTS if kind in found), "")
    tree = optional_root(archive, found[known]) if known else None
    return 0 if tree is None else sum(local_name(element) == COMMENTS[known] for element in tree.iter())


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


def rows(archive: ZipFile, part: str, strings: list[str], limits: Limits, counts: Counter[str]) -> Iterator[str]:
    """The visible rows; hidden ones, and hidden columns, are counted if they have content.

    Columns precede the rows in a sheet, so the hidden ones are known in time.
    """
    left, count = limits.characters_per_page, 0
    columns = HiddenColumns()
    for element in iterate(archive, part, f"{S}col", f"{S}row"):
        if element.tag == f"{S}col":
            columns.add(element)
            continue
        is_hidden = element.get("hidden") in TRUE
        counts["rows"] += is_hidden and any(map(has_content, element.iter(f"{S}c")))
        line = "" if is_hidden else " | ".join(visible_cells(element, strings, columns))
        left, count = left - len(line), count + 1
        if left < 0 or count > MOST_ROWS:
            break
        if line:
            yield line
    counts["columns"] += len(columns.filled)


class HiddenColumns:
    """The hidden columns of a sheet, and those of them in which a cell has content."""

    def __init__(self) -> None:
        self.ranges: list[range] = []
        self.filled: set[int] = set()

    def add(self, columns: Any) -> None:
        self.ranges.append(hidden_columns(columns))

    def hide(self, column: int, cell: Any) -> bool:
        is_hidden = any(column in columns for columns in self.ranges)
        if is_hidden and has_content(cell):
            self.filled.add(column)
        return is_hidden


def has_content(cell: Any) -> bool:
    return any(local_name(child) in ("v", "is") for child in cell)


def hidden_columns(columns: Any) -> range:
    first, last = parse_int(columns.get("min", "")), parse_int(columns.get("max", ""))
    if columns.get("hidden") not in TRUE or first is None or last is None:
        return range(0)
    return range(first, last + 1)


def visible_cells(row: Any, strings: list[str], hidden: HiddenColumns) -> Iterator[str]:
    column = 0
    for cell in row.iter(f"{S}c"):
        column = column_of(cell.get("r", "")) or column + 1
        if not hidden.hide(column, cell):
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
