"""Dates known to the day, month or year, or unknown."""

from calendar import monthrange
from datetime import date

from django.db import models
from django.utils.formats import date_format


class Precision(models.TextChoices):
    DAY = "day", "auf den Tag"
    MONTH = "month", "auf den Monat"
    YEAR = "year", "auf das Jahr"
    UNKNOWN = "unknown", "Datum nicht dokumentiert"


def last_day(day: date, precision: str) -> date:
    """The last day that `day` may mean: itself, or the end of its month or year."""
    if precision == Precision.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    if precision == Precision.YEAR:
        return day.replace(month=12, day=31)
    return day


def german_dates(first: date | None, last: date | None, precision: str) -> str:
    """`17.–18. März 2027`, `März 2027`, `2027` or `Datum nicht dokumentiert`."""
    if first is None or last is None or precision == Precision.UNKNOWN:
        return Precision.UNKNOWN.label
    if precision == Precision.YEAR:
        return _span(str(first.year), str(last.year))
    if precision == Precision.MONTH:
        return _span(date_format(first, "F Y"), date_format(last, "F Y"))
    return _days(first, last)


def _days(first: date, last: date) -> str:
    end = date_format(last, "j. F Y")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}.–{end}"
    return f"{date_format(first, 'j. F' if first.year == last.year else 'j. F Y')} – {end}"


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first} – {last}"
