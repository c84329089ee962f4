"""Municipalities, practice examples and topics on the home page."""

from typing import Any

from django import template
from django.db.models import QuerySet

from practice.models import Municipality, PracticeExample, Topic

register = template.Library()
CARDS = 3
TOPICS = 12


@register.inclusion_tag("practice/_by_municipality.html")
def municipalities() -> dict:
    return {"municipalities": Municipality.objects.contributing()}


@register.inclusion_tag("practice/_newest_examples.html")
def newest_examples() -> dict:
    return {"examples": PracticeExample.objects.published().for_cards().order_by("-published_from", "-pk")[:CARDS]}


@register.inclusion_tag("practice/_by_topic.html")
def topic_index() -> dict:
    """The topics with the most mentions, in the order of topics."""
    counted: QuerySet[Any] = Topic.objects.with_mentions()  # an annotation, not a field
    most = counted.filter(mentions__gt=0).order_by("-mentions", "sort_name")[:TOPICS]
    return {"topics": sorted(most, key=lambda topic: topic.sort_name)}
