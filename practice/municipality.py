"""Context of the pages of municipalities, each in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Coalesce
from django.http import QueryDict

from lernnetzwerk.visibility.models import related
from lernnetzwerk.web.key_list import KeyList
from practice.activities import activities, describe
from practice.directory import neighbours
from practice.markers import Mark
from practice.models import Municipality, PracticeExample, PracticeExampleQuerySet
from practice.structured_data import municipality_data
from practice.timeline import (
    ForeignActivity,
    Source,
    Timeline,
    of_events,
    of_examples,
    of_sessions,
    public_files,
    with_public_attachments,
)

EXAMPLES, ENTRIES, FILES = 6, 30, 8
NO_ACTIVITY = "noch keine Beiträge, und Kommunen in der Nähe mit Beiträgen."


def example_marks(examples: Iterable[int]) -> list[Mark]:
    """Map marks: the municipalities of these practice examples, with counts."""
    through = PracticeExample.municipalities.through.objects.filter(practiceexample__in=KeyList(examples))
    numbers = Counter(through.values_list("municipality", flat=True))
    municipalities = Municipality.objects.filter(pk__in=KeyList(numbers))
    return [
        Mark(municipality, _examples(numbers[municipality.pk]), numbers[municipality.pk])
        for municipality in municipalities
    ]


def _examples(number: int) -> str:
    return f"{number} {'Praxisbeispiel' if number == 1 else 'Praxisbeispiele'}"


def municipality_page(municipality: Municipality, page: str | None = None) -> dict:
    near = neighbours(municipality, Municipality.objects.contributing())
    is_district = municipality.kind == Municipality.Kind.DISTRICT
    members = list(municipality.members.all()) if is_district else []
    known = activities({one.pk for one in (municipality, *members, *(other.municipality for other in near))})
    activity = known.get(municipality.pk)
    examples = municipality.practice_examples.published().order_by("-published_from", "-pk")
    entries = _timeline(municipality, examples)
    files = _files(entries.keys(1), entries.keys(2))
    return {
        "section": "municipalities",
        "municipality": municipality,
        "data": municipality_data(municipality),
        "here": [municipality],
        "activity": activity,
        "description": activity.sentence if activity else f"{municipality.name}, {NO_ACTIVITY}",
        "examples": examples.for_cards()[:EXAMPLES],
        "page": entries.page(page, ENTRIES),
        "query": QueryDict(),  # no parameters to keep between pages
        "attachments": files[:FILES],
        "are_all_files": len(files) <= FILES,
        "speakers": _speakers(municipality),
        "members": describe(members, known),
        "neighbours": [(other, known[other.municipality.pk]) for other in near],
    }


def _timeline(municipality: Municipality, examples: PracticeExampleQuerySet) -> Timeline:
    host = "Gastgeber" if municipality.kind == Municipality.Kind.DISTRICT else "Gastgeberin"
    sessions: ForeignActivity = related(Municipality, "sessions").published().of_municipality(municipality)
    return Timeline(
        Source(municipality.hosted_events.published(), "starts_on", lambda rows: of_events(rows.for_cards(), host)),
        Source(
            sessions.newest_first(), "event__starts_on", lambda rows: of_sessions(rows.for_timeline(), municipality)
        ),
        Source(examples, "checked_on", lambda rows: of_examples(with_public_attachments(rows), municipality)),
    )


def _files(sessions: list[int], examples: list[int]) -> list[ForeignActivity]:
    """The latest files of these sessions and examples, one more than are shown."""
    files = public_files(session=sessions, practice_example=examples).for_cards()
    day = Coalesce("session__event__starts_on", "practice_example__checked_on")
    return list(files.order_by(day.desc(nulls_last=True), "session", "position", "pk")[: FILES + 1])


def _speakers(municipality: Municipality) -> list[ForeignActivity]:
    """The latest appearance of each speaker for the municipality, in alphabetical order."""
    latest: dict[int, ForeignActivity] = {}
    spoken = municipality.appearances.published().select_related("speaker")
    for appearance in spoken.order_by(F("session__event__starts_on").desc(nulls_last=True), "session", "pk"):
        latest.setdefault(appearance.speaker_id, appearance)
    return sorted(latest.values(), key=lambda appearance: appearance.speaker.sort_name)
