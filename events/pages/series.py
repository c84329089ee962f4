"""A series as a ladder of numbers: the meetings that are documented, and the gaps between them."""

from collections.abc import Iterable
from dataclasses import dataclass

from events.models import Event


@dataclass(frozen=True)
class NumberedEntry:
    """One numbered meeting, or a gap of the numbers `first` to `last` of which nothing is documented."""

    first: int
    last: int
    event: Event | None = None

    @property
    def numbers(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def numbered_entries(events: Iterable[Event]) -> list[NumberedEntry]:
    """The highest number first, down to number 1; meetings without a number have no place on it."""
    entries: list[NumberedEntry] = []
    free = 1
    numbered = [(event.number, event) for event in events if event.number]
    for number, event in sorted(numbered, key=lambda pair: pair[0]):
        if number > free:
            entries.append(NumberedEntry(free, number - 1))
        entries.append(NumberedEntry(number, number, event))
        free = number + 1
    return entries[::-1]
