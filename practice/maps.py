"""Positions of places and of their names on the portal's map of North Rhine-Westphalia.

The projection is a spherical transverse Mercator around 7.5° E. It is true to scale on that meridian and wrong by
less than 0.03 % at the edges of the state. One unit of the picture is 625 m; x grows eastwards, y southwards.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import atan2, atanh, cos, radians, sin, tan
from typing import Protocol

WIDTH, HEIGHT = 424, 416
UNITS_PER_KILOMETRE = 1.6
MERIDIAN = 7.5

_EARTH = 6371 * UNITS_PER_KILOMETRE
_LEFT, _TOP = 196.3, 9357.6

# Cities for orientation, drawn lightly unless the page names them.
_LANDMARKS = (
    ("Köln", 50.9333, 6.95),
    ("Münster", 51.9624, 7.6257),
    ("Bielefeld", 52.0333, 8.5333),
    ("Aachen", 50.7766, 6.0834),
    ("Dortmund", 51.5149, 7.466),
    ("Siegen", 50.8748, 8.0243),
)
_SIZES = {"landmark": 16, "place": 17, "highlight": 20, "single": 17, "several": 17}  # font sizes, as in _map.scss
_RADII = {"landmark": 3.5, "place": 5.5, "highlight": 7, "single": 7, "several": 11}
_WIDTH_OF_A_LETTER = 0.54


class Located(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def latitude(self) -> Decimal | float | None: ...

    @property
    def longitude(self) -> Decimal | float | None: ...


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def is_on_the_map(self) -> bool:
        return self.left >= 0 and self.top >= 0 and self.right <= WIDTH and self.bottom <= HEIGHT


@dataclass(frozen=True)
class Label:
    x: str
    y: str
    anchor: str
    box: Box


@dataclass(frozen=True)
class Point:
    """A dot and its name. Numbers are text: a template would write them with the German comma."""

    name: str
    kind: str
    x: str
    y: str
    radius: str
    label: Label | None


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Converts degrees of WGS 84 to units of the picture."""
    east, north = radians(longitude - MERIDIAN), radians(latitude)
    return (
        _LEFT + _EARTH * atanh(cos(north) * sin(east)),
        _TOP - _EARTH * atan2(tan(north), cos(east)),
    )


def position_of(place: Located) -> tuple[float, float] | None:
    if place.latitude is None or place.longitude is None:
        return None
    return project(float(place.longitude), float(place.latitude))


def points(places: Iterable[Located], highlighted: Iterable[Located] = ()) -> list[Point]:
    """Dots for the map, the highlighted ones last so that they are on top; places without coordinates are omitted."""
    return draw(_spots(places, highlighted))[::-1]


def draw(spots: list["Spot"]) -> list[Point]:
    """A dot for each spot, with its name if there is room; earlier spots get the room."""
    dots = {spot: _dot(spot) for spot in spots}
    taken: list[Box] = []
    drawn = []
    for spot in spots:
        others = [dot for other, dot in dots.items() if other != spot]
        label = _label(spot, [*others, *taken])
        if label:
            taken.append(label.box)
        name, kind, x, y = spot
        drawn.append(Point(name, kind, decimal(x), decimal(y), decimal(_RADII[kind]), label))
    return drawn


def landmarks() -> list["Spot"]:
    return [(name, "landmark", *project(longitude, latitude)) for name, latitude, longitude in _LANDMARKS]


def decimal(value: float) -> str:
    return f"{value:.1f}"


Spot = tuple[str, str, float, float]


def _spots(places: Iterable[Located], highlighted: Iterable[Located]) -> list[Spot]:
    """Name, kind and position of each place once, the most important first, because it gets the room for its name."""
    spots: dict[str, Spot] = {}
    for kind, group in (("highlight", highlighted), ("place", places)):
        for place in group:
            position = position_of(place)
            if position:
                spots.setdefault(place.name, (place.name, kind, *position))
    for spot in landmarks():
        spots.setdefault(spot[0], spot)
    return list(spots.values())


def _dot(spot: Spot) -> Box:
    _, kind, x, y = spot
    radius = _RADII[kind] + 1
    return Box(x - radius, y - radius, x + radius, y + radius)


def _label(spot: Spot, taken: list[Box]) -> Label | None:
    """The first of four sides with room for the name; a highlighted place has a name even without room."""
    sides = list(_sides(spot))
    for side in sides:
        if side.box.is_on_the_map() and not any(side.box.overlaps(box) for box in taken):
            return side
    return sides[0] if spot[1] == "highlight" else None


def _sides(spot: Spot) -> Iterable[Label]:
    name, kind, x, y = spot
    size, away = _SIZES[kind], _RADII[kind] + 5
    width = len(name) * size * _WIDTH_OF_A_LETTER
    for anchor, text_x, baseline, left in (
        ("start", x + away, y + size * 0.35, x + away),
        ("end", x - away, y + size * 0.35, x - away - width),
        ("middle", x, y - away, x - width / 2),
        ("middle", x, y + away + size * 0.7, x - width / 2),
    ):
        box = Box(left, baseline - size * 0.75, left + width, baseline + size * 0.2)
        yield Label(decimal(text_x), decimal(baseline), anchor, box)
