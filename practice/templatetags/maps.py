from collections.abc import Iterable
from typing import Any

from django import template

from lernnetzwerk.text.enumeration import enumeration
from practice.maps import Located, Point, decimal, points, position_of
from practice.markers import Mark, markers

register = template.Library()


@register.inclusion_tag("practice/_locator.html")
def locator(place: Located | None) -> dict[str, str]:
    """A small map with one dot, or nothing if the position is unknown."""
    position = position_of(place) if place else None
    return {"x": decimal(position[0]), "y": decimal(position[1])} if position else {}


@register.inclusion_tag("practice/_map.html", name="map")
def map_of(places: Iterable[Located], highlight: Located | Iterable[Located] | None = None) -> dict[str, Any]:
    """The state with the given places; `highlight` is one of them or several."""
    drawn = points(places, _several(highlight))
    return {"points": drawn, "description": _description(drawn)}


@register.inclusion_tag("practice/_linked_map.html")
def linked_map(marks: Iterable[Mark], purpose: str) -> dict[str, Any]:
    """The state with a link for each municipality or group; `purpose` says what they have in common.

    The page must list the same municipalities beside it.
    """
    shown, landmarks = markers(marks)
    return {"markers": shown, "landmarks": landmarks, "purpose": purpose}


def _several(highlight: Located | Iterable[Located] | None) -> list[Located]:
    if highlight is None:
        return []
    return list(highlight) if isinstance(highlight, Iterable) else [highlight]


def _description(drawn: list[Point]) -> str:
    highlighted = [point.name for point in drawn if point.kind == "highlight"]
    others = sorted(point.name for point in drawn if point.kind == "place")
    sentences = ["Karte von Nordrhein-Westfalen."]
    if highlighted:
        sentences.append(f"Hervorgehoben: {_enumerated(sorted(highlighted))}.")
    if others:
        sentences.append(f"Eingezeichnet: {_enumerated(others)}.")
    return " ".join(sentences)


def _enumerated(names: list[str], most: int = 12) -> str:
    """„A, B und C“; a long list is truncated, with the number of the rest."""
    shown, rest = names[:most], len(names) - most
    if rest > 0:
        shown = [*shown, "ein weiterer Ort" if rest == 1 else f"{rest} weitere Orte"]
    return enumeration(shown)
