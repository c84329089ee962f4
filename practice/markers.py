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
_LANDMARK_DISTANCE = 18  # between a landmark and a link


@dataclass(frozen=True)
class Mark:
    """A municipality to show, with its text; the one with most weight gives a group its position and name."""

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
            return f"{self.municipality.name}: {self.marks[0].words}"
        names = ", ".join(sorted(mark.municipality.name for mark in self.marks))
        return f"{len(self.marks)} Kommunen um {self.municipality.name}: {names}"


def markers(marks: Iterable[Mark]) -> tuple[list[Marker], list[Point]]:
    """Markers in alphabetical order, and landmarks away from them; municipalities without position are omitted."""
    groups = _groups(marks)
    clear = [
        spot for spot in landmarks() if all(dist(spot[2:], group.position) > _LANDMARK_DISTANCE for group in groups)
    ]
    points = draw([*(_spot(group) for group in groups), *clear])
    for group, point in zip(groups, points, strict=False):
        group.point = point
    return sorted(groups, key=lambda group: group.municipality.sort_name), points[len(groups) :]


def _groups(marks: Iterable[Mark]) -> list[Marker]:
    groups: list[Marker] = []
    for mark in sorted(marks, key=lambda mark: (-mark.weight, mark.municipality.sort_name)):
        position = position_of(mark.municipality)
        if position is None:
            continue
        near = [group for group in groups if dist(group.position, position) < MINIMUM_DISTANCE]
        if near:
            min(near, key=lambda group: dist(group.position, position)).marks.append(mark)
        else:
            groups.append(Marker([mark], position))
    return groups


def _spot(group: Marker) -> Spot:
    return (group.municipality.name, "several" if group.is_group else "single", *group.position)
