"""Loads the content of the demo: one documented event, and samples, which are marked as such."""

from datetime import date, timedelta

from django.db import transaction

from events.demo.attachments import attach
from events.demo.content import Content, Table, content, fields, topics
from events.demo.events import References, load_event, morning
from events.models import Event
from lernnetzwerk.slugs.models import TakenSlug
from lernnetzwerk.visibility.models import publish
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker

NO_EXAMPLE_FIELDS = {"municipalities", "topics", "attachments", "checked_days_ago", "entered_days_ago"}


@transaction.atomic
def load(part: str, today: date) -> bool:
    """Returns whether `part` was missing. It is loaded only once: what editors rename or delete stays so.

    Dates are counted from `today`; the municipalities must exist.
    """
    loaded = content(part)
    if _was_loaded(loaded):
        return False
    municipalities = Municipality.objects.in_bulk(field_name="slug")
    references = References(municipalities, load_topics(), _speakers(loaded), {}, loaded.is_sample)
    for slug, table in loaded.practice_examples.items():
        references.practice_examples[slug] = _example(slug, table, today, references)
    for event in loaded.events:
        load_event(event, today, references)
    return True


def load_topics() -> dict[str, Topic]:
    """By name; existing topics stay unchanged. The phases of life stand in the file in their order."""
    return {
        name: Topic.objects.get_or_create(
            kind=kind,
            name=name,
            defaults={"description": description, "position": 10 * place if kind == Topic.Kind.PHASE else None},
        )[0]
        for kind, descriptions in topics().items()
        for place, (name, description) in enumerate(descriptions.items(), start=1)
    }


def _was_loaded(loaded: Content) -> bool:
    """Checks the slugs, which stay taken when an event is deleted or renamed."""
    slugs = [event["slug"] for event in loaded.events]
    return TakenSlug.objects.filter(scope=Event._meta.label_lower, slug__in=slugs).exists()


def _speakers(loaded: Content) -> dict[str, Speaker]:
    return {
        slug: Speaker.objects.get_or_create(
            slug=slug, defaults={"is_sample": loaded.is_sample, **fields(Speaker, table)}
        )[0]
        for slug, table in loaded.speakers.items()
    }


def _example(slug: str, table: Table, today: date, references: References) -> PracticeExample:
    checked = table.get("checked_days_ago")
    example, is_new = PracticeExample.objects.get_or_create(
        slug=slug,
        defaults={
            "is_sample": references.is_sample,
            "checked_on": None if checked is None else today - timedelta(days=checked),
            **fields(PracticeExample, table, NO_EXAMPLE_FIELDS),
        },
    )
    if is_new:
        example.municipalities.set(references.municipalities[name] for name in table["municipalities"])
        example.topics.set(references.topics[name] for name in table["topics"])
        attach(table.get("attachments", []), practice_example=example)
        entered = table.get("entered_days_ago", checked)
        published_from = None if entered is None else morning(today - timedelta(days=entered))
        publish([example, *example.attachments.all()], published_from)
    return example
