"""A series as a list of numbers: the documented events, and the missing numbers between them."""

from collections.abc import Iterable
from dataclasses import dataclass

from events.models import Event


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
