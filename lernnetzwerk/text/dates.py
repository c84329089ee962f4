"""Which dates editors may enter: a typing error such as 31.12.9999 or 0217 is refused, in forms and by the database."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Q

FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)
IMPLAUSIBLE = f"Bitte ein Datum zwischen {FIRST.year} und {LAST.year} angeben."


def plausible(value: date) -> None:
    """Raises ValidationError for a date or moment outside of `FIRST` to `LAST`."""
    day = value.date() if isinstance(value, datetime) else value
    if not FIRST <= day <= LAST:
        raise ValidationError(IMPLAUSIBLE, code="implausible")


def is_plausible(*names: str) -> Q:
    """Condition for a database constraint: each of these date columns is empty or plausible."""
    condition = Q()
    for name in names:
        condition &= Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": FIRST, f"{name}__lte": LAST})
    return condition
