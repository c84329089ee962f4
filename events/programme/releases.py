"""Releases a programme: makes a copy of the working version public."""

from dataclasses import dataclass
from hashlib import sha256

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.models import Attachment, Event, Programme, Slot
from events.programme.differences import Group, differences
from events.programme.snapshots import as_stored, loaded_slots, snapshot
from events.programme.structure import working_version
from events.programme.warnings import Finding, findings
from lernnetzwerk.visibility.models import Editorial, State
from practice.models import Municipality

COPIED = (
    "day_id",
    "order",
    "is_parallel",
    "begins_at",
    "is_after_midnight",
    "duration",
    "day_part",
    "room",
    "status",
    "session_id",
    "title",
)
EMPTY = "Das Programm ist leer und kann nicht freigegeben werden."
UNCHANGED = "Seit der letzten Freigabe hat sich nichts geändert."
OUTDATED = (
    "Das Programm wurde inzwischen freigegeben oder geändert. Bitte prüfen Sie die Änderungen unten noch einmal und "
    "geben Sie dann frei."
)


@dataclass(frozen=True)
class Review:
    """What an editor reads before a release; `seen` is a hash of exactly this content."""

    current: Programme | None
    groups: list[Group]
    warnings: list[Finding]
    hints: list[Finding]
    is_empty: bool
    is_over: bool
    seen: str

    @property
    def becomes_only_final(self) -> bool:
        """The programme is unchanged, but no longer provisional."""
        return not (self.groups or self.is_empty or (self.current and self.current.is_final))

    @property
    def refusal(self) -> str:
        """Why there is nothing to release; empty when there is something."""
        if self.is_empty:
            return EMPTY
        return "" if self.groups or self.becomes_only_final else UNCHANGED


def review(working: Programme) -> Review:
    """Compares with the event's current release; a fixed number of queries."""
    event = Event.objects.select_related("series", "host", "current_release").get(pk=working.event_id)
    current, slots = event.current_release, loaded_slots(working)
    before = as_stored(current.snapshot) if current and current.snapshot else None
    groups = differences(before, as_stored(snapshot(event, slots)), _municipalities()) if slots else []
    found = findings(event, slots)
    shown = [working.changed_at.isoformat(), current and current.number]
    shown += [sentence for group in groups for sentence in group.sentences] + [finding.text for finding in found]
    shown += becoming_public(working, slots)
    return Review(
        current=current,
        groups=groups,
        warnings=[finding for finding in found if not finding.is_hint],
        hints=[finding for finding in found if finding.is_hint],
        is_empty=not slots,
        is_over=not event.is_upcoming(),
        seen=sha256(repr(shown).encode()).hexdigest(),
    )


def becoming_public(working: Programme, slots: list[Slot]) -> list:
    """The last change of each row that becomes public with these slots: sessions, who speaks, released attachments."""
    sessions = [slot.session for slot in slots if slot.session]
    appearances = [appearance for session in sessions for appearance in session.appearances.all()]
    rows: list[Editorial] = [*sessions, *appearances, *(appearance.speaker for appearance in appearances)]
    attachments = Attachment.objects.filter(session__slots__programme=working, state=State.PUBLISHED).order_by("pk")
    return [(row.pk, row.changed_at) for row in rows] + list(attachments.values_list("pk", "changed_at"))


def _municipalities() -> dict[str, str]:
    return dict(Municipality.objects.order_by().values_list("key", "name"))


@transaction.atomic
def release(event: Event, note: str = "", is_final: bool = False, seen: str | None = None) -> Programme:
    """Copies the working version into a new numbered one and makes it the event's current release.

    Raises ValidationError if the working version is empty, or no longer matches `seen` (the hash of a `Review`).
    Concurrent releases wait for each other and get different numbers.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    working = working_version(event)
    if seen is not None and review(working).seen != seen:
        raise ValidationError(OUTDATED, code="outdated")
    slots = loaded_slots(working)
    if not slots:
        raise ValidationError(EMPTY)
    last = event.programmes.aggregate(last=Max("number"))["last"] or 0
    version = Programme.objects.create(
        event=event,
        number=last + 1,
        note=note,
        is_final=is_final,
        released_at=timezone.now(),
        snapshot=snapshot(event, slots),
    )
    _copy(slots, version)
    event.current_release = version
    event.save(update_fields=["current_release", "changed_at"])
    return version


def _copy(slots: list[Slot], version: Programme) -> None:
    copies: dict[int | None, Slot] = {}
    for slot in slots:
        values = {name: getattr(slot, name) for name in COPIED}
        copies[slot.pk] = Slot.objects.create(programme=version, parent=copies.get(slot.parent_id), **values)
