"""Tags of the home page for events, series and attachments."""

from typing import Any

from django import template
from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber

from events.models import Attachment, Event, Series, Slot

register = template.Library()
CARDS = 4
PLANNED_ITEMS = 4
SERIES, LATEST = 6, 3


@register.inclusion_tag("events/_next.html")
def next_event() -> dict:
    """The next planned event with the beginning of its programme; without one, the last event."""
    events = Event.objects.published().for_cards()
    coming = events.upcoming().filter(course=Event.Course.PLANNED).first()
    event = coming or events.past().first()
    return {"event": event, "is_coming": coming is not None, "slots": _beginning(coming) if coming else []}


def _beginning(event: Event) -> list[Slot]:
    """The first released slots of day 1 on the top level, without welcomes, breaks and cancelled ones."""
    slots = Slot.objects.filter(programme=event.current_release_id, parent=None, session__isnull=False, day__number=1)
    shown = slots.exclude(status=Slot.Status.CANCELLED).exclude(session__kind="welcome").select_related("session")
    related = shown.prefetch_related("session__appearances__speaker", "session__municipalities")
    return list(related.order_by("order")[:PLANNED_ITEMS])


@register.inclusion_tag("events/_newest.html")
def newest_attachments() -> dict:
    attachments = Attachment.objects.published().available().for_cards()
    return {"attachments": attachments.order_by("-published_from", "-pk")[:CARDS]}


@register.inclusion_tag("events/_by_series.html")
def series_index() -> dict:
    """Series with their number of events and the first `LATEST` of them; the first `SERIES` by these."""
    events: QuerySet[Any] = Event.objects.published().filter(series__isnull=False).in_order()
    order: Any = events.query.order_by
    ranked = events.annotate(rank=Window(RowNumber(), partition_by="series", order_by=order))
    by_series: dict[Series, list[Event]] = {}
    for event in ranked.filter(rank__lte=LATEST).select_related("series"):
        by_series.setdefault(event.series, []).append(event)
    shown = list(by_series.items())[:SERIES]
    numbers = dict(events.order_by().values_list("series").annotate(Count("pk")))
    return {"rows": [(series, numbers[series.pk], held) for series, held in shown]}
