"""The days of an event: made from its first and last day, and moved with them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count
from django.utils.formats import date_format

from events.models import Event, EventDay, FormerDay, Slot
from events.models.dates import Precision

MOST_DAYS = 14
Dates = Mapping[int, date | None]  # by the number of the day


def complete_days(event: Event) -> int:
    """Adds a day for each date from the first to the last one; returns how many.

    Days that an editor dated otherwise stay unchanged, such as an event on two Fridays.
    """
    present = {day.number: day for day in event.days.all()}
    completed = _completed(event, {number: day.date for number, day in present.items()})
    for number, day in present.items():
        if day.date != completed[number]:
            day.date = completed[number]
            day.save(update_fields=["date"])
    missing = [EventDay(event=event, number=number, date=completed[number]) for number in completed.keys() - present]
    EventDay.objects.bulk_create(missing)
    event.remember_days()
    return len(missing)


def _completed(event: Event, dates: Dates) -> dict[int, date | None]:
    wanted = dict(enumerate(_span(event), start=1))
    if any(day and wanted.get(number) != day for number, day in dates.items()):
        return dict(dates)
    return {**dates, **wanted}


def _span(event: Event) -> list[date]:
    """The dates from the first to the last day, at most `MOST`; empty unless they are known to the day."""
    if event.precision != Precision.DAY or not event.starts_on or not event.ends_on:
        return []
    length = min((event.ends_on - event.starts_on).days + 1, MOST_DAYS)
    return [event.starts_on + timedelta(days=number) for number in range(length)]


def missing_days(event: Event, days: Sequence[EventDay]) -> list[EventDay]:
    """Unsaved days for the dates on which the event takes place, but that no stored day has."""
    taken = {day.number for day in days if day.held_on}
    dated = {day.held_on for day in days}
    missing = []
    for number, day in enumerate(_span(event), start=1):
        if day not in dated:
            free = number if number not in taken else max(taken) + 1
            taken.add(free)
            missing.append(EventDay(event=event, number=free, date=day))
    return missing


@dataclass(frozen=True)
class Move:
    """How days follow the new dates of their event. A day that is missing in `after` is deleted.

    `items` counts the programme items of each day. A day with items is kept without a date where it has none now.
    """

    before: Dates
    after: Dates
    items: Mapping[int, int]

    @property
    def key(self) -> str:
        """The same for the same move: an editor confirms exactly what was shown."""
        return " ".join(f"{number}:{day or ''}" for number, day in sorted(self.after.items()))

    @property
    def sentences(self) -> list[str]:
        return list(self._sentences())

    def _sentences(self) -> Iterator[str]:
        for number in sorted({*self.before, *self.after}):
            old, new = self.before.get(number), self.after.get(number)
            if number not in self.after:
                yield f"Tag {number} ({_german(old)}) entfällt."
            elif old and new is None:
                yield f"Tag {number} ({_german(old)}) entfällt. {_waiting(self.items[number])}"
            elif number not in self.before:
                yield f"Tag {number} kommt hinzu: {_german(new)}"
            elif old != new:
                yield f"Tag {number}: {_german(old)} → {_german(new)}"

    @transaction.atomic
    def apply(self, event: Event) -> None:
        """Without dates for a moment, as two days of an event never have the same."""
        event.days.filter(number__in=self.before.keys() - self.after.keys()).delete()
        event.days.update(date=None)
        days = {day.number: day for day in event.days.all()}
        for number, moved in self.after.items():
            day = days.get(number) or EventDay(event=event, number=number)
            day.date = moved
            day.save()
        event.remember_days()


def _german(day: date | None) -> str:
    return date_format(day, "D j. F Y") if day else "ohne Datum"


def _waiting(number: int) -> str:
    items = "Ein Programmpunkt bleibt" if number == 1 else f"{number} Programmpunkte bleiben"
    return f"{items} dort ohne Datum stehen; bitte im Programm auf einen anderen Tag setzen."


def plan_move(event: Event, dates: Dates) -> Move | None:
    """How the days would follow the dates of `event` (saved or not); None where they fit already.

    They fit if their first and last one are the event's. All move by as many days as the first one; what lies behind
    the event's last day then falls away, and the last one left goes to the event's last day.
    """
    if event.starts_on is None or event.ends_on is None or _have_same_span(event, _completed(event, dates)):
        return None
    shift = event.starts_on - min(filter(None, dates.values()))
    moved = {number: day and day + shift for number, day in dates.items()}
    moved = {number: day if day and day <= event.ends_on else None for number, day in moved.items()}
    moved = _completed(event, moved)
    if not _have_same_span(event, moved):
        moved[max(number for number, day in moved.items() if day)] = event.ends_on
    if not _have_same_span(event, moved):
        moved = _completed(event, dict.fromkeys(moved))
    items = _items(event)
    lost = {number for number, day in moved.items() if day is None and dates.get(number) and not items[number]}
    return Move(dates, {number: day for number, day in moved.items() if number not in lost}, items)


def _have_same_span(event: Event, dates: Dates) -> bool:
    known = [day for day in dates.values() if day]
    if event.precision != Precision.DAY or not known:
        return True
    is_long = len(known) >= MOST_DAYS
    return min(known) == event.starts_on and (max(known) == event.ends_on or (is_long and event.is_held_on(max(known))))


def _items(event: Event) -> Counter[int]:
    """The number of items of each day, in the version that has most of them there."""
    counted = Slot.objects.filter(day__event=event.pk).order_by().values("programme", "day__number")
    items: Counter[int] = Counter()
    for row in counted.annotate(number=Count("pk")):
        items[row["day__number"]] = max(items[row["day__number"]], row["number"])
    return items


def keep_former_days(event: Event, before: Dates, after: Dates) -> None:
    """Keeps which days the public calendar had `before` and has no longer, so that it cancels them."""
    for number, day in before.items():
        if day and number not in after:
            dates = {"begins_on": day, "ends_on": day}
            FormerDay.objects.update_or_create(event=event, number=number, defaults=dates)
    event.former_days.filter(number__in=after).delete()
