"""Where shapes of a slide are (ECMA-376, part 1, 20.1.7): on it, or beside it, where the talk did not show them."""

import math
from typing import Any, NamedTuple

from lernnetzwerk.formats.office.drawing import A
from lernnetzwerk.formats.xml_tree import parse_signed

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
USUAL_SIZE = (9_144_000, 6_858_000)  # EMU: 360,000 to a centimetre
TRANSFORMS = (f"{P}spPr/{A}xfrm", f"{P}xfrm", f"{P}grpSpPr/{A}xfrm")


class Box(NamedTuple):
    left: float
    top: float
    width: float
    height: float

    def turned(self) -> "Box":
        """The box that contains this one at any rotation around its centre."""
        side = math.hypot(self.width, self.height)
        left, top = self.left + (self.width - side) / 2, self.top + (self.height - side) / 2
        return Box(left, top, side, side)

    def is_outside(self, width: float, height: float) -> bool:
        """Whether it has no point in common with a page of this size."""
        right, bottom = self.left + max(self.width, 1), self.top + max(self.height, 1)
        return right <= 0 or bottom <= 0 or self.left >= width or self.top >= height


class Canvas(NamedTuple):
    """The slide as seen from inside of a group, which has units of its own."""

    width: float
    height: float
    left: float = 0
    top: float = 0
    across: float = 1
    down: float = 1

    def has_outside(self, shape: Any) -> bool:
        """False for a placeholder without a place of its own: the layout has it."""
        transform = transform_of(shape)
        if transform is None:
            return False
        box = box_of(transform, "off", "ext")
        seen = Box(self.left + box.left * self.across, self.top + box.top * self.down, *self.scaled(box))
        return (seen.turned() if transform.get("rot", "0") != "0" else seen).is_outside(self.width, self.height)

    def scaled(self, box: Box) -> tuple[float, float]:
        return box.width * self.across, box.height * self.down

    def of_group(self, group: Any) -> "Canvas":
        transform = transform_of(group)
        if transform is None:
            return self
        outer, inner = box_of(transform, "off", "ext"), box_of(transform, "chOff", "chExt")
        across = outer.width / inner.width if inner.width else 1
        down = outer.height / inner.height if inner.height else 1
        return self._replace(
            left=self.left + (outer.left - inner.left * across) * self.across,
            top=self.top + (outer.top - inner.top * down) * self.down,
            across=self.across * across,
            down=self.down * down,
        )


def canvas_of(presentation: Any) -> Canvas:
    size = presentation.find(f"{P}sldSz")
    width, height = (None if size is None else parse_signed(size.get(side, "")) for side in ("cx", "cy"))
    return Canvas(width or USUAL_SIZE[0], height or USUAL_SIZE[1])


def transform_of(shape: Any) -> Any:
    return next((found for path in TRANSFORMS if (found := shape.find(path)) is not None), None)


def box_of(transform: Any, position: str, size: str) -> Box:
    at, extent = transform.find(f"{A}{position}"), transform.find(f"{A}{size}")
    pairs = ((at, "x"), (at, "y"), (extent, "cx"), (extent, "cy"))
    return Box(*(0 if one is None else parse_signed(one.get(name, "")) or 0 for one, name in pairs))
