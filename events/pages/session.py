"""What a session's page shows: the session, and the slots before, after and parallel to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import BigAutoField, Prefetch, prefetch_related_objects
from django.utils import timezone

from events.models import Appearance, Attachment, Programme, Session, Slot
from events.models.event_queryset import load_new_date
from events.pages.structured_data import session_data
from events.programme.history import mark_changes, recent_changes
from lernnetzwerk.operation.prepared_statements import AT, Parameter, Prepared
from practice.models import PracticeExample, Topic

SESSION: Any = Parameter("session", BigAutoField())
PROGRAMME: Any = Parameter("programme", BigAutoField())
ATTACHMENTS = Prepared(lambda: Attachment.objects.published(AT).filter(session=SESSION).select_related("stored_file"))
EXAMPLES = Prepared(
    lambda: PracticeExample.objects.published(AT).filter(sessions=SESSION).prefetch_related("municipalities")
)
TOPICS = Prepared(lambda: Topic.objects.filter(sessions=SESSION))
SLOTS = Prepared(lambda: Slot.objects.filter(programme=PROGRAMME).select_related("session", "day"))
NAMED = (Prefetch("appearances", Appearance.objects.select_related("speaker", "municipality")), "municipalities")


def session_page(session: Session, programme: Programme | None, at: datetime | None = None) -> dict:
    """The public page of `session` as it stands in `programme`, at the moment `at` (default: now)."""
    at = at or timezone.now()
    load_new_date(session.event, at)
    page = _page(session, programme, ATTACHMENTS.rows(session=session.pk, at=at), at)
    recent = recent_changes(session.event, at) if session.event.is_upcoming(at) else []
    if recent and page["slot"]:
        mark_changes([page["slot"]], recent[0].changes)
    return {**page, "data": session_data(page["session"], page["slot"])}


def session_preview(session: Session, programme: Programme | None) -> dict:
    """The same page for editors, also with unpublished attachments."""
    return _page(session, programme, session.attachments.select_related("stored_file"), timezone.now())


def _page(session: Session, programme: Programme | None, attachments: Iterable[Attachment], at: datetime) -> dict:
    slots = _slots(session, programme)
    own = _own(session, slots)
    surroundings = _surroundings(own, slots)
    if own and own.session:
        session = own.session  # the same row
    prefetch_related_objects([session, *_sessions(surroundings)], *NAMED)
    shown = list(attachments)
    for attachment in shown:
        attachment.session = session
    return {
        "section": "events",
        "session": session,
        "event": session.event,
        "slot": own,
        "when": _with_times(own),
        "attachments": shown,
        "topics": TOPICS.rows(session=session.pk),
        "examples": EXAMPLES.rows(session=session.pk, at=at),
        "description": session.abstract or _description(session),
        **surroundings,
    }


def own_slot(session: Session, programme: Programme | None) -> Slot | None:
    """The slot of the session in `programme`, with all that its name and times need."""
    own = _own(session, _slots(session, programme))
    if own and own.session:
        prefetch_related_objects([own.session], *NAMED)
    return own


def _own(session: Session, slots: list[Slot]) -> Slot | None:
    return next((slot for slot in slots if slot.session_id == session.pk), None)


def _sessions(surroundings: dict) -> list[Session]:
    """The sessions that the page names besides its own."""
    slots = [surroundings.get(place) for place in ("parent", "previous", "next")]
    slots += [*surroundings.get("children", []), *surroundings.get("parallel", [])]
    return [slot.session for slot in slots if slot and slot.session]


def _description(session: Session) -> str:
    speakers = f" mit {session.contributors}" if session.contributors else ""
    return f"{session.get_kind_display()}{speakers} beim Treffen „{session.event.name_and_dates}“"


def _slots(session: Session, programme: Programme | None) -> list[Slot]:
    if programme is None:
        return []
    slots = SLOTS.rows(programme=programme.pk)
    by_key = {slot.pk: slot for slot in slots}
    for slot in slots:
        slot.parent = by_key[slot.parent_id] if slot.parent_id else None
        slot.day.event = session.event
        if slot.session:
            slot.session.event = session.event
    return slots


def _with_times(own: Slot | None) -> Slot | None:
    """The slot itself, or the one that it belongs to if only that has times."""
    return own.parent if own and own.parent and own.begins is None else own


def _surroundings(own: Slot | None, slots: list[Slot]) -> dict:
    """Parent, children, parallel slots, and the previous and next slot for a participant of this one."""
    if own is None:
        return {}
    parent = next((slot for slot in slots if slot.pk == own.parent_id), None)
    is_parallel = parent is not None and parent.is_parallel
    level = parent if parent and is_parallel else own
    siblings = [slot for slot in slots if slot.parent_id == own.parent_id and slot.session_id]
    previous, following = _neighbours(level, slots)
    if parent and not is_parallel:
        previous = previous or (parent if parent.session_id else None)
        following = following or _neighbours(parent, slots)[1]
    return {
        "parent": parent,
        "children": [slot for slot in slots if slot.parent_id == own.pk],
        "parallel": [slot for slot in siblings if slot != own] if is_parallel else [],
        "previous": previous,
        "next": following,
    }


def _neighbours(slot: Slot, slots: list[Slot]) -> tuple[Slot | None, Slot | None]:
    """The slots before and after on the same level, without breaks."""
    level = [other for other in slots if other.parent_id == slot.parent_id and (other.session_id or other == slot)]
    place = level.index(slot)
    return (level[place - 1] if place else None), (level[place + 1] if place + 1 < len(level) else None)
