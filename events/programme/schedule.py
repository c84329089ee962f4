"""A programme version as a page reads it: days, their items, and each item's children."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import zip_longest

from django.db.models import Prefetch
from django.utils import timezone

from events.models import Appearance, Attachment, Event, EventDay, Programme, Session, Slot
from practice.models import PracticeExample


@dataclass
class Item:
    """`begins` and `ends` are moments in Europe/Berlin, as far as date and times are known."""

    slot: Slot
    number: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)
    is_now: bool = False

    @property
    def begins(self) -> datetime | None:
        day, time = self.slot.day.date, self.slot.begins_at
        return timezone.make_aware(datetime.combine(day, time)) if day and time else None

    @property
    def ends(self) -> datetime | None:
        if self.begins is None or self.slot.duration is None:
            return None
        return self.begins + timedelta(minutes=self.slot.duration)


@dataclass
class Day:
    day: EventDay
    items: list[Item] = field(default_factory=list)

    @property
    def timed(self) -> list[Item]:
        """The items with a known begin that are not cancelled."""
        return [item for item in self.items if item.begins and item.slot.status != Slot.Status.CANCELLED]

    @property
    def begins(self) -> datetime | None:
        return min((item.begins for item in self.timed if item.begins), default=None)

    @property
    def ends(self) -> datetime | None:
        """The latest end; None if the last item's duration is unknown."""
        last = max(self.timed, key=lambda item: item.begins or datetime.min.replace(tzinfo=UTC), default=None)
        return max(item.ends for item in self.timed if item.ends) if last and last.ends else None


@dataclass
class Schedule:
    days: list[Day]
    sessions: list[Session]

    @property
    def is_timed(self) -> bool:
        return any(item.slot.begins_at for item in self.items)

    @property
    def items(self) -> list[Item]:
        return [item for day in self.days for item in day.items]

    @property
    def now(self) -> Item | None:
        """The item that runs at the schedule's moment `at`."""
        return next((item for item in self.items if item.is_now), None)


def schedule(event: Event, programme: Programme | None, attachments: Iterable[Attachment], at: datetime) -> Schedule:
    """Slots of `programme` in their order, nested, with the given attachments beside their sessions.

    Five queries, whatever the programme's size; none when there is no programme.
    """
    if programme is None:
        return Schedule(days=[], sessions=[])
    slots = list(_slots(programme, at))
    sessions = {slot.session.pk: slot.session for slot in slots if slot.session}
    for session in sessions.values():
        session.event = event
    items = {slot.pk: Item(slot) for slot in slots}
    _place(items, attachments, sessions)
    days = _days(items)
    for day in days:
        _mark_now(day, at)
    return Schedule(days=days, sessions=list(sessions.values()))


def _slots(programme: Programme, at: datetime) -> Iterable[Slot]:
    return programme.slots.select_related("day", "session").prefetch_related(
        Prefetch("session__appearances", Appearance.objects.select_related("speaker", "municipality")),
        "session__municipalities",
        "session__topics",
        Prefetch("session__practice_examples", PracticeExample.objects.published(at)),
    )


def _place(items: dict[int, Item], attachments: Iterable[Attachment], sessions: dict[int, Session]) -> None:
    by_session = {item.slot.session_id: item for item in items.values() if item.slot.session_id}
    for attachment in attachments:
        if attachment.session_id in by_session:
            attachment.session = sessions[attachment.session_id]
            by_session[attachment.session_id].attachments.append(attachment)


def _days(items: dict[int, Item]) -> list[Day]:
    days: dict[int, Day] = {}
    for item in items.values():
        if item.slot.parent_id:
            items[item.slot.parent_id].children.append(item)
            continue
        day = days.setdefault(item.slot.day_id, Day(item.slot.day))
        day.items.append(item)
        item.number = sum(len(each.items) for each in days.values())
    return list(days.values())


def _mark_now(day: Day, at: datetime) -> None:
    """An item without a known duration lasts until the next one begins."""
    for item, following in zip_longest(day.timed, day.timed[1:]):
        ends = item.ends or (following.begins if following else None)
        item.is_now = ends is not None and item.begins is not None and item.begins <= at < ends
