"""Links on the map: one per municipality, or one for several that are too close together to tap.

The narrowest picture is as wide as a window of 320 pixels. 24 pixels (WCAG 2.2, 2.5.8) are 31.8 units of it, so
links with a distance of `MINIMUM_DISTANCE` do not overlap, neither there nor on wider pictures.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import dist

from practice.maps import UNITS_PER_KILOMETRE, Point, Spot, draw, landmarks, position_of
from practice.models import Municipality

MINIMUM_DISTANCE = 32.5
JOINING_DISTANCE = MINIMUM_DISTANCE / UNITS_PER_KILOMETRE  # kilometres
GROWTH = 1.25
MOST_LINKS = 40  # of more the distance grows, so that a page has a bounded size
NAMED = 12  # municipalities of a group
_LANDMARK_DISTANCE = 18  # between a landmark and a link


@dataclass(frozen=True)
class Mark:
    """A municipality to show, its text (may be empty), and its weight: the heaviest gives a group position and name."""

    municipality: Municipality
    words: str
    weight: int = 1


@dataclass
class Marker:
    """One link of the map: a municipality, or several around the first of them."""

    marks: list[Mark]
    position: tuple[float, float]
    point: Point | None = field(default=None, repr=False)

    @property
    def municipality(self) -> Municipality:
        return self.marks[0].municipality

    @property
    def is_group(self) -> bool:
        return len(self.marks) > 1

    @property
    def name(self) -> str:
        """The name of the link: `Hamm: 1 Praxisforum`, `3 Kommunen um Essen: Bochum, Essen, Herne`."""
        if not self.is_group:
            return ": ".join(filter(None, [self.municipality.name, self.marks[0].words]))
        names = sorted(mark.municipality.name for mark in self.marks)
        others = ["und andere"] if len(names) > NAMED else []
        return f"{len(names)} Kommunen um {self.municipality.name}: {', '.join(names[:NAMED] + others)}"


def markers(marks: Iterable[Mark]) -> tuple[list[Marker], list[Point]]:
    """Markers in alphabetical order, and landmarks away from them; municipalities without position are omitted."""
    groups = grouped(marks)
    clear = [
        spot for spot in landmarks() if all(dist(spot[2:], group.position) > _LANDMARK_DISTANCE for group in groups)
    ]
    points = draw([*(_spot(group) for group in groups), *clear])
    for group, point in zip(groups, points, strict=False):
        group.point = point
    return sorted(groups, key=lambda group: group.municipality.sort_name), points[len(groups) :]


def grouped(marks: Iterable[Mark]) -> list[Marker]:
    """At most `MOST_LINKS` markers, those with most weight first."""
    located = [(mark, position_of(mark.municipality)) for mark in marks]
    placed = [(mark, position) for mark, position in located if position is not None]
    placed.sort(key=lambda pair: (-pair[0].weight, pair[0].municipality.sort_name))
    distance = MINIMUM_DISTANCE
    groups = _groups(placed, distance)
    while len(groups) > MOST_LINKS:
        distance *= GROWTH
        groups = _groups(placed, distance)
    return groups


def _groups(placed: Iterable[tuple[Mark, tuple[float, float]]], distance: float) -> list[Marker]:
    groups: list[Marker] = []
    for mark, position in placed:
        near = [(dist(group.position, position), place) for place, group in enumerate(groups)]
        away, place = min(near, default=(distance, 0))
        if away < distance:
            groups[place].marks.append(mark)
        else:
            groups.append(Marker([mark], position))
    return groups


def _spot(group: Marker) -> Spot:
    return (group.municipality.name, "several" if group.is_group else "single", *group.position)
