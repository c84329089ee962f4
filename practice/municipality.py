"""Context of the pages of municipalities, each in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable

from lernnetzwerk.search.lists import found_keys
from lernnetzwerk.text.folding import LONGEST_QUERY
from lernnetzwerk.visibility.models import related
from practice.activities import Activity, activities, describe
from practice.directory import find_municipalities, neighbours
from practice.markers import JOINING_DISTANCE, Mark
from practice.models import Municipality, PracticeExample
from practice.regions import by_region
from practice.structured_data import municipality_data
from practice.timeline import (
    ForeignActivity,
    attachments,
    in_order,
    of_events,
    of_examples,
    of_sessions,
    with_public_attachments,
)

NO_ACTIVITY = "noch keine Beiträge, und Kommunen in der Nähe mit Beiträgen."


def municipality_index(query: str, around: str) -> dict:
    """All municipalities by region; with `query` those with that name, with `around` those near that one."""
    known = activities()
    everyone = describe(Municipality.objects.select_related("district"), known)
    middle = (
        next((municipality for municipality in everyone if municipality.slug == around), None) if not query else None
    )
    return {
        "section": "municipalities",
        "query": query,
        "query_length": LONGEST_QUERY,
        "middle": middle,
        "found": find_municipalities(everyone, query, found_keys("municipality", query))
        if query
        else _with_joined_links(middle, everyone)
        if middle
        else [],
        "contributing": [municipality for municipality in everyone if municipality.activity],
        "marks": [Mark(one.municipality, _in_words(one), one.weight) for one in known.values()],
        "regions": by_region(everyone),
        "total": len(everyone),
    }


def example_marks(examples: Iterable[int]) -> list[Mark]:
    """Map marks: the municipalities of these practice examples, with counts."""
    through = PracticeExample.municipalities.through.objects.filter(practiceexample__in=list(examples))
    numbers = Counter(through.values_list("municipality", flat=True))
    municipalities = Municipality.objects.filter(pk__in=numbers)
    return [
        Mark(municipality, _examples(numbers[municipality.pk]), numbers[municipality.pk])
        for municipality in municipalities
    ]


def _examples(number: int) -> str:
    return f"{number} {'Praxisbeispiel' if number == 1 else 'Praxisbeispiele'}"


def _in_words(activity: Activity) -> str:
    return f"{activity.words} (Beispiel)" if activity.is_sample else activity.words


def _with_joined_links(middle: Municipality, everyone: Iterable[Municipality]) -> list[Municipality]:
    """Municipalities with activity whose link on the map may be joined with that of `middle`."""
    contributing = [municipality for municipality in everyone if municipality.activity]
    near = neighbours(middle, contributing, most=len(contributing))
    return [
        *([middle] if middle.activity else []),
        *(one.municipality for one in near if (one.kilometres or 0) <= JOINING_DISTANCE),
    ]


def municipality_page(municipality: Municipality) -> dict:
    known = activities()
    municipalities = [activity.municipality for activity in known.values()]
    sessions = list(_sessions_of(municipality))
    examples = list(
        with_public_attachments(municipality.practice_examples.published()).order_by("-published_from", "-pk")
    )
    hosted = municipality.hosted_events.published().for_cards()
    host = "Gastgeber" if municipality.kind == Municipality.Kind.DISTRICT else "Gastgeberin"
    entries = in_order(
        [*of_events(hosted, host), *of_sessions(sessions, municipality), *of_examples(examples, municipality)]
    )
    activity = known.get(municipality.pk)
    return {
        "section": "municipalities",
        "municipality": municipality,
        "data": municipality_data(municipality),
        "here": [municipality],
        "activity": activity,
        "description": activity.sentence if activity else f"{municipality.name}, {NO_ACTIVITY}",
        "examples": examples,
        "entries": entries,
        "attachments": attachments(entries),
        "speakers": _speakers(municipality, sessions),
        "members": describe(municipality.members.all(), known)
        if municipality.kind == Municipality.Kind.DISTRICT
        else [],
        "neighbours": [(near, known[near.municipality.pk]) for near in neighbours(municipality, municipalities)],
    }


def _sessions_of(municipality: Municipality) -> Iterable[ForeignActivity]:
    sessions = related(Municipality, "sessions")
    return sessions.published().of_municipality(municipality).for_timeline()


def _speakers(municipality: Municipality, sessions: Iterable[ForeignActivity]) -> list[ForeignActivity]:
    """The latest appearance of each speaker for the municipality, in alphabetical order."""
    latest: dict[int, ForeignActivity] = {}
    for session in sessions:
        for appearance in session.appearances.all():
            if appearance.municipality_id == municipality.pk:
                latest.setdefault(appearance.speaker_id, appearance)
    return sorted(latest.values(), key=lambda appearance: appearance.speaker.sort_name)
