"""A series as a list of numbers: the documented events, and the missing numbers between them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from events.models import Event, Series

PER_PAGE = 30


@dataclass(frozen=True)
class NumberedEntry:
    """One numbered event, or the undocumented numbers `first` to `last`."""

    first: int
    last: int
    event: Event | None = None

    @property
    def numbers(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def numbered_entries(events: Iterable[Event]) -> list[NumberedEntry]:
    """The highest number first, down to number 1; events without a number are left out."""
    entries: list[NumberedEntry] = []
    free = 1
    numbered = [(event.number, event) for event in events if event.number]
    for number, event in sorted(numbered, key=lambda pair: pair[0]):
        if number > free:
            entries.append(NumberedEntry(free, number - 1))
        entries.append(NumberedEntry(number, number, event))
        free = number + 1
    return entries[::-1]


def series_page(series: Series, number: str | None) -> dict:
    """One page: the numbers, the highest first, then events without a number; only its events are loaded."""
    events = list(series.events.published().in_order().only("number", "series"))
    entries = numbered_entries(events)
    unnumbered = [event for event in events if not event.number]
    rows: list[Any] = [*entries, *unnumbered]
    page = Paginator(rows, PER_PAGE).get_page(number)
    shown = [(row, row.event if isinstance(row, NumberedEntry) else row) for row in page.object_list]
    cards = Event.objects.published().for_cards().in_bulk([event.pk for _row, event in shown if event])
    shown = [(row, cards[event.pk] if event else None) for row, event in shown]
    return {
        "section": "events",
        "series": series,
        "total": len(events),
        "last": entries[0].last if entries else None,
        "entries": [replace(row, event=event) for row, event in shown if isinstance(row, NumberedEntry)],
        "unnumbered": [event for row, event in shown if not isinstance(row, NumberedEntry)],
        "page": page,
        "query": QueryDict(),  # no parameters to keep between pages
    }
