"""A programme version as a page reads it: days, their items, and each item's children."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import zip_longest
from typing import Any

from django.db.models import BigAutoField, Prefetch

from events.models import Appearance, Attachment, Event, EventDay, Programme, Session, Slot
from events.models.clock import last_end, moment, span
from events.programme.days import missing_days
from lernnetzwerk.operation.prepared_statements import Parameter, Prepared

OWNER: Any = Parameter("owner", BigAutoField())  # the key of the event or programme
DAYS = Prepared(lambda: EventDay.objects.filter(event=OWNER))
SLOTS = Prepared(
    lambda: (
        Slot.objects.filter(programme=OWNER)
        .select_related("session")
        .prefetch_related(
            Prefetch("session__appearances", Appearance.objects.select_related("speaker", "municipality")),
            "session__municipalities",
        )
    )
)
WHOLE_EVENT = 1  # the number of the only entry of an event whose days are not all known


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
        return _moment(self.slot.day, self.slot.begins)

    @property
    def ends(self) -> datetime | None:
        return _moment(self.slot.day, self.slot.ends)


@dataclass
class Day:
    """One day with its items; `begins` and `ends` are minutes after its midnight."""

    day: EventDay
    items: list[Item] = field(default_factory=list)

    @property
    def timed(self) -> list[Slot]:
        """The slots with a known begin that are not cancelled; a night's last."""
        slots = [item.slot for item in self.items if item.slot.begins is not None and not item.slot.is_cancelled]
        return sorted(slots, key=lambda slot: slot.begins or 0)

    @property
    def begins(self) -> int | None:
        return self.timed[0].begins if self.timed else None

    @property
    def ends(self) -> int | None:
        """The latest end; None if the last item's duration is unknown."""
        return last_end((slot.begins, slot.ends) for slot in self.timed)

    @property
    def starts_at(self) -> datetime | None:
        return _moment(self.day, self.begins)

    @property
    def ends_at(self) -> datetime | None:
        """Never before `starts_at`, also where a clock jumps."""
        begins, ends = self.starts_at, _moment(self.day, self.ends)
        return max(begins, ends, key=datetime.timestamp) if begins and ends else None

    @property
    def time_in_words(self) -> str:
        """`10:00 bis 16:30 Uhr`; empty if unknown."""
        return "" if self.begins is None else span(self.begins, self.ends)


def _moment(day: EventDay, minutes: int | None) -> datetime | None:
    return moment(day.held_on, minutes) if day.held_on and minutes is not None else None


@dataclass
class Schedule:
    """`days` have items; `dates` are all days of the event with a known date, the source for head and calendar."""

    days: list[Day]
    sessions: list[Session]
    dates: list[Day]

    @property
    def are_dates_timed(self) -> bool:
        return any(day.begins is not None for day in self.dates)

    @property
    def is_timed(self) -> bool:
        return any(item.slot.begins_at for item in self.items)

    @property
    def items(self) -> list[Item]:
        return [item for day in self.days for item in day.items]

    @property
    def slots(self) -> list[Slot]:
        """Of all items and their children."""
        return [one.slot for item in self.items for one in (item, *item.children)]

    @property
    def now(self) -> Item | None:
        """The item that runs at the schedule's moment `at`."""
        return next((item for item in self.items if item.is_now), None)


def schedule(event: Event, programme: Programme | None, attachments: Iterable[Attachment], at: datetime) -> Schedule:
    """Slots of `programme` in their order, nested, with the given attachments beside their sessions.

    Four queries, whatever the programme's size; a single one when there is no programme.
    """
    days = {day.pk: day for day in DAYS.rows(owner=event.pk)}
    for day in days.values():
        day.event = event
    if programme is None:
        return Schedule(days=[], sessions=[], dates=held_days(event, list(days.values())))
    slots = SLOTS.rows(owner=programme.pk)
    by_key = {slot.pk: slot for slot in slots}
    for slot in slots:
        slot.day = days[slot.day_id]
        slot.parent = by_key[slot.parent_id] if slot.parent_id else None
    sessions = {slot.session.pk: slot.session for slot in slots if slot.session}
    for session in sessions.values():
        session.event = event
    items = {slot.pk: Item(slot) for slot in slots}
    _place_attachments(items, attachments, sessions)
    shown = _days(items)
    for day in shown:
        _mark_now(day, at)
    return Schedule(shown, list(sessions.values()), held_days(event, list(days.values()), shown))


def held_days(event: Event, days: Sequence[EventDay], shown: Sequence[Day] = ()) -> list[Day]:
    """Every day on which the event takes place, in their order, with the items of those that are in `shown`.

    Stored days that miss the event's first or last day are completed. Empty where not each day is known: the event's
    dates are not known to the day, or it lasts longer than days are kept.
    """
    items = {day.day.pk: day for day in shown}
    held: dict[date | None, Day] = {day.held_on: items.get(day.pk) or Day(day) for day in days if day.held_on}
    if not {event.starts_on, event.ends_on} <= held.keys():
        held |= {day.held_on: Day(day) for day in missing_days(event, days)}
    is_complete = event.has_calendar and {event.starts_on, event.ends_on} <= held.keys()
    return [held[day] for day in sorted(day for day in held if day)] if is_complete else []


def held_days_of(events: Iterable[Event]) -> dict[int, list[Day]]:
    """As `held_days` with the items of the current releases, by key of the event; two queries for all events."""
    by_key = {event.pk: event for event in events}
    shown: dict[int, dict[int, Day]] = {key: {} for key in by_key}
    for stored in EventDay.objects.filter(event__in=by_key):
        stored.event = by_key[stored.event_id]
        shown[stored.event_id][stored.pk] = Day(stored)
    releases = {event.current_release_id: event.pk for event in by_key.values() if event.current_release_id}
    for slot in Slot.objects.filter(programme__in=releases, parent=None).order_by("programme", "order"):
        day = shown[releases[slot.programme_id]][slot.day_id]
        slot.day, slot.parent = day.day, None
        day.items.append(Item(slot))
    return {
        key: held_days(by_key[key], [day.day for day in days.values()], list(days.values()))
        for key, days in shown.items()
    }


def phase(event: Event, dates: Iterable[Day], at: datetime) -> Event.Phase:
    """As `Event.phase`, and for the programme that `dates` hold: the night after each day belongs to it, as it lasts.

    `dates` are those of a `Schedule` or of `held_days_of`.
    """
    running = (day for day in dates if day.starts_at and day.ends_at and day.starts_at <= at < day.ends_at)
    return Event.Phase.DURING if any(running) else event.phase(at)


def calendar_days(event: Event) -> dict[int, date]:
    """The entries of the event's calendar: their numbers and dates, a long event as one entry with number 1."""
    held = {day.day.number: day.day.date for day in held_days(event, list(event.days.all())) if day.day.date}
    return held or ({WHOLE_EVENT: event.starts_on} if event.has_calendar and event.starts_on else {})


def _place_attachments(items: dict[int, Item], attachments: Iterable[Attachment], sessions: dict[int, Session]) -> None:
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
    timed = [item for item in day.items if item.begins and not item.slot.is_cancelled]
    for item, following in zip_longest(timed, timed[1:]):
        ends = item.ends or (following.begins if following else None)
        item.is_now = ends is not None and item.begins is not None and item.begins <= at < ends
