"""Dates known to the day, month or year, or unknown."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format


class Precision(models.TextChoices):
    DAY = "day", "auf den Tag"
    MONTH = "month", "auf den Monat"
    YEAR = "year", "auf das Jahr"
    UNKNOWN = "unknown", "Datum nicht bekannt"


def last_day(day: date, precision: str) -> date:
    """The last day that `day` may mean: itself, or the end of its month or year."""
    if precision == Precision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    return day


def german_dates(first: date | None, last: date | None, precision: str, days: Sequence[date] = ()) -> str:
    """`17.–18. März 2027`, `7. und 14. Mai 2027`, `März 2027`, `2027` or `Datum nicht bekannt`.

    `days` are all days in their order, if there are gaps between them.
    """
    if first is None or last is None or precision == Precision.UNKNOWN:
        return Precision.UNKNOWN.label
    if precision == Precision.YEAR:
        return _span(str(first.year), str(last.year))
    if precision == Precision.MONTH:
        return _span(date_format(first, "F Y"), date_format(last, "F Y"))
    *before, end = runs(days) or [(first, last)]
    parts = [_run(*run, following=later) for run, (later, _) in zip(before, [*before, end][1:], strict=True)]
    return f"{', '.join(parts)} und {_days(*end)}" if parts else _days(*end)


def runs(days: Sequence[date]) -> list[tuple[date, date]]:
    """First and last day of each row of days without a gap."""
    found: list[tuple[date, date]] = []
    for day in days:
        is_next = bool(found) and day - found[-1][1] == timedelta(days=1)
        found[-1:] = [(found[-1][0], day)] if is_next else [*found[-1:], (day, day)]
    return found


def _run(first: date, last: date, following: date) -> str:
    """As `_days`, without the month or the year that `following` repeats."""
    if (last.year, last.month) == (following.year, following.month):
        style = "j."
    else:
        style = "j. F" if last.year == following.year else "j. F Y"
    end = date_format(last, style)
    if first == last:
        return end
    return f"{first.day}.–{end}" if first.month == last.month else f"{date_format(first, 'j. F')} – {end}"


def _days(first: date, last: date) -> str:
    end = date_format(last, "j. F Y")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{end}"
    return f"{date_format(first, 'j. F' if first.year == last.year else 'j. F Y')} – {end}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"
