"""When pages of events change by themselves: an item of a released programme begins or ends, a change is old."""

from datetime import datetime, timedelta

from django.db.models import F, Min
from django.utils import timezone

from events.models import Programme, Slot
from events.models.clock import moment
from events.programme.history import SHOWN_FOR
from lernnetzwerk.page_cache.moments import register

LONGEST_ITEM = timedelta(days=2)


@register
def next_item(at: datetime) -> datetime | None:
    """The next begin or end of an item: it is marked "Jetzt", and the last one ends the event."""
    today = timezone.localdate(at)
    slots = Slot.objects.filter(
        programme=F("day__event__current_release"), day__date__range=(today - LONGEST_ITEM, today)
    ).select_related("day")
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
    told = Programme.objects.filter(released_at__gt=at - SHOWN_FOR)
    first = told.aggregate(first=Min("released_at"))["first"]
    return first + SHOWN_FOR if first else None
