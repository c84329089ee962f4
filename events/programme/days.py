"""The days of an event, derived from its dates."""

from datetime import timedelta

from events.models import Event
from events.models.dates import Precision

MOST = 14


def complete_days(event: Event) -> int:
    """Adds a day for each date from the first to the last one; returns how many.

    Days that an editor dated otherwise stay unchanged, such as an event on two Fridays.
    """
    if event.precision != Precision.DAY or not event.starts_on or not event.ends_on:
        return 0
    length = min((event.ends_on - event.starts_on).days + 1, MOST)
    wanted = {number: event.starts_on + timedelta(days=number - 1) for number in range(1, length + 1)}
    present = {day.number: day for day in event.days.all()}
    if any(day.date and wanted.get(day.number) != day.date for day in present.values()):
        return 0
    for number, day in present.items():
        if day.date is None and number in wanted:
            day.date = wanted[number]
            day.save(update_fields=["date"])
    missing = [event.days.model(event=event, number=number, date=wanted[number]) for number in wanted.keys() - present]
    event.days.bulk_create(missing)
    return len(missing)
