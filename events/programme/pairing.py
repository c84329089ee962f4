"""Pairs the items of an earlier version of a programme with those of a later one.

Items are the slots of a stored snapshot. Sessions are paired by their public UUID. Breaks have none: they are paired
with the nearest one of the same title, else with the one in the same place.
"""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import time
from functools import cached_property

UNKNOWN_DISTANCE = 24 * 60


@dataclass(frozen=True)
class Item:
    """One slot of a snapshot; `above` and `below` are the names of its neighbours."""

    slot: dict
    parent: int | None
    above: str
    below: str

    @property
    def order(self) -> int:
        return self.slot["order"]

    @property
    def title(self) -> str:
        return self.slot["title"]

    @property
    def session(self) -> dict | None:
        return self.slot["session"]

    @property
    def name(self) -> str:
        """The session's UUID, or the title of a break."""
        return self.session["uuid"] if self.session else self.title

    @property
    def begins_at(self) -> time | None:
        return time.fromisoformat(self.slot["begins_at"]) if self.slot["begins_at"] else None

    @property
    def day(self) -> int:
        return self.slot["day"]


def items(snapshot: dict) -> list[Item]:
    slots = sorted(snapshot.get("slots", []), key=lambda slot: slot["order"])
    names = ["", *(slot["session"]["uuid"] if slot["session"] else slot["title"] for slot in slots), ""]
    return [
        Item(slot, slot["parent"], above, below) for slot, above, below in zip(slots, names, names[2:], strict=False)
    ]


@dataclass(frozen=True)
class Pairing:
    """`pairs` are in the later order."""

    pairs: list[tuple[Item, Item]]
    removed: list[Item]
    added: list[Item]

    @cached_property
    def later_order(self) -> dict[int, int]:
        """From an item's order in the earlier version to its order in the later one."""
        return {before.order: after.order for before, after in self.pairs}

    def has_new_parent(self, before: Item, after: Item) -> bool:
        """False if only the parent's place changed."""
        return after.parent != (self.later_order.get(before.parent, -1) if before.parent else None)


def pair(before: dict, after: dict) -> Pairing:
    earlier, later = items(before), items(after)
    pairs = _same_sessions(earlier, later)
    pairs += _nearest(*_unpaired(earlier, later, pairs), by_title=True)
    pairs += _nearest(*_unpaired(earlier, later, pairs), by_title=False)
    removed, added = _unpaired(earlier, later, pairs, breaks_only=False)
    return Pairing(sorted(pairs, key=lambda both: both[1].order), removed, added)


def _same_sessions(earlier: list[Item], later: list[Item]) -> list[tuple[Item, Item]]:
    known = {item.session["uuid"]: item for item in earlier if item.session}
    return [(known[item.session["uuid"]], item) for item in later if item.session and item.session["uuid"] in known]


def _unpaired(
    earlier: list[Item], later: list[Item], pairs: list[tuple[Item, Item]], breaks_only: bool = True
) -> tuple[list[Item], list[Item]]:
    """The items that are in no pair yet."""
    taken = {before.order for before, _ in pairs}, {after.order for _, after in pairs}
    left = [
        [item for item in side if item.order not in orders and not (breaks_only and item.session)]
        for side, orders in zip((earlier, later), taken, strict=True)
    ]
    return left[0], left[1]


def _nearest(earlier: list[Item], later: list[Item], by_title: bool) -> list[tuple[Item, Item]]:
    """Each item is in at most one pair, the nearest ones first."""
    fits = _has_same_title if by_title else _stands_in_same_place
    found = [(before, after) for before in earlier for after in later if fits(before, after)]
    pairs: list[tuple[Item, Item]] = []
    used: set[tuple[str, int]] = set()
    for before, after in sorted(found, key=lambda both: _distance(*both)):
        if not {("before", before.order), ("after", after.order)} & used:
            used |= {("before", before.order), ("after", after.order)}
            pairs.append((before, after))
    return pairs


def _has_same_title(before: Item, after: Item) -> bool:
    return before.title == after.title


def _stands_in_same_place(before: Item, after: Item) -> bool:
    """True for a break that was only renamed."""
    is_between_the_same = (before.above, before.below) == (after.above, after.below)
    is_at_the_same_time = before.begins_at is not None and before.begins_at == after.begins_at
    return before.day == after.day and (is_between_the_same or is_at_the_same_time)


def _distance(before: Item, after: Item) -> tuple[int, ...]:
    strangers = (before.above != after.above) + (before.below != after.below)
    return (abs(before.day - after.day), _minutes(before, after), strangers, abs(before.order - after.order))


def _minutes(before: Item, after: Item) -> int:
    if before.begins_at is None or after.begins_at is None:
        return 0 if before.begins_at == after.begins_at else UNKNOWN_DISTANCE
    one, other = before.begins_at, after.begins_at
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def moved(orders: list[int]) -> set[int]:
    """The fewest numbers to remove so that the others increase."""
    ends: list[int] = []
    places: list[int] = []
    for order in orders:
        place = bisect_left(ends, order)
        ends[place : place + 1] = [order]
        places.append(place)
    staying, length = set(), len(ends) - 1
    for order, place in zip(reversed(orders), reversed(places), strict=True):
        if place == length:
            staying.add(order)
            length -= 1
    return set(orders) - staying
