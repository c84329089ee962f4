"""Context of the pages of topics, each in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count
from django.http import QueryDict

from lernnetzwerk.text.enumeration import enumeration
from lernnetzwerk.web.key_list import KeyList
from practice.filters import TOPIC_PARAMETERS
from practice.models import Topic
from practice.timeline import (
    Source,
    Timeline,
    of_events,
    of_examples,
    of_sessions,
    public_files,
    with_public_attachments,
)

PER_PAGE = 40
MOST_RELATED = 10


def grouped_by_kind(topics: Iterable[Topic]) -> list[tuple[str, list[Topic]]]:
    """The names of the kinds with topics, in their own order, each with its topics in theirs."""
    ordered = sorted(topics, key=lambda topic: topic.sort_name)
    kinds = [(label, [topic for topic in ordered if topic.kind == kind]) for kind, label in Topic.Kind.choices]
    return [(label, group) for label, group in kinds if group]


def topic_page(topic: Topic, page: str | None = None) -> dict:
    entries = Timeline(
        Source(topic.events.published(), "starts_on", lambda rows: of_events(rows.for_cards(), "Treffen")),
        Source(
            topic.sessions.published().newest_first(),
            "event__starts_on",
            lambda rows: of_sessions(rows.for_timeline()),
        ),
        Source(
            topic.practice_examples.published().order_by("-published_from", "-pk"),
            "checked_on",
            lambda rows: of_examples(with_public_attachments(rows)),
        ),
    )
    keys = {"session": entries.keys(1), "practice_example": entries.keys(2)}
    files = public_files(**keys).count()
    numbers = _numbers(len(entries.days[0]), len(entries.days[1]), len(entries.days[2]), files)
    return {
        "section": "topics",
        "topic": topic,
        "numbers": numbers,
        "description": topic.description or f"{topic.name} im Lernnetzwerk: {numbers or 'noch nichts veröffentlicht'}.",
        "examples": len(keys["practice_example"]),
        "parameter": TOPIC_PARAMETERS[topic.kind],
        "query": QueryDict(),  # no parameters to keep between pages
        "page": entries.page(page, PER_PAGE),
        "related": _related(topic, keys),
    }


def _numbers(events: int, sessions: int, examples: int, files: int) -> str:
    """`2 Treffen, 5 Beiträge und 1 Praxisbeispiel`."""
    counted = (
        (events, "Treffen", "Treffen"),
        (sessions, "Beitrag", "Beiträge"),
        (examples, "Praxisbeispiel", "Praxisbeispiele"),
        (files, "Material", "Materialien"),
    )
    return enumeration(f"{number} {one if number == 1 else many}" for number, one, many in counted if number)


def _related(topic: Topic, keys: dict[str, list[int]]) -> list[Topic]:
    """The topics that share most sessions and practice examples with this one, in the order of topics."""
    together: Counter[int] = Counter()
    for owner, relation in (("session", "sessions"), ("practice_example", "practice_examples")):
        links: Any = Topic._meta.get_field(relation)
        shared = links.through.objects.filter(**{f"{owner.replace('_', '')}__in": KeyList(keys[owner])})
        together.update(dict(shared.exclude(topic=topic.pk).values_list("topic").annotate(Count("pk"))))
    found = Topic.objects.in_bulk([key for key, _number in sorted(together.items(), key=_most_first)[:MOST_RELATED]])
    return sorted(found.values(), key=lambda other: other.sort_name)


def _most_first(pair: tuple[int, int]) -> tuple[int, int]:
    key, number = pair
    return -number, key
