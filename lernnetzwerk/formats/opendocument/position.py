"""Where shapes of a slide are (OpenDocument 1.3, part 3, 19.565 and 19.228): on it, or beside it."""

import math
import re
from typing import Any

from lernnetzwerk.formats.opendocument.names import DRAW, FO, STYLE, SVG

LENGTH = re.compile(r"(-?\d{1,9}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
CENTIMETRES = {"cm": 1, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72, "pc": 2.54 / 6, "px": 2.54 / 96}
TRANSLATION = re.compile(r"translate\s*\(\s*([^\s,)]+)[\s,]*([^\s,)]*)\s*\)")

Size = tuple[float, float]
UNKNOWN: Size = (math.inf, math.inf)


def length(text: str | None) -> float | None:
    """Centimetres; None for anything but a length."""
    found = LENGTH.fullmatch((text or "").strip())
    return float(found[1]) * CENTIMETRES[found[2]] if found else None


def page_sizes(styles: Any) -> dict[str, Size]:
    """Name of the master page → width and height."""
    sizes: dict[str, Size] = {}
    for layout in () if styles is None else styles.iter(f"{STYLE}page-layout"):
        for properties in layout.iter(f"{STYLE}page-layout-properties"):
            width, height = (length(properties.get(f"{FO}page-{side}")) for side in ("width", "height"))
            sizes[layout.get(f"{STYLE}name")] = (width or math.inf, height or math.inf)
    masters = () if styles is None else styles.iter(f"{STYLE}master-page")
    return {one.get(f"{STYLE}name"): sizes.get(one.get(f"{STYLE}page-layout-name"), UNKNOWN) for one in masters}


def is_outside(shape: Any, size: Size) -> bool:
    """Whether a shape has no point in common with its page. A shape that does not say its place is inside."""
    width, height = (length(shape.get(f"{SVG}{side}")) or 0 for side in ("width", "height"))
    left, top = (length(shape.get(f"{SVG}{side}")) for side in ("x", "y"))
    margin = 0.0
    if left is None or top is None:
        left, top = moved(shape.get(f"{DRAW}transform") or "")
        margin = math.hypot(width, height)  # turned around its corner, it is at most so far from there
        width = height = 0
    if left is None or top is None:
        return False
    beyond = left - margin >= size[0] or top - margin >= size[1]
    return beyond or left + width + margin <= 0 or top + height + margin <= 0


def moved(transform: str) -> tuple[float | None, float | None]:
    found = TRANSLATION.search(transform)
    return (length(found[1]), length(found[2] or "0cm")) if found else (None, None)
