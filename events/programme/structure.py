"""The one place that writes the order and nesting of a programme."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Event, EventDay, Programme, Session, Slot
from events.programme.nights import mark_nights


@dataclass(frozen=True)
class Entry:
    """One line of a programme as an editor sees it: `indent` 0 for an item, 1 for a child of the item above.

    `begins_at` is a time of day in Europe/Berlin, `duration` is in minutes; either may be unknown. Without a `day` an
    item belongs to the day of the line above, the first one to the event's first day.
    """

    session: Session | None = None
    title: str = ""
    indent: int = 0
    day: EventDay | None = None
    is_parallel: bool = False
    begins_at: time | None = None
    duration: int | None = None
    day_part: str = ""
    room: str = ""
    status: str = Slot.Status.CONFIRMED

    def placement(self) -> dict:
        names = ("session", "title", "is_parallel", "begins_at", "duration", "day_part", "room", "status")
        return {name: getattr(self, name) for name in names}


def working_version(event: Event) -> Programme:
    """The version that editors change; created, together with a first day, if missing."""
    EventDay.objects.get_or_create(
        event=event, number=1, defaults={"date": event.starts_on if event.precision == "day" else None}
    )
    programme, _created = Programme.objects.get_or_create(event=event, number=None)
    return programme


@transaction.atomic
def write_programme(programme: Programme, entries: Sequence[Entry]) -> list[Slot]:
    """Replaces the slots of a working version by `entries`, in order; writes nothing if it raises ValidationError.

    Locks the event's row: concurrent editors wait for each other, and a release never sees half a programme.
    """
    Event.objects.select_for_update().get(pk=programme.event_id)
    check_structure(programme, entries)
    programme.slots.all().delete()
    slots = [
        Slot(programme=programme, order=order, day=day, **entry.placement())
        for order, (entry, day) in enumerate(_with_days(programme, entries), start=1)
    ]
    mark_nights(slots)
    parent = None
    for slot, entry in zip(slots, entries, strict=True):
        slot.parent = parent if entry.indent else None
        slot.full_clean(exclude=["programme"], validate_unique=False)
        slot.save()
        parent = parent if entry.indent else slot
    programme.save(update_fields=["changed_at"])
    return slots


def check_structure(programme: Programme, entries: Sequence[Entry]) -> None:
    """Raises ValidationError with a German sentence for each rule that needs more than one row."""
    problems = [
        *_version_problems(programme),
        *_nesting_problems(programme, entries),
        *_membership_problems(programme, entries),
    ]
    if problems:
        raise ValidationError(problems)


def _version_problems(programme: Programme) -> Iterator[str]:
    if not programme.is_working:
        yield "Freigegebene Fassungen lassen sich nicht ändern. Bitte ändern Sie die Arbeitsfassung."


def _nesting_problems(programme: Programme, entries: Sequence[Entry]) -> Iterator[str]:
    day = programme.event.days.filter(number=1).first()
    for line, (above, entry) in enumerate(zip([None, *entries], entries, strict=False), start=1):
        if entry.indent not in (0, 1):
            yield f"Zeile {line}: Unterpunkte haben nur eine Ebene."
        if entry.indent and above is None:
            yield "Der erste Programmpunkt kann kein Unterpunkt sein."
        if entry.indent and entry.is_parallel:
            yield f"Zeile {line}: Ein Unterpunkt hat keine eigenen Unterpunkte."
        if entry.indent and above and entry.day and entry.day != day:
            yield f"Zeile {line}: Ein Unterpunkt steht am selben Tag wie sein Oberpunkt."
        day = day if entry.indent else entry.day or day


def _membership_problems(programme: Programme, entries: Sequence[Entry]) -> Iterator[str]:
    for line, entry in enumerate(entries, start=1):
        if entry.session and entry.session.event_id != programme.event_id:
            yield f"Zeile {line}: Der Beitrag „{entry.session}“ gehört zu einem anderen Treffen."
        if entry.day and entry.day.event_id != programme.event_id:
            yield f"Zeile {line}: Der Tag gehört zu einem anderen Treffen."
    sessions = Counter(entry.session for entry in entries if entry.session)
    for session, times in sessions.items():
        if times > 1:
            yield f"Der Beitrag „{session}“ steht mehrfach im Programm."


def _with_days(programme: Programme, entries: Sequence[Entry]) -> Iterator[tuple[Entry, EventDay]]:
    day = None
    for entry in entries:
        if not entry.indent or day is None:
            day = entry.day or day or programme.event.days.get_or_create(number=1)[0]
        yield entry, day
