"""What of the app can be found: practice examples, municipalities and topics."""

from collections.abc import Sequence
from datetime import UTC, datetime

from django.db.models import QuerySet

from lernnetzwerk.search.sources import SEPARATOR, Entry, Source, Text, register
from lernnetzwerk.text.plain import plain
from practice.likeness import preferred_examples
from practice.models import Municipality, PracticeExample, Topic

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)  # reference data is always public


def load_examples(rows: QuerySet) -> QuerySet:
    return rows.prefetch_related("municipalities", "topics")


def example_entry(example: PracticeExample) -> Entry:
    address = example.get_absolute_url()
    towns, topics = list(example.municipalities.all()), list(example.topics.all())
    text = "\n".join(plain(section) for _heading, section in example.sections)
    moment = example.published_from or ALWAYS
    return Entry(
        title=example.title,
        address=address,
        visible_from=moment,
        summary=example.summary,
        context=SEPARATOR.join([*(town.name for town in towns), *(topic.name for topic in topics)]),
        texts=[Text(text, address)],
        held_on=example.checked_on,
        topics=[(topic.slug, topic.name) for topic in topics],
        municipalities=[(town.slug, town.name) for town in towns],
        is_sample=example.is_sample,
    )


def municipality_entry(municipality: Municipality) -> Entry:
    name = municipality.name
    return Entry(
        title=name,
        address=municipality.get_absolute_url(),
        visible_from=ALWAYS,
        summary=municipality.kind_and_district,
        names=[name],
        municipalities=[(municipality.slug, name)],
    )


def contributing(keys: Sequence[int]) -> set[int]:
    return set(Municipality.objects.filter(pk__in=keys).contributing().values_list("pk", flat=True))


def topic_entry(topic: Topic) -> Entry:
    return Entry(
        title=topic.name,
        address=topic.get_absolute_url(),
        visible_from=ALWAYS,
        summary=topic.description,
        names=[topic.name],
        topics=[(topic.slug, topic.name)],
    )


register(
    Source(
        kind="example",
        label="Praxisbeispiel",
        plural="Praxisbeispiele",
        model=PracticeExample,
        load=load_examples,
        entry=example_entry,
        watched={
            Municipality: lambda town: town.practice_examples.values_list("pk", flat=True),
            Topic: lambda topic: topic.practice_examples.values_list("pk", flat=True),
        },
        prefer=preferred_examples,
    ),
    Source(
        kind="municipality",
        label="Kommune",
        plural="Kommunen",
        model=Municipality,
        load=lambda rows: rows.select_related("district"),
        entry=municipality_entry,
        watched={Municipality: lambda district: district.members.values_list("pk", flat=True)},
        active=contributing,
    ),
    Source(
        kind="topic",
        label="Thema",
        plural="Themen",
        model=Topic,
        load=lambda rows: rows,
        entry=topic_entry,
    ),
)
