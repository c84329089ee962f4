"""Snapshots of what a programme version shows: for the record, and for comparing two versions."""

import json
from collections.abc import Sequence

from django.core.serializers.json import DjangoJSONEncoder

from events.models import Event, Programme, Slot

SHOWN = (
    "session__appearances__speaker",
    "session__appearances__municipality",
    "session__municipalities",
    "session__topics",
)


def loaded_slots(programme: Programme) -> list[Slot]:
    """The slots in their order with all that a snapshot and the warnings read; seven queries at most."""
    return list(programme.slots.select_related("day", "session__event").prefetch_related(*SHOWN))


def as_stored(snapshot: dict) -> dict:
    """The snapshot as the database returns it: times and UUIDs are strings."""
    return json.loads(json.dumps(snapshot, cls=DjangoJSONEncoder))


def snapshot(event: Event, slots: Sequence[Slot]) -> dict:
    """All that these slots show; ids are the public UUIDs.

    Shape: {"event": {…}, "slots": [{"order", "parent", "day", "date", "begins_at", "is_after_midnight",
    "duration" (minutes), "day_part", "room", "status", "title", "session": {…} or None}, …]}; `parent` is the order of
    another slot. Snapshots of early releases have no "is_after_midnight".
    """
    orders = {slot.pk: slot.order for slot in slots}
    return {
        "event": {"uuid": event.uuid, "title": event.name, "dates": event.dates, "place": event.place},
        "slots": [
            {
                "order": slot.order,
                "parent": orders.get(slot.parent_id) if slot.parent_id else None,
                "day": slot.day.number,
                "date": slot.day.date,
                "is_parallel": slot.is_parallel,
                "begins_at": slot.begins_at,
                "is_after_midnight": slot.is_after_midnight,
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
        "appearances": [
            {
                "uuid": appearance.speaker.uuid,
                "name": appearance.name,
                "role": appearance.role,
                "affiliation": appearance.affiliation,
                "municipality": appearance.municipality.key if appearance.municipality else None,
            }
            for appearance in session.appearances.all()
        ],
    }
