"""Which practice examples come from municipalities like the visitor's own, and why.

The points of a municipality are the sum of

- size, 3: neither has more than one and a half times the inhabitants of the other;
- kind, 2: both are independent cities, districts, towns or communes;
- neighbourhood: 3 in the same district (or one is the district of the other), else 2 at most 30 km apart as the crow
  flies, else 1 in the same region (Regierungsbezirk).

The visitor's own municipality has 9, more than any other. Unknown inhabitants and positions count nothing. An example
has the points of the most alike of its municipalities.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import Http404

from lernnetzwerk.search.sources import Likeness, Preferred
from lernnetzwerk.slugs.german import german_slug
from lernnetzwerk.slugs.models import find
from lernnetzwerk.text.folding import LONGEST_QUERY, rank
from practice.directory import find_municipalities, kilometres_between
from practice.models import Municipality, PracticeExample

OWN, SIZE, KIND, DISTRICT, NEAR, REGION = 9, 3, 2, 3, 2, 1
LARGER_AT_MOST = 1.5
KILOMETRES_AT_MOST = 30
OFFERED = 8


@dataclass(frozen=True)
class Neighbourhood:
    """`place` follows the kind of municipality (`im Kreis Unna`), `apart` stands by itself (`12 km entfernt`)."""

    points: int = 0
    place: str = ""
    apart: str = ""


@dataclass(frozen=True)
class Asked:
    """What a visitor typed as own municipality; `offered` are those it may mean if it is none's slug or name."""

    text: str = ""
    own: Municipality | None = None
    offered: tuple[Municipality, ...] = ()
    longest = LONGEST_QUERY  # characters that are read


def asked_municipality(text: str) -> Asked:
    """The municipality with this slug, now or formerly, or with this name; at most three queries."""
    text = text.strip()[:LONGEST_QUERY]
    if not text:
        return Asked()
    municipalities = Municipality.objects.select_related("district")
    try:
        return Asked(text, find(municipalities, german_slug(text)))
    except Http404:
        found = find_municipalities(municipalities, text)
    exact = [municipality for municipality in found if rank(municipality.name, text) == 0]
    for certain in (exact, found):
        if len(certain) == 1:
            return Asked(text, certain[0])
    return Asked(text, offered=tuple(found[:OFFERED]))


def likeness(own: Municipality, other: Municipality) -> Likeness:
    """With words such as `ähnlich groß, ebenfalls kreisangehörige Stadt im Kreis Unna`."""
    if own.pk == other.pk:
        return Likeness(OWN, "Ihre Kommune")
    size = SIZE if _is_as_large(own, other) else 0
    kind = KIND if own.kind == other.kind else 0
    near = _neighbourhood(own, other)
    shared = " ".join(filter(None, [other.get_kind_display() if kind else "", near.place]))
    reasons = ["ähnlich groß" if size else "", f"ebenfalls {shared}" if shared else "", near.apart]
    return Likeness(size + kind + near.points, ", ".join(filter(None, reasons)))


def likenesses(own: Municipality, examples: Iterable[int]) -> dict[int, Likeness]:
    """Those of the practice examples with these keys that have any; one query.

    An example of several municipalities says whose likeness it is.
    """
    through = PracticeExample.municipalities.through.objects.filter(practiceexample__in=list(examples))
    places: dict[int, list[Municipality]] = {}
    for one in through.select_related("municipality__district").order_by("municipality__sort_name", "pk"):
        places.setdefault(one.practiceexample_id, []).append(one.municipality)
    best = {key: _most_alike(own, several) for key, several in places.items()}
    return {key: one for key, one in best.items() if one.points}


def preferred_examples(text: str, examples: Sequence[int]) -> Preferred:
    """For the municipality that `text` names, if it does; at most four queries, none without a text."""
    asked = asked_municipality(text)
    return Preferred(asked, likenesses(asked.own, examples) if asked.own else {})


def _most_alike(own: Municipality, several: list[Municipality]) -> Likeness:
    points, words, name = max(
        ((one.points, one.words, other.name) for other in several for one in [likeness(own, other)]),
        key=lambda each: each[0],
    )
    return Likeness(points, f"{name}: {words}" if len(several) > 1 else words)


def _is_as_large(own: Municipality, other: Municipality) -> bool:
    if not own.inhabitants or not other.inhabitants:
        return False
    smaller, larger = sorted([own.inhabitants, other.inhabitants])
    return larger <= LARGER_AT_MOST * smaller


def _neighbourhood(own: Municipality, other: Municipality) -> Neighbourhood:
    if own.district_id and own.district_id == other.pk:
        return Neighbourhood(DISTRICT, apart="der eigene Kreis")
    if other.district and other.district_id == own.pk:
        return Neighbourhood(DISTRICT, apart=other.district.with_preposition)
    if other.district and other.district_id == own.district_id:
        return Neighbourhood(DISTRICT, other.district.with_preposition)
    kilometres = kilometres_between(own, other)
    if kilometres is not None and kilometres <= KILOMETRES_AT_MOST:
        return Neighbourhood(NEAR, apart=f"{round(kilometres) or 'unter 1'} km entfernt")
    if other.region == own.region:
        return Neighbourhood(REGION, f"im Regierungsbezirk {other.get_region_display()}")
    return Neighbourhood()
