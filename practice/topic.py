"""Context of the pages of topics, each in a fixed number of queries."""

from collections import Counter
from collections.abc import Iterable
from itertools import chain

from django.core.paginator import Paginator
from django.http import QueryDict

from practice.activities import enumeration
from practice.filters import TOPIC_PARAMETERS
from practice.models import Topic
from practice.timeline import (
    ForeignActivity,
    attachments,
    in_order,
    of_events,
    of_examples,
    of_sessions,
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
    events = list(topic.events.published().for_cards())
    sessions = list(topic.sessions.published().for_timeline())
    examples = list(with_public_attachments(topic.practice_examples.published()).order_by("-published_from", "-pk"))
    entries = in_order([*of_events(events, "Treffen"), *of_sessions(sessions), *of_examples(examples)])
    numbers = _numbers(events, sessions, examples, attachments(entries))
    return {
        "section": "topics",
        "topic": topic,
        "numbers": numbers,
        "description": topic.description or f"{topic.name} im Lernnetzwerk: {numbers or 'noch nichts veröffentlicht'}.",
        "examples": len(examples),
        "parameter": TOPIC_PARAMETERS[topic.kind],
        "query": QueryDict(),  # no parameters to keep between pages
        "page": Paginator(entries, PER_PAGE).get_page(page),
        "related": _related(topic, chain(sessions, examples)),
    }


def _numbers(events: list, sessions: list, examples: list, files: list) -> str:
    """`2 Treffen, 5 Beiträge und 1 Praxisbeispiel`."""
    counted = (
        (len(events), "Treffen", "Treffen"),
        (len(sessions), "Beitrag", "Beiträge"),
        (len(examples), "Praxisbeispiel", "Praxisbeispiele"),
        (len(files), "Material", "Materialien"),
    )
    return enumeration(f"{number} {one if number == 1 else many}" for number, one, many in counted if number)


def _related(topic: Topic, instances: Iterable[ForeignActivity]) -> list[Topic]:
    """The topics that share most sessions and practice examples with this one, in the order of topics."""
    together = Counter(other for instance in instances for other in instance.topics.all() if other != topic)
    return sorted((other for other, _number in together.most_common(MOST_RELATED)), key=lambda other: other.sort_name)
