"""Context of the page of a practice example, with similar examples and their reasons."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, Value, When

from lernnetzwerk.text.enumeration import enumeration
from lernnetzwerk.visibility.models import PublishedQuerySet
from practice.models import Municipality, PracticeExample
from practice.structured_data import example_data
from practice.topic import grouped_by_kind

SIMILAR = 3
TOPICS_NAMED = 3


def example_page(example: PracticeExample, today: date | None = None) -> dict:
    return {**_page(example, example.attachments.published(), today), "data": example_data(example)}


def example_preview(example: PracticeExample) -> dict:
    """The same page for editors, with unpublished attachments."""
    return _page(example, example.attachments.all(), None)


def _page(example: PracticeExample, attachments: PublishedQuerySet, today: date | None) -> dict:
    municipalities = list(example.municipalities.all())
    sessions = list(example.sessions.published().for_cards().newest_first())
    similar = similar_examples(example)
    return {
        "section": "practice",
        "example": example,
        "years_unchecked": example.years_unchecked(today),
        "municipalities": municipalities,
        "description": example.summary
        or f"Praxisbeispiel aus {enumeration(str(municipality) for municipality in municipalities)}.",
        "sessions": sessions,
        "attachments": attachments.select_related("stored_file"),
        "topics": grouped_by_kind(example.topics.all()),
        "similar": similar,
        "parts": _parts(example, bool(sessions), bool(similar)),
    }


def _parts(example: PracticeExample, is_shown: bool, is_similar: bool) -> list[tuple[str, str]]:
    """Anchors and headings of the page, in reading order."""
    parts = [(f"abschnitt-{number}", heading) for number, (heading, _text) in enumerate(example.sections, start=1)]
    optional = (
        (is_shown, "vorgestellt", "Vorgestellt in"),
        (bool(example.topics.all()), "themen", "Themen"),
        (is_similar, "aehnlich", "Ähnliche Praxisbeispiele"),
    )
    return parts + [(anchor, heading) for is_there, anchor, heading in optional if is_there]


def similar_examples(example: PracticeExample, most: int = SIMILAR) -> list[PracticeExample]:
    """Public examples with the same topics, else from the same area, each with the `reason` in words."""
    municipalities = list(example.municipalities.all())
    topics = list(example.topics.all())
    shared = Count("topics", filter=Q(topics__in=[topic.pk for topic in topics] or [0]))
    others = PracticeExample.objects.published().exclude(pk=example.pk).annotate(shared=shared)
    found = others.annotate(nearness=_nearness(municipalities)).filter(Q(shared__gt=0) | Q(nearness__gt=0))
    ordered = found.order_by("-shared", "-nearness", "-published_from", "-pk")
    similar: list[Any] = list(ordered.prefetch_related("topics", "municipalities__district")[:most])
    for other in similar:
        other.reason = _reason(other, topics, municipalities)
    return similar


def _nearness(municipalities: list[Municipality]) -> Case:
    """3 for the same municipality, 2 for the same district, 1 for the same region, else 0."""
    districts = [municipality.district_id or municipality.pk for municipality in municipalities]
    in_district = Q(municipalities__district__in=districts) | Q(municipalities__in=districts)
    steps = (
        (Q(municipalities__in=[municipality.pk for municipality in municipalities]), 3),
        (in_district, 2),
        (Q(municipalities__region__in={municipality.region for municipality in municipalities}), 1),
    )
    # Subqueries: a join would count shared topics once per municipality.
    within = [
        When(pk__in=PracticeExample.objects.filter(where).values("pk"), then=Value(step)) for where, step in steps
    ]
    return Case(*within, default=Value(0), output_field=IntegerField())


def _reason(other: PracticeExample, topics: list, municipalities: list[Municipality]) -> str:
    """`auch Frühe Kindheit und SGB VIII`, `ebenfalls im Kreis Unna`, or both."""
    common = sorted((topic for topic in other.topics.all() if topic in topics), key=lambda topic: topic.sort_name)
    names = [topic.name for topic in common[:TOPICS_NAMED]]
    shared = f"auch {enumeration(names)}" if names else ""
    return " · ".join(filter(None, [shared, _place_in_common(other, municipalities, not names)]))


def _place_in_common(other: PracticeExample, municipalities: list[Municipality], is_only_reason: bool) -> str:
    places = list(other.municipalities.all())
    for municipality in municipalities:
        if municipality in places:
            return f"ebenfalls {municipality.with_preposition}"
    districts = {municipality.district_id or municipality.pk for municipality in municipalities}
    for place in places:
        if place.pk in districts or place.district_id in districts:
            return f"ebenfalls {(place.district or place).with_preposition}"
    regions = [
        place.get_region_display()
        for place in places
        if place.region in {municipality.region for municipality in municipalities}
    ]
    return f"ebenfalls im Regierungsbezirk {regions[0]}" if regions and is_only_reason else ""
