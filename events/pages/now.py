"""What runs at a meeting now and what is next, by room: for a phone, or for a screen in the foyer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from events.models import Event, Slot
from events.programme.schedule import Item, phase, schedule


@dataclass(frozen=True)
class Place:
    """One item that can be attended: what runs in parallel has a place each. `ends` may be that of the whole."""

    slot: Slot
    begins: datetime | None
    ends: datetime | None


def now_page(event: Event, at: datetime | None = None) -> dict:
    """The page at the moment `at` (default: now); `later` are the other items of the day of the next ones."""
    at = at or timezone.now()
    plan = schedule(event, event.current_release, [], at)
    is_held = event.course == Event.Course.PLANNED
    taking_place = [item for item in plan.items if is_held and not item.slot.is_cancelled]
    coming = sorted(
        (item for item in taking_place if item.begins and item.begins > at),
        key=lambda item: item.begins or at,
    )
    following = [item for item in coming if item.begins == coming[0].begins]
    day = coming[0].slot.day_id if coming else None
    return {
        "section": "events",
        "event": event,
        "phase": phase(event, plan.dates, at),
        "now": [place for item in taking_place if item.is_now for place in _places(item, at)],
        "next": [place for item in following for place in _places(item)],
        "next_begins": coming[0].begins if coming else None,
        "is_next_today": bool(coming and coming[0].begins and _is_same_day(coming[0].begins, at)),
        "later": [item for item in coming[len(following) :] if item.slot.day_id == day],
    }


def _places(item: Item, at: datetime | None = None) -> Iterator[Place]:
    """Parallel children instead of the item itself; with `at` only those that have begun and are not over."""
    children = [child for child in item.children if not child.slot.is_cancelled] if item.slot.is_parallel else []
    places = [Place(one.slot, one.begins or item.begins, one.ends or item.ends) for one in children or [item]]
    for place in places:
        has_begun = at is None or place.begins is None or place.begins <= at
        is_over = at is not None and place.ends is not None and place.ends <= at
        if has_begun and not is_over:
            yield place


def _is_same_day(one: datetime, other: datetime) -> bool:
    return timezone.localdate(one) == timezone.localdate(other)
