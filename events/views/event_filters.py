"""Filters of the event list."""

from collections.abc import Iterable

from django.db.models import QuerySet

from events.models import Event, Session
from lernnetzwerk.web.filters import Filter, Row, one_of, relation_filter, year


def _topics(events: QuerySet) -> Iterable[Row]:
    """An event's own topics and those of its visible sessions."""
    columns = ("topics__slug", "topics__name", "topics__sort_name")
    own = events.filter(topics__isnull=False).values_list("pk", *columns)
    sessions = Session.objects.published().filter(event__in=events, topics__isnull=False)
    pairs = {*own, *sessions.values_list("event_id", *columns)}
    return [pair[:3] for pair in sorted(pairs, key=lambda pair: pair[3])]


FILTERS = (
    relation_filter("reihe", "Reihe", "series", order="name"),
    year("starts_on"),
    relation_filter("ort", "Ort", "host"),
    Filter("thema", "Thema", _topics),
    one_of("format", "Format", "format", Event.Format.choices),
)
