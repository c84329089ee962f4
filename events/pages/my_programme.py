"""A visitor's own programme: chosen items, kept in the address only.

Each item is named by the first eight hexadecimal digits of its session's UUID: 32 bits, enough to tell the
items of one event apart.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import combinations
from urllib.parse import urlencode

from django.utils import timezone

from events.models import Event, Session, Slot
from events.programme.history import mark_changes, recent_changes
from events.programme.schedule import Day, Item, schedule

PARAMETER = "p"
KEY_LENGTH = 8
MOST = 200  # keys that are read
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Choice:
    """One item that can be chosen; `whole` is the item that it is a part of, if only that one has times."""

    key: str
    item: Item
    whole: Item
    is_chosen: bool

    @property
    def slot(self) -> Slot:
        return self.item.slot

    @property
    def session(self) -> Session:
        return self.slot.session  # type: ignore[return-value]  # choices have one

    @property
    def times(self) -> Slot:
        return self.whole.slot

    def collides_with(self, other: "Choice") -> bool:
        """Whether both take place at the same time, as far as it is known."""
        if self.slot.is_cancelled or other.slot.is_cancelled:
            return False
        spans = [(one.whole.begins, one.whole.ends) for one in (self, other)]
        (begins, ends), (later, _) = sorted(spans, key=lambda span: (span[0] is None, span[0] or NEVER))
        return later is not None and (begins == later or (ends is not None and ends > later))


@dataclass
class Round:
    """Choices that stand together: several that run in parallel under their `title`, or a single one."""

    title: str
    choices: list[Choice] = field(default_factory=list)


@dataclass
class ChoiceDay:
    day: Day
    rounds: list[Round]

    @property
    def chosen(self) -> list[Choice]:
        """In the order in which they begin."""
        chosen = [choice for one in self.rounds for choice in one.choices if choice.is_chosen]
        return sorted(chosen, key=lambda choice: (choice.times.begins is None, choice.times.begins or 0))


def my_programme(event: Event, keys: Iterable[str], at: datetime | None = None) -> dict:
    """The page for these keys; without any, whatever everybody attends is chosen to begin with."""
    at = at or timezone.now()
    wanted = set(list(keys)[:MOST])
    plan = schedule(event, event.current_release, [], at)
    days = [ChoiceDay(day, list(_rounds(day, wanted))) for day in plan.days]
    chosen = [choice for day in days for choice in day.chosen]
    known = {choice.key for day in days for one in day.rounds for choice in one.choices}
    recent = recent_changes(event, at) if event.is_upcoming(at) else []
    if recent:
        mark_changes(plan.slots, recent[0].changes)
    return {
        "section": "events",
        "event": event,
        "days": days,
        "chosen": chosen if wanted else [],
        "is_kept": bool(wanted),
        "collisions": [pair for pair in combinations(chosen, 2) if wanted and pair[0].collides_with(pair[1])],
        "missing": sum(len(key) == KEY_LENGTH for key in wanted - known),
        "query": address_query(choice.key for choice in chosen),
        "is_timed": any(choice.whole.begins for choice in chosen),
    }


def chosen_slots(event: Event, keys: Iterable[str]) -> Sequence[Slot]:
    return [choice.slot for choice in my_programme(event, keys)["chosen"]]


def address_query(keys: Iterable[str]) -> str:
    return urlencode([(PARAMETER, key) for key in keys])


def _rounds(day: Day, wanted: set[str]) -> Iterator[Round]:
    for item in day.items:
        parts = [child for child in item.children if child.slot.session] if item.slot.is_parallel else []
        if parts:
            choices = [_choice(part, item if part.slot.begins is None else part, wanted, False) for part in parts]
            yield Round(str(item.slot), choices)
        elif item.slot.session:
            yield Round("", [_choice(item, item, wanted, True)])


def _choice(item: Item, whole: Item, wanted: set[str], is_for_all: bool) -> Choice:
    session = item.slot.session
    key = session.uuid.hex[:KEY_LENGTH] if session else ""
    return Choice(key, item, whole, key in wanted if wanted else is_for_all and not item.slot.is_cancelled)
