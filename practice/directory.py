"""Finds municipalities by name and by distance."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import dist

from lernnetzwerk.search.lists import is_plain
from lernnetzwerk.text.folding import contains, rank, search_words
from practice.maps import UNITS_PER_KILOMETRE, position_of
from practice.models import Municipality

NEARBY = 6


@dataclass(frozen=True)
class Neighbour:
    """A nearby municipality; the distance in kilometres as the crow flies, None if a position is unknown."""

    municipality: Municipality
    kilometres: int | None


def find_municipalities(
    municipalities: Iterable[Municipality], query: str, found: Collection[int] = ()
) -> list[Municipality]:
    """Municipalities with every word of `query` in the name, those named so first; then those in `found`."""
    words = search_words(query) if is_plain(query) else []
    named = [one for one in municipalities if words and contains(one.folded, words)]
    keys = {one.pk for one in named}
    others = [one for one in municipalities if one.pk in found and one.pk not in keys]
    return sorted(named, key=lambda municipality: rank(municipality.name, query)) + others


def kilometres_between(one: Municipality, other: Municipality) -> float | None:
    """As the crow flies; None if a position is unknown."""
    here, there = position_of(one), position_of(other)
    return dist(here, there) / UNITS_PER_KILOMETRE if here and there else None


def neighbours(municipality: Municipality, others: Iterable[Municipality], most: int = NEARBY) -> list[Neighbour]:
    """The nearest of `others`; if the position of `municipality` is unknown, those of its district or region."""
    candidates = [other for other in others if other.pk != municipality.pk]
    if position_of(municipality) is None:
        return [Neighbour(other, None) for other in _of_the_same_area(municipality, candidates)[:most]]
    distances = [(kilometres_between(municipality, other), other) for other in candidates]
    places = [(kilometres, other) for kilometres, other in distances if kilometres is not None]
    nearest = sorted(places, key=lambda place: place[0])[:most]
    return [Neighbour(other, round(kilometres)) for kilometres, other in nearest]


def _of_the_same_area(municipality: Municipality, candidates: list[Municipality]) -> list[Municipality]:
    related = [
        other
        for other in candidates
        if other.pk == municipality.district_id or other.district_id == municipality.district_id
    ]
    district = related if municipality.district_id else []
    return district or [other for other in candidates if other.region == municipality.region]
