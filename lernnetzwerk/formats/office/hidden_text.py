"""What a text contains besides what its reader is shown; hidden elements get a name that `word` passes over."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from lernnetzwerk.formats.xml_tree import HIDDEN, local_name, parse_signed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
OFF = ("0", "false", "off")
CHANGES = {f"{W}{name}" for name in ("ins", "del", "moveFrom")}
LONGEST_ANCESTRY = 20  # of a style
EMU = 635  # to a twip, of which 20 are a point
USUAL_PAGE = {"w": 11_906, "h": 16_838, "left": 1_417, "top": 1_417}  # A4


def mark_hidden(part: Any, styles: Any, counts: Counter[str]) -> None:
    """Rename the hidden elements of a part to HIDDEN and count them."""
    counts["changes"] += sum(len(element) > 0 for element in part.iter(*CHANGES))
    hidden = {style for style in vanishing_styles(styles) if style}
    runs = [run for run in part.iter(f"{W}r") if is_hidden(run, hidden)]
    together = set(runs)
    counts["texts"] += sum(has_text(run) and run.getprevious() not in together for run in runs)
    rows = [row for row in part.iter(f"{W}tr") if is_on(row.find(f"{W}trPr/{W}hidden"))]
    counts["rows"] += sum(map(has_text, rows))
    shapes = dict(hidden_shapes(part))
    for shape, kind in shapes.items():
        counts[kind] += has_text(shape) or is_picture(shape)
    for element in (*runs, *rows, *shapes):
        element.tag = HIDDEN


def vanishing_styles(styles: Any) -> Iterator[str]:
    """Styles whose text is hidden, by themselves or by the style they are based on."""
    known = {style.get(f"{W}styleId"): style for style in (() if styles is None else styles.iter(f"{W}style"))}
    for name, style in known.items():
        for _ in range(LONGEST_ANCESTRY):
            mark = None if style is None else style.find(f"{W}rPr/{W}vanish")
            base = None if style is None else style.find(f"{W}basedOn")
            if is_on(mark):
                yield name
            if mark is not None or base is None:
                break
            style = known.get(base.get(f"{W}val"))


def is_hidden(run: Any, hidden: set[str]) -> bool:
    own = run.find(f"{W}rPr/{W}vanish")
    if own is not None or not hidden:
        return is_on(own)
    paragraph = next(run.iterancestors(f"{W}p"), None)
    named = (run.find(f"{W}rPr/{W}rStyle"), None if paragraph is None else paragraph.find(f"{W}pPr/{W}pStyle"))
    return any(style is not None and style.get(f"{W}val") in hidden for style in named)


def is_on(mark: Any) -> bool:
    return mark is not None and mark.get(f"{W}val") not in OFF


def has_text(element: Any) -> bool:
    return any((text.text or "").strip() for text in element.iter(f"{W}t"))


def is_picture(shape: Any) -> bool:
    return any(local_name(element) == "pic" for element in shape.iter())


def hidden_shapes(part: Any) -> Iterator[tuple[Any, str]]:
    """Drawings that are not shown, or lie outside of the page, each with its kind."""
    page = page_of(part)
    axes = (("H", "cx", page["w"], page["left"]), ("V", "cy", page["h"], page["top"]))
    for drawing in part.iter(f"{WP}anchor", f"{WP}inline"):
        properties = drawing.find(f"{WP}docPr")
        if properties is not None and properties.get("hidden") in ("1", "true"):
            yield drawing, "objects"
        elif any(is_outside(drawing, *axis) for axis in axes):
            yield drawing, "outside"


def page_of(part: Any) -> dict[str, int]:
    """Size and margins of the last section, in twips."""
    page = dict(USUAL_PAGE)
    for element in part.iter(f"{W}pgSz", f"{W}pgMar"):
        for name in page:
            page[name] = parse_signed(element.get(f"{W}{name}", "")) or page[name]
    return page


def is_outside(drawing: Any, axis: str, extent: str, length: int, margin: int) -> bool:
    """Whether the place of a drawing, as far as it is said from the page or its margin, is beyond the page."""
    position, size = drawing.find(f"{WP}position{axis}"), drawing.find(f"{WP}extent")
    offset = None if position is None else parse_signed(position.findtext(f"{WP}posOffset") or "")
    if offset is None or size is None:
        return False
    origin = {"page": 0, "margin": margin, "column": margin}.get(position.get("relativeFrom", ""))
    if origin is None:  # such as a line: its own place is not in the file
        return False
    begin = origin * EMU + offset
    return begin >= length * EMU or begin + (parse_signed(size.get(extent, "")) or 0) <= 0
