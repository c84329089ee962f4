"""Draw the outline of the state for the maps: `python -m practice.state_outline`, safe to repeat.

The drawings are kept in the repository. Draw them again when the projection or a tolerance changes. They are part of
the page: a browser renders the whole picture again when an outline fetched for `<use>` arrives.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from math import dist, hypot
from pathlib import Path
from textwrap import wrap

from practice.maps import project

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "practice" / "data" / "nrw-umriss.geojson"
TEMPLATES = ROOT / "templates" / "practice"
# Class of the drawing → tolerance against the border, in units of the picture of about 0.6 kilometres.
DRAWINGS = {"map__land": 0.75, "locator__land": 9.0}
LINE_LENGTH = 120

Position = tuple[float, float]


def outline(tolerance: float) -> list[Position]:
    """The state's border in units of the picture, simplified; the last point is not the first again."""
    ring = json.loads(SOURCE.read_text(encoding="utf-8"))["geometry"]["coordinates"][0]
    border = [project(longitude, latitude) for longitude, latitude in ring]
    # A closed ring has no ends to simplify between, so it is cut in two at the point farthest from its start.
    far = max(range(len(border)), key=lambda index: dist(border[index], border[0]))
    return simplified(border[: far + 1], tolerance)[:-1] + simplified(border[far:], tolerance)[:-1]


def simplified(line: Sequence[Position], tolerance: float) -> list[Position]:
    """Leave out points that lie nearer than `tolerance` to the simpler line (Douglas and Peucker 1973)."""
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        middle = max(range(first + 1, last), key=lambda index: _distance(line[index], line[first], line[last]))
        if _distance(line[middle], line[first], line[last]) > tolerance:
            kept.add(middle)
            spans += [(first, middle), (middle, last)]
    return [line[index] for index in sorted(kept)]


def drawings() -> dict[Path, str]:
    """The template of each drawing and its content: one SVG path."""
    return {TEMPLATES / f"_{name}.html": _path(name, outline(tolerance)) for name, tolerance in DRAWINGS.items()}


def _path(name: str, border: Sequence[Position]) -> str:
    # Steps between rounded positions: the errors of rounded steps would add up to an open border.
    tenths = [(round(x * 10), round(y * 10)) for x, y in border]
    steps = "".join(_step(x - px, y - py) for (px, py), (x, y) in pairwise(tenths))
    start = f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l"
    path = f'<path class="{name}" d="{start}{steps.lstrip()}z"></path>'
    # Spaces or signs separate the numbers: a line may end at any space.
    return "\n".join(wrap(path, LINE_LENGTH, break_long_words=False, break_on_hyphens=False)) + "\n"


def _step(x: int, y: int) -> str:
    return "".join(f"{tenths / 10:g}" if tenths < 0 else f" {tenths / 10:g}" for tenths in (x, y))


def _distance(point: Position, start: Position, end: Position) -> float:
    """The distance of a point from the line through two others."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    away_x, away_y = point[0] - start[0], point[1] - start[1]
    return abs(along_x * away_y - along_y * away_x) / hypot(along_x, along_y)


if __name__ == "__main__":
    for template, path in drawings().items():
        template.write_text(path, encoding="utf-8")
