"""Warnings for editors before the release of a programme; none of them forbids it.

Works without queries on slots with day, session, its appearances (with speaker) and its municipalities, as
`loaded_slots` returns them; they may be unsaved. Cancelled slots are ignored.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

from events.models import Event, Session, Slot
from events.models.clock import DAY, HOUR, clock, is_skipped, length, shown

LONGEST, SHORTEST_GAP = 12 * HOUR, 15  # minutes; shorter gaps are for changing rooms
MUNICIPALITIES_SHOW = {Session.Kind.FORUM, Session.Kind.WORKSHOP}
NOBODY_NAMED = MUNICIPALITIES_SHOW | {Session.Kind.FORUM_PHASE}
OFTEN_BY_ALL = {Session.Kind.DISCUSSION, Session.Kind.CLOSING}


@dataclass(frozen=True)
class Finding:
    """One sentence about one slot; a hint is only shown, anything else has to be acknowledged."""

    slot: Slot
    text: str
    is_hint: bool = False


class Place:
    """A slot with its times in minutes after midnight; without own ones those of its parent."""

    def __init__(self, slot: Slot, parent: "Place | None") -> None:
        self.slot, self.parent = slot, parent
        self.begins, self.ends = slot.begins, slot.ends
        self.has_own_time = self.begins is not None
        if parent and self.begins is None:
            self.begins, self.ends = parent.begins, parent.ends

    def __str__(self) -> str:
        return f"„{self.slot}“" + (f" ({self.times})" if self.has_own_time else "")

    @property
    def start(self) -> int:
        """`begins` of a place that has a time; TypeError for one that has none."""
        if self.begins is None:
            raise TypeError("This place has no time.")
        return self.begins

    @property
    def times(self) -> str:
        return shown(self.start) if self.ends is None else f"{clock(self.start)}–{shown(self.ends)}"

    @property
    def is_parallel(self) -> bool:
        """Whether the parent's children run in parallel."""
        return self.parent is not None and self.parent.slot.is_parallel

    def runs_with(self, other: "Place") -> bool:
        """Whether the known times overlap; False for an item and its own child, which always do."""
        if self.slot.day_id != other.slot.day_id or self.parent is other or other.parent is self:
            return False
        if self.is_parallel and self.parent is other.parent and not (self.has_own_time and other.has_own_time):
            return True
        if not (self.has_own_time and other.has_own_time):
            return False
        return self.start < _end(other) and other.start < _end(self)


def _end(place: Place) -> int:
    """The end; with an unknown duration the end of the first minute."""
    return max(place.ends or 0, place.start + 1)


def findings(event: Event, slots: Sequence[Slot]) -> list[Finding]:
    """All findings, hints last, in programme order."""
    places = _places(slots)
    return _in_order([*_clashes(event, places), *_missing_times(places), *_incomplete(places)])


def clashes(event: Event, slots: Sequence[Slot]) -> list[Finding]:
    """Overlaps and free time only, for unsaved rows, whose missing values the editor sees anyway."""
    return _in_order(_clashes(event, _places(slots)))


def _clashes(event: Event, places: list[Place]) -> list[Finding]:
    return [*_double_rooms(places), *_double_speakers(places), *_misplaced_times(event, places), *_idle_times(places)]


def _in_order(found: list[Finding]) -> list[Finding]:
    return sorted(found, key=lambda finding: (finding.is_hint, finding.slot.order))


def _places(slots: Sequence[Slot]) -> list[Place]:
    """In programme order; children of a cancelled item are cancelled with it."""
    places: dict[int, Place] = {}
    stored = {slot.pk: slot for slot in slots if slot.pk}
    for slot in sorted(slots, key=lambda slot: slot.order):
        parent = _parent(slot, stored)
        if slot.status != Slot.Status.CANCELLED and (parent is None or parent.order in places):
            places[slot.order] = Place(slot, places[parent.order] if parent else None)
    return list(places.values())


def _parent(slot: Slot, stored: dict[int, Slot]) -> Slot | None:
    """Unsaved slots hold their parent as an object."""
    is_loaded = Slot._meta.get_field("parent").is_cached(slot)
    return slot.parent if is_loaded else stored.get(slot.parent_id or 0)


def _together(places: list[Place]) -> Iterator[tuple[Place, Place]]:
    return ((one, other) for one, other in combinations(places, 2) if one.runs_with(other))


def _double_rooms(places: list[Place]) -> Iterator[Finding]:
    by_room = defaultdict(list)
    for place in places:
        by_room[place.slot.room.strip().casefold()].append(place)
    by_room.pop("", None)
    for users in by_room.values():
        for one, other in _together(users):
            yield Finding(other.slot, f"Raum „{other.slot.room}“ ist doppelt belegt: {one} und {other}.")


