"""Draw the outline of the state for the maps: `python -m practice.outline`, safe to repeat.

The picture is kept in the repository. Draw it again when the projection or the tolerance changes.
"""

import json
from collections.abc import Sequence
from itertools import pairwise
from math import dist, hypot
from pathlib import Path

from practice.maps import HEIGHT, WIDTH, project

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "practice" / "data" / "nrw-umriss.geojson"
PICTURE = ROOT / "lernnetzwerk" / "static" / "lernnetzwerk" / "nrw.svg"
TOLERANCE = 0.75  # units of the picture, about half a kilometre

Position = tuple[float, float]


def outline() -> list[Position]:
    """The state's border in units of the picture, simplified; the last point is not the first again."""
    ring = json.loads(SOURCE.read_text(encoding="utf-8"))["geometry"]["coordinates"][0]
    border = [project(longitude, latitude) for longitude, latitude in ring]
    # A closed ring has no ends to simplify between, so it is cut in two at the point farthest from its start.
    far = max(range(len(border)), key=lambda index: dist(border[index], border[0]))
    return simplified(border[: far + 1])[:-1] + simplified(border[far:])[:-1]


def simplified(line: Sequence[Position], tolerance: float = TOLERANCE) -> list[Position]:
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


def picture() -> str:
    """An SVG file with one symbol, #umriss; it takes fill and stroke from where it is used."""
    # Steps between rounded positions: rounded steps would add up to a gap where the border closes.
    tenths = [(round(x * 10), round(y * 10)) for x, y in outline()]
    path = "".join(_step(x - px, y - py) for (px, py), (x, y) in pairwise(tenths))
    start = f"M{tenths[0][0] / 10:g} {tenths[0][1] / 10:g}l"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        f'<symbol id="umriss" viewBox="0 0 {WIDTH} {HEIGHT}"><path d="{start}{path.lstrip()}z"/></symbol></svg>\n'
    )


def _step(x: int, y: int) -> str:
    return "".join(f"{tenths / 10:g}" if tenths < 0 else f" {tenths / 10:g}" for tenths in (x, y))


def _distance(point: Position, start: Position, end: Position) -> float:
    """From a point to the line through two others."""
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    away_x, away_y = point[0] - start[0], point[1] - start[1]
    return abs(along_x * away_y - along_y * away_x) / hypot(along_x, along_y)


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
