"""Filters of the event list."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from events.models import Event
from lernnetzwerk.web.filters import Counted, Filter, one_of, relation_filter, year
from practice.models import Topic

# A session is visible if the current release of its visible event contains it.
OF_SESSIONS = "current_release__slots__session__topics"


def _count_topics(events: QuerySet) -> Iterable[Counted]:
    """An event's own topics and those of its visible sessions."""
    by_sessions = events.filter(**{f"{OF_SESSIONS}__isnull": False}).values_list(OF_SESSIONS)
    numbers = dict(by_sessions.annotate(Count("pk", distinct=True)))
    also_by_session = Event.objects.filter(pk=OuterRef("pk"), **{OF_SESSIONS: OuterRef("topics")})
    only_own = events.filter(topics__isnull=False).exclude(Exists(also_by_session.order_by())).values_list("topics")
    for topic, number in only_own.annotate(Count("pk")):
        numbers[topic] = numbers.get(topic, 0) + number
    topics = Topic.objects.filter(pk__in=numbers).order_by("sort_name")
    return [(slug, name, numbers[key]) for key, slug, name in topics.values_list("pk", "slug", "name")]


def _with_topic(events: QuerySet, slug: str) -> QuerySet:
    by_session = events.filter(**{f"{OF_SESSIONS}__slug": slug})
    return events.filter(Q(topics__slug=slug) | Q(pk__in=by_session.values("pk"))).distinct()


FILTERS = (
    relation_filter("reihe", "Reihe", "series", order="name"),
    year("starts_on"),
    relation_filter("ort", "Ort", "host"),
    Filter("thema", "Thema", _count_topics, _with_topic),
    one_of("format", "Format", "format", Event.Format.choices),
)
