"""Municipalities, practice examples and topics on the home page."""

from django import template
from django.db.models import F

from lernnetzwerk.operation.prepared_statements import AT, Prepared
from practice.models import Municipality, PracticeExample, Topic

register = template.Library()
CARDS = 3
TOPICS = 12
MUNICIPALITIES = 30
LARGEST = Prepared(
    lambda: Municipality.objects.contributing(AT).order_by(F("inhabitants").desc(nulls_last=True), "pk")[
        : MUNICIPALITIES + 1
    ]
)
NEWEST = Prepared(lambda: PracticeExample.objects.published(AT).for_cards().order_by("-published_from", "-pk")[:CARDS])


@register.inclusion_tag("practice/_by_municipality.html")
def municipalities() -> dict:
    """Those with public activity; of many the largest `MUNICIPALITIES`."""
    largest = LARGEST.rows_now()
    shown = sorted(largest[:MUNICIPALITIES], key=lambda municipality: municipality.sort_name)
    return {"municipalities": shown, "are_all": len(largest) <= MUNICIPALITIES}


@register.inclusion_tag("practice/_newest_examples.html")
def newest_examples() -> dict:
    return {"examples": NEWEST.rows_now()}


@register.inclusion_tag("practice/_by_topic.html")
def topic_index() -> dict:
    """The topics with the most mentions, in the order of topics."""
    mentioned = sorted(Topic.objects.with_mentions(), key=lambda topic: (-topic.mentions, topic.sort_name))
    most = [topic for topic in mentioned[:TOPICS] if topic.mentions]
    return {"topics": sorted(most, key=lambda topic: topic.sort_name)}
