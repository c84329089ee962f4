"""What a file contains besides what its reader is shown; hidden elements get a name that `read` passes over."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lernnetzwerk.formats.opendocument.names import DRAW, OFFICE, OPENOFFICE, PRESENTATION, STYLE, TABLE, TEXT
from lernnetzwerk.formats.opendocument.position import UNKNOWN, is_outside, page_sizes
from lernnetzwerk.formats.xml_tree import HIDDEN, parse_int

LONGEST_ANCESTRY = 20  # of a style
UNSEEN = ("none", "printer")
HIDDEN_ROWS = ("collapse", "filter")
MOST_COLUMNS = 16_384
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")


def mark_hidden(content: Any, styles: Any) -> Counter[str]:
    """Rename the hidden elements of the content to HIDDEN and return their numbers, and those of notes and comments."""
    counts = Counter(
        notes=sum(map(has_text, content.iter(f"{PRESENTATION}notes"))),
        comments=sum(1 for _one in content.iter(f"{OFFICE}annotation")),
        changes=sum(1 for _one in content.iter(f"{TEXT}changed-region"))
        + sum(len(changes) for changes in content.iter(f"{TABLE}tracked-changes")),
    )
    found = [*hidden_texts(content, styles), *hidden_shapes(content, styles), *hidden_cells(content, counts)]
    for element, kind in found:
        counts[kind] += has_text(element)
    for element, _kind in found:
        element.tag = HIDDEN
    return counts


def has_text(element: Any) -> bool:
    return any("".join(paragraph.itertext()).strip() for paragraph in paragraphs_of(element))


def paragraphs_of(element: Any) -> Iterator[Any]:
    is_inline = element.tag in (f"{TEXT}span", f"{TEXT}hidden-text")
    return iter([element]) if is_inline else element.iter(f"{TEXT}p", f"{TEXT}h")


def hidden_texts(content: Any, styles: Any) -> Iterator[tuple[Any, str]]:
    hidden = unseen_styles(content, styles)
    for element in content.iter(f"{TEXT}p", f"{TEXT}h", f"{TEXT}span", f"{TEXT}section", f"{TEXT}hidden-text"):
        is_off = element.get(f"{TEXT}is-hidden") == "true" or element.get(f"{TEXT}display") == "none"
        if is_off or element.get(f"{TEXT}style-name") in hidden:
            yield element, "texts"
    for mark in content.iter(f"{TEXT}hidden-paragraph"):
        if mark.get(f"{TEXT}is-hidden") == "true":
            yield next(mark.iterancestors(f"{TEXT}p", f"{TEXT}h"), mark), "texts"


def unseen_styles(content: Any, styles: Any) -> set[str]:
    """Styles of text that is not displayed, by themselves or by the style they are based on."""
    known = {
        style.get(f"{STYLE}name"): style
        for part in (styles, content)
        for style in (() if part is None else part.iter(f"{STYLE}style"))
        if style.get(f"{STYLE}family") in ("text", "paragraph")
    }
    return {name for name in known if display(name, known) == "none"}


def display(name: str, known: dict[str, Any]) -> str | None:
    for _ in range(LONGEST_ANCESTRY):
        style = known.get(name)
        if style is None:
            return None
        for properties in style.iter(f"{STYLE}text-properties"):
            if said := properties.get(f"{TEXT}display"):
                return str(said)
        name = style.get(f"{STYLE}parent-style-name")
    return None


def hidden_shapes(content: Any, styles: Any) -> Iterator[tuple[Any, str]]:
    """Shapes beside their slide, except titles, and shapes that are not shown, each with its kind."""
    sizes, layers = page_sizes(styles), hidden_layers(styles)
    for page in content.iter(f"{DRAW}page"):
        size = sizes.get(page.get(f"{DRAW}master-page-name"), UNKNOWN)
        for shape in shapes_of(page):
            if is_unseen(shape) or shape.get(f"{DRAW}layer") in layers:
                yield shape, "objects"
            elif shape.get(f"{PRESENTATION}class") != "title" and is_outside(shape, size):
                yield shape, "outside"


def shapes_of(element: Any) -> Iterator[Any]:
    """The shapes of a slide and of its groups, whose places are all counted from the slide; not those of the notes."""
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(DRAW):
            yield child
            if child.tag == f"{DRAW}g":
                yield from shapes_of(child)


def is_unseen(element: Any) -> bool:
    return any(element.get(f"{space}display") in UNSEEN for space in (DRAW, OPENOFFICE))


def hidden_layers(styles: Any) -> set[str]:
    layers = () if styles is None else styles.iter(f"{DRAW}layer")
    return {layer.get(f"{DRAW}name") for layer in layers if is_unseen(layer)}


def hidden_cells(content: Any, counts: Counter[str]) -> Iterator[tuple[Any, str]]:
    """Rows that are hidden and cells in hidden columns; these columns are counted here."""
    for table in content.iter(f"{TABLE}table"):
        columns = hidden_columns(table)
        filled: set[int] = set()
        for row in own(table, "table-row"):
            if row.get(f"{TABLE}visibility") in HIDDEN_ROWS:
                yield row, "rows"
                continue
            for column, cell in placed_cells(row) if columns else ():
                if column in columns:
                    yield cell, "cells"
                    if has_text(cell):
                        filled.add(column)
        counts["columns"] += len(filled)


def own(table: Any, name: str) -> list[Any]:
    """Elements of a table without those of the tables inside of it."""
    return [one for one in table.iter(f"{TABLE}{name}") if next(one.iterancestors(f"{TABLE}table")) is table]


def hidden_columns(table: Any) -> set[int]:
    hidden: set[int] = set()
    column = 0
    for element in own(table, "table-column"):
        begin, column = column, column + repeated(element)
        if element.get(f"{TABLE}visibility") in HIDDEN_ROWS:
            hidden.update(range(begin, min(column, MOST_COLUMNS)))
    return hidden


def placed_cells(row: Any) -> Iterator[tuple[int, Any]]:
    column = 0
    for cell in row.iterchildren(*CELLS):
        yield column, cell
        column += repeated(cell)


def repeated(element: Any) -> int:
    return min(parse_int(element.get(f"{TABLE}number-columns-repeated", "1")) or 1, MOST_COLUMNS)
