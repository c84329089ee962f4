"""Releasing a programme: from here on the public reads this version."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from events.meetings.models import Event
from events.programme.models import Programme, Slot
from events.programme.structure import working_version

COPIED = (
    "day_id",
    "order",
    "is_parallel",
    "begins_at",
    "duration",
    "day_part",
    "room",
    "status",
    "session_id",
    "title",
)


@transaction.atomic
def release(event: Event, note: str = "") -> Programme:
    """Copies the working version into a new numbered one and makes it the meeting's current release.

    Raises ValidationError when the working version is empty. Two releases at once take turns and get two numbers.
    """
    event = Event.objects.select_for_update().get(pk=event.pk)
    working = working_version(event)
    slots = list(working.slots.select_related("day", "session__event").prefetch_related(*SHOWN))
    if not slots:
        raise ValidationError("Das Programm ist noch leer; es gibt nichts freizugeben.")
    last = event.programmes.aggregate(last=Max("number"))["last"] or 0
    version = Programme.objects.create(
        event=event, number=last + 1, note=note, released_at=timezone.now(), snapshot=_snapshot(event, slots)
    )
    _copy(slots, version)
    event.current_release = version
    event.save(update_fields=["current_release", "changed_at"])
    return version


SHOWN = (
    "session__appearances__speaker",
    "session__appearances__municipality",
    "session__municipalities",
    "session__topics",
)


def _copy(slots: list[Slot], version: Programme) -> None:
    copies = {}
    for slot in slots:
        values = {name: getattr(slot, name) for name in COPIED}
        copies[slot.pk] = Slot.objects.create(programme=version, parent=copies.get(slot.parent_id), **values)


def _snapshot(event: Event, slots: list[Slot]) -> dict:
    """What this release showed, for the record and for comparing; ids are the public UUIDs.

    Shape: {"event": {…}, "slots": [{"order", "parent", "day", "date", "begins_at", "duration" (minutes), "day_part",
    "room", "status", "title", "session": {…} or None}, …]}; `parent` is the order of another slot.
    """
    orders = {slot.pk: slot.order for slot in slots}
    return {
        "event": {"uuid": event.uuid, "title": event.name, "dates": event.dates, "place": event.place},
        "slots": [
            {
                "order": slot.order,
                "parent": orders.get(slot.parent_id),
                "day": slot.day.number,
                "date": slot.day.date,
                "is_parallel": slot.is_parallel,
                "begins_at": slot.begins_at,
                "duration": slot.duration,
                "day_part": slot.day_part,
                "room": slot.room,
                "status": slot.status,
                "title": str(slot),
                "session": _session(slot),
            }
            for slot in slots
        ],
    }


def _session(slot: Slot) -> dict | None:
    if slot.session is None:
        return None
    session = slot.session
    return {
        "uuid": session.uuid,
        "slug": session.slug,
        "kind": session.kind,
        "title": session.title,
        "subtitle": session.subtitle,
        "abstract": session.abstract,
        "results": session.results,
        "municipalities": [town.key for town in session.municipalities.all()],
        "topics": [topic.name for topic in session.topics.all()],
        "people": [
            {
                "uuid": person.speaker.uuid,
                "name": person.name,
                "role": person.role,
                "affiliation": person.affiliation,
                "municipality": person.municipality.key if person.municipality else None,
            }
            for person in session.appearances.all()
        ],
    }
