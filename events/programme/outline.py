"""A programme version as a page reads it: days, their items, and what stands under each item."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch

from events.materials.models import Attachment
from events.meetings.models import Event, EventDay
from events.programme.models import Programme, Slot
from events.sessions.models import Appearance, Session
from practice.models import PracticeExample


@dataclass
class Item:
    slot: Slot
    number: int = 0
    attachments: list[Attachment] = field(default_factory=list)
    children: list["Item"] = field(default_factory=list)


@dataclass
class Day:
    day: EventDay
    items: list[Item] = field(default_factory=list)


@dataclass
class Outline:
    days: list[Day]
    sessions: list[Session]

    @property
    def is_timed(self) -> bool:
        return any(item.slot.begins_at for item in self.items)

    @property
    def items(self) -> list[Item]:
        return [item for day in self.days for item in day.items]


def outline(event: Event, programme: Programme | None, attachments: Iterable[Attachment], at: datetime) -> Outline:
    """Slots of `programme` in their order, nested, with the given attachments beside their sessions.

    Five queries, whatever the programme's size; none when there is no programme.
    """
    if programme is None:
        return Outline(days=[], sessions=[])
    slots = list(_slots(programme, at))
    sessions = {slot.session_id: slot.session for slot in slots if slot.session}
    for session in sessions.values():
        session.event = event
    items = {slot.pk: Item(slot) for slot in slots}
    _place(items, attachments, sessions)
    return Outline(days=_days(items), sessions=list(sessions.values()))


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
