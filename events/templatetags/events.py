"""Tags of the home page for events, series and attachments."""

from typing import Any

from django import template
from django.db.models import BigAutoField, Count, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber

from events.models import Appearance, Attachment, Event, Series, Slot
from lernnetzwerk.operation.prepared_statements import AT, TODAY, Parameter, Prepared

register = template.Library()
CARDS = 4
PLANNED_ITEMS = 4
SERIES, LATEST = 6, 3


def _ranked() -> QuerySet[Any]:
    """The events of all series, each with its rank in its series."""
    events = Event.objects.published(AT).filter(series__isnull=False).in_order(AT, TODAY)
    order: Any = events.query.order_by
    rank = Window(RowNumber(), partition_by="series", order_by=order)
    return events.annotate(rank=rank).filter(rank__lte=LATEST).select_related("series")


def _beginning() -> QuerySet[Any]:
    """The first slots of day 1 on the top level, without welcomes, breaks and cancelled ones."""
    slots = Slot.objects.filter(programme=PROGRAMME, parent=None, session__isnull=False, day__number=1)
    shown = slots.exclude(status=Slot.Status.CANCELLED).exclude(session__kind="welcome").select_related("session")
    speakers = Prefetch("session__appearances", Appearance.objects.select_related("speaker"))
    related = shown.prefetch_related(speakers, "session__municipalities")
    return related.order_by("order")[:PLANNED_ITEMS]


PROGRAMME: Any = Parameter("programme", BigAutoField())
EVENTS = Event.objects.select_related("series", "host")
COMING = Prepared(lambda: EVENTS.published(AT).upcoming(AT, TODAY).filter(course=Event.Course.PLANNED)[:1])
LAST = Prepared(lambda: EVENTS.published(AT).past(AT, TODAY)[:1])
BEGINNING = Prepared(_beginning)
NEWEST = Prepared(
    lambda: Attachment.objects.published(AT).available().for_cards().order_by("-published_from", "-pk")[:CARDS]
)
RANKED = Prepared(_ranked)
NUMBERS = Prepared(
    lambda: Event.objects.published(AT).exclude(series=None).order_by().values_list("series").annotate(Count("pk"))
)


@register.inclusion_tag("events/_next.html")
def next_event() -> dict:
    """The next planned event with the beginning of its released programme; without one, the last event."""
    coming = COMING.rows_now()
    event = next(iter(coming or LAST.rows_now()), None)
    slots = BEGINNING.rows(programme=coming[0].current_release_id) if coming else []
    return {"event": event, "is_coming": bool(coming), "slots": slots}


@register.inclusion_tag("events/_newest.html")
def newest_attachments() -> dict:
    return {"attachments": NEWEST.rows_now()}


@register.inclusion_tag("events/_by_series.html")
def series_index() -> dict:
    """The first `SERIES` series by their first event, each with its number of events and its first `LATEST` ones."""
    by_series: dict[Series, list[Event]] = {}
    for event in RANKED.rows_now():
        by_series.setdefault(event.series, []).append(event)
    numbers = dict(NUMBERS.rows_now())
    shown = list(by_series.items())[:SERIES]
    return {"rows": [(series, numbers[series.pk], held) for series, held in shown]}
