"""When pages of events change by themselves: an item of a released programme begins or ends, a change is old."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import DateField, DateTimeField, F
from django.utils import timezone

from events.models import Programme, Slot
from events.models.clock import moment
from events.programme.history import SHOWN_FOR
from lernnetzwerk.operation.prepared_statements import TODAY, Parameter, Prepared
from lernnetzwerk.page_cache.moments import register

LONGEST_ITEM = timedelta(days=2)
FIRST_DAY: Any = Parameter("first_day", DateField())
TOLD_SINCE: Any = Parameter("told_since", DateTimeField())
SLOTS = Prepared(
    lambda: Slot.objects.filter(
        programme=F("day__event__current_release"), day__date__range=(FIRST_DAY, TODAY)
    ).select_related("day")
)
TOLD = Prepared(
    lambda: Programme.objects.filter(released_at__gt=TOLD_SINCE).order_by("released_at").values_list("released_at")[:1]
)


@register
def next_item(at: datetime) -> datetime | None:
    """The next begin or end of an item: it is marked "Jetzt", and the last one ends the event."""
    today = timezone.localdate(at)
    slots = SLOTS.rows(first_day=today - LONGEST_ITEM, today=today)
    known = (
        moment(slot.day.date, minutes)
        for slot in slots
        for minutes in (slot.begins, slot.ends)
        if minutes is not None and slot.day.date
    )
    return min((one for one in known if one > at), default=None)


@register
def next_old_change(at: datetime) -> datetime | None:
    """The next moment at which an event's page no longer tells of a release."""
    first = TOLD.first(told_since=at - SHOWN_FOR)
    return first[0] + SHOWN_FOR if first else None
