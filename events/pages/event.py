"""What an event's page shows, in a fixed number of queries."""

from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any, cast

from django.db.models import BigAutoField, F, Prefetch, Q, prefetch_related_objects
from django.utils import timezone

from events.attachments.zip_export import ZipExport
from events.models import Attachment, Event, Programme, Session, Slot
from events.models.attachment import counts_by_kind
from events.models.attachment_queryset import AttachmentQuerySet
from events.pages.structured_data import event_data
from events.programme.history import Change, mark_changes, recent_changes
from events.programme.schedule import Schedule, phase, schedule
from lernnetzwerk.operation.prepared_statements import AT, Parameter, Prepared
from practice.models import PracticeExample, Topic

EVENT, PROGRAMME, SERIES = (cast(Any, Parameter(name, BigAutoField())) for name in ("event", "programme", "series"))
ATTACHMENTS = Prepared(lambda: _attachments(EVENT).published(AT))
TOPICS = Prepared(
    lambda: Topic.objects.filter(
        Q(pk__in=Event.topics.through.objects.filter(event=EVENT).values("topic"))
        | Q(pk__in=Session.topics.through.objects.filter(session__slots__programme=PROGRAMME).values("topic"))
    )
)


def _others(key: str) -> Prepared:
    """The other events of a series that have a value for `key`, in its order."""
    series = Event.objects.select_related("series").filter(series=SERIES).exclude(pk=EVENT)
    return Prepared(lambda: series.published(AT).filter(**{f"{key}__isnull": False}).order_by(F(key).asc(), "pk"))


OTHERS = {key: _others(key) for key in ("position", "starts_on")}


def event_page(event: Event, programme: Programme | None, at: datetime | None = None) -> dict:
    """The public page of `event` showing `programme`, as it is at the moment `at` (default: now)."""
    at = at or timezone.now()
    attachments = ATTACHMENTS.rows(event=event.pk, at=at)
    page = _page(event, programme, attachments, at)
    plan = page["schedule"]
    changes = _recent_changes(event, plan, at) if page["phase"] != Event.Phase.AFTER else []
    return {**page, "changes": changes, "data": event_data(event, plan)}


def event_preview(event: Event, programme: Programme | None) -> dict:
    """The same page for editors, also with unpublished attachments.

    Its pictures have addresses below its own: the public addresses only deliver what is public.
    """
    attachments = list(previewed_attachments(event))
    for attachment in attachments:
        if attachment.has_cover or attachment.poster_id:
            attachment.preview_cover = f"titelbilder/{attachment.uuid}"
    page = _page(event, programme, attachments, timezone.now())
    return {**page, "picture": replace(event.picture, address="bild") if event.picture else None}


def previewed_attachments(event: Event) -> AttachmentQuerySet:
    """The event's own, and those of the sessions in its working version."""
    placed = Slot.objects.filter(programme__event=event, programme__number=None).values("session")
    return _attachments(event).filter(Q(event=event) | Q(session__in=placed))


def _attachments(event: Event) -> AttachmentQuerySet:
    owned = Attachment.objects.filter(Q(event=event) | Q(session__event=event))
    return owned.with_files().order_by("position", "pk")


def _page(event: Event, programme: Programme | None, attachments: list[Attachment], at: datetime) -> dict:
    plan = schedule(event, programme, attachments, at)
    prefetch_related_objects(plan.sessions, Prefetch("practice_examples", PracticeExample.objects.published(at)))
    for attachment in attachments:
        attachment.event = event if attachment.event_id else None
    shown = _in_programme_order(attachments, plan.sessions)
    available = [attachment for attachment in shown if not attachment.absence]
    page = {
        "section": "events",
        "event": event,
        "picture": event.picture,
        "phase": phase(event, plan.dates, at),
        "programme": programme,
        "schedule": plan,
        "programme_note": _programme_note(event, plan),
        "attachments": available,
        "counts_by_kind": counts_by_kind(available),
        "zip_export": ZipExport(shown),
        "absences": [one for one in shown if one.absence not in ("", Attachment.Absence.UNDOCUMENTED)],
        "undocumented": counts_by_kind(one for one in shown if one.absence == Attachment.Absence.UNDOCUMENTED),
        "topics": _topics(event, programme),
        "neighbours": neighbours(event, at),
    }
    return {**page, "parts": _parts(page)}


def _recent_changes(event: Event, plan: Schedule, at: datetime) -> list[Change]:
    """The changes of the last days; those of the current release are marked at their items."""
    recent = recent_changes(event, at)
    if recent:
        mark_changes(plan.slots, recent[0].changes)
    return recent


@dataclass(frozen=True)
class Part:
    anchor: str
    title: str

    @property
    def template(self) -> str:
        return f"events/parts/{self.anchor}.html"


PARTS = {
    "beschreibung": "Worum es geht",
    "programm": "Programm",
    "anreise": "Anreise",
    "materialien": "Materialien",
    "rueckblick": "Rückblick",
    "themen": "Themen",
    "reihe": "Die Reihe",
}
ORDER = {
    Event.Phase.BEFORE: ("beschreibung", "programm", "anreise", "materialien", "rueckblick", "themen", "reihe"),
    Event.Phase.DURING: ("programm", "anreise", "materialien", "beschreibung", "rueckblick", "themen", "reihe"),
    Event.Phase.AFTER: ("materialien", "rueckblick", "programm", "beschreibung", "themen", "reihe"),
}


def _parts(page: dict) -> list[Part]:
    """The parts with content, in the order that visitors need before, during and after the event."""
    event = page["event"]
    there = {
        "beschreibung": event.description,
        "programm": True,
        "anreise": event.directions,
        "materialien": page["attachments"] or page["absences"] or page["undocumented"],
        "rueckblick": event.review,
        "themen": page["topics"],
        "reihe": event.series_id,
    }
    return [Part(anchor, PARTS[anchor]) for anchor in ORDER[page["phase"]] if there[anchor]]


def _in_programme_order(attachments: list[Attachment], sessions: list) -> list[Attachment]:
    places = {session.pk: place for place, session in enumerate(sessions, start=1)}
    placed = [attachment for attachment in attachments if attachment.event_id or attachment.session_id in places]
    return sorted(placed, key=lambda attachment: (places.get(attachment.session_id, 0), attachment.position))


def _programme_note(event: Event, plan: Schedule) -> str:
    if not plan.days or plan.is_timed:
        return ""
    return "Uhrzeiten folgen" if event.is_upcoming() else "Uhrzeiten nicht bekannt"


def _topics(event: Event, programme: Programme | None) -> list[tuple[str, list[Topic]]]:
    """Topics of the event and the sessions of `programme` by kind, each once."""
    topics = TOPICS.rows(event=event.pk, programme=programme.pk if programme else None)
    ordered = sorted(topics, key=lambda topic: topic.sort_name)
    return [(Topic.Kind(kind).label, list(group)) for kind, group in groupby(ordered, key=lambda topic: topic.kind)]


def neighbours(event: Event, at: datetime | None = None) -> dict[str, Event | None]:
    """The visible events before and after this one in its series, by position or else by date."""
    if event.series_id is None or (event.position is None and event.starts_on is None):
        return {"previous": None, "next": None}
    key = "position" if event.position is not None else "starts_on"
    others = OTHERS[key].rows(event=event.pk, series=event.series_id, at=at or timezone.now())
    own = getattr(event, key)
    before = [other for other in others if getattr(other, key) < own]
    after = [other for other in others if getattr(other, key) > own]
    return {"previous": before[-1] if before else None, "next": after[0] if after else None}
