"""What the pages of the municipalities show, each in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable

from lernnetzwerk.visibility.models import related
from practice.contributions import Contribution, contributions, describe
from practice.directory import QUERY_LENGTH, find_towns, neighbours
from practice.markers import AROUND, Mark
from practice.models import Municipality, PracticeExample
from practice.regions import by_region
from practice.timeline import Foreign, in_order, materials, of_events, of_examples, of_sessions, with_public_attachments

NOTHING = "noch ohne dokumentierten Beitrag, und welche Kommunen in der Nähe etwas gezeigt haben."


def municipality_index(query: str, around: str) -> dict:
    """All of them as the state is organised; with `query` those so called, with `around` those near that town."""
    known = contributions()
    everyone = describe(Municipality.objects.select_related("district"), known)
    middle = next((town for town in everyone if town.slug == around), None) if not query else None
    return {
        "section": "municipalities",
        "query": query,
        "query_length": QUERY_LENGTH,
        "middle": middle,
        "found": find_towns(everyone, query) if query else _around(middle, everyone) if middle else [],
        "contributing": [town for town in everyone if town.contribution],
        "marks": [Mark(one.town, _spoken(one), one.weight) for one in known.values()],
        "regions": by_region(everyone),
        "total": len(everyone),
    }


def example_marks(examples: Iterable[int]) -> list[Mark]:
    """For the map: the towns of these practice examples, and how many each has."""
    through = PracticeExample.municipalities.through.objects.filter(practiceexample__in=list(examples))
    numbers = Counter(through.values_list("municipality", flat=True))
    towns = Municipality.objects.filter(pk__in=numbers)
    return [Mark(town, _examples(numbers[town.pk]), numbers[town.pk]) for town in towns]


def _examples(number: int) -> str:
    return f"{number} {'Praxisbeispiel' if number == 1 else 'Praxisbeispiele'}"


def _spoken(contribution: Contribution) -> str:
    return f"{contribution.words} (Beispiel)" if contribution.is_sample else contribution.words


def _around(middle: Municipality, everyone: Iterable[Municipality]) -> list[Municipality]:
    """Those with contributions whose link on the map may have been joined with that of `middle`."""
    contributing = [town for town in everyone if town.contribution]
    near = neighbours(middle, contributing, most=len(contributing))
    return [*([middle] if middle.contribution else []), *(one.town for one in near if (one.kilometres or 0) <= AROUND)]


def municipality_page(town: Municipality) -> dict:
    known = contributions()
    towns = [contribution.town for contribution in known.values()]
    sessions = list(_sessions_of(town))
    examples = list(with_public_attachments(town.practice_examples.published()).order_by("-published_from", "-pk"))
    hosted = town.hosted_events.published().for_cards()
    host = "Gastgeber" if town.kind == Municipality.Kind.DISTRICT else "Gastgeberin"
    entries = in_order([*of_events(hosted, host), *of_sessions(sessions, town), *of_examples(examples, town)])
    contribution = known.get(town.pk)
    return {
        "section": "municipalities",
        "municipality": town,
        "here": [town],
        "contribution": contribution,
        "description": contribution.sentence if contribution else f"{town.name}, {NOTHING}",
        "examples": examples,
        "entries": entries,
        "materials": materials(entries),
        "people": _people(town, sessions),
        "members": describe(town.members.all(), known) if town.kind == Municipality.Kind.DISTRICT else [],
        "neighbours": [(near, known[near.town.pk]) for near in neighbours(town, towns)],
    }


def _sessions_of(town: Municipality) -> Iterable[Foreign]:
    sessions = related(Municipality, "sessions")
    return sessions.published().of_town(town).for_timeline()


def _people(town: Municipality, sessions: Iterable[Foreign]) -> list[Foreign]:
    """Who spoke for the town, each once as at the latest meeting, in alphabetical order."""
    latest: dict[int, Foreign] = {}
    for session in sessions:
        for appearance in session.appearances.all():
            if appearance.municipality_id == town.pk:
                latest.setdefault(appearance.speaker_id, appearance)
    return sorted(latest.values(), key=lambda appearance: appearance.speaker.sort_name)