def _double_speakers(places: list[Place]) -> Iterator[Finding]:
    by_speaker: dict[int, dict[Place, None]] = defaultdict(dict)
    names = {}
    for place in places:
        for appearance in place.slot.session.appearances.all() if place.slot.session else ():
            by_speaker[appearance.speaker_id][place] = None
            names[appearance.speaker_id] = appearance.name
    for speaker, taking_part in by_speaker.items():
        for one, other in _together(list(taking_part)):
            yield Finding(other.slot, f"{names[speaker]} ist zur gleichen Zeit in zwei Punkten: {one} und {other}.")


def _lists(places: list[Place]) -> list[list[Place]]:
    """Lists of consecutive items: those of a day, and the children of one item."""
    lists = defaultdict(list)
    for place in places:
        lists[place.slot.day_id, place.parent].append(place)
    return list(lists.values())


def _missing_times(places: list[Place]) -> Iterator[Finding]:
    for siblings in _lists(places):
        for place in siblings if any(place.has_own_time for place in siblings) else ():
            if not place.has_own_time:
                yield Finding(place.slot, f"{place} hat keinen Beginn, andere Punkte daneben haben einen.")


def _misplaced_times(event: Event, places: list[Place]) -> Iterator[Finding]:
    for place in places:
        yield from _implausible_times(place)
        if not _is_within(event, place.slot.day.date) and not place.parent:
            yield Finding(place.slot, f"{place} steht an einem Tag, der außerhalb des Treffens liegt.")
        if place.parent and _sticks_out(place, place.parent):
            yield Finding(place.slot, f"{place} liegt nicht in der Zeit von {place.parent}.")
    for siblings in _lists(places):
        for one, other in pairwise(place for place in siblings if place.has_own_time and not place.is_parallel):
            if other.start < (one.ends or one.start):
                yield Finding(other.slot, f"{other} beginnt, bevor {one} zu Ende ist.")


def _implausible_times(place: Place) -> Iterator[Finding]:
    if place.has_own_time and _end(place) > DAY:
        yield Finding(place.slot, f"{place} endet erst nach Mitternacht.")
    if place.has_own_time and place.slot.day.date and is_skipped(place.slot.day.date, place.start):
        yield Finding(place.slot, f"{place} beginnt zu einer Uhrzeit, die es wegen der Zeitumstellung nicht gibt.")
    if place.slot.duration and place.slot.duration > LONGEST:
        yield Finding(place.slot, f"{place} dauert {length(place.slot.duration)}. Stimmt das?")


def _is_within(event: Event, day: date | None) -> bool:
    if day is None or event.starts_on is None or event.ends_on is None:
        return True
    return event.starts_on <= day <= event.ends_on


def _sticks_out(place: Place, parent: Place) -> bool:
    """A discussion may end after its talk; parallel forums end with their phase."""
    if not (place.has_own_time and parent.has_own_time):
        return False
    is_late = place.is_parallel and parent.ends is not None and _end(place) > _end(parent)
    return place.start < parent.start or is_late


def _idle_times(places: list[Place]) -> Iterator[Finding]:
    """Free time between the items of a day, unless the first one's end is unknown."""
    for siblings in _lists([place for place in places if not place.parent]):
        for one, other in pairwise(siblings):
            ends = _last_end(one, places)
            if ends is not None and other.has_own_time and other.start - ends >= SHORTEST_GAP:
                idle = f"{other.start - ends} Minuten frei, und keine Pause steht im Programm"
                yield Finding(other.slot, f"Zwischen {one} und {other} sind {idle}.", is_hint=True)


def _last_end(place: Place, places: list[Place]) -> int | None:
    """The latest end of the item and its children; None if unknown."""
    timed = [child for child in places if child.parent is place and child.has_own_time]
    ends = [child.ends for child in timed] + ([place.ends] if place.ends is not None or not timed else [])
    known = [end for end in ends if end is not None]
    return max(known) if len(known) == len(ends) else None


def _incomplete(places: list[Place]) -> Iterator[Finding]:
    for place in places:
        if place.slot.status == Slot.Status.PROVISIONAL:
            yield Finding(place.slot, f"{place} ist noch vorläufig.")
        session = place.slot.session
        if session is None:
            continue
        if session.kind in MUNICIPALITIES_SHOW and not session.municipalities.all():
            yield Finding(place.slot, f"{place} nennt keine Kommune.")
        if session.kind not in NOBODY_NAMED and not session.appearances.all() and not session.municipalities.all():
            is_hint = session.kind in OFTEN_BY_ALL
            yield Finding(place.slot, f"{place} nennt niemanden, der mitwirkt.", is_hint)
