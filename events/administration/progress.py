"""The steps of entering an event, in the order of the work."""

from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse

from events.models import Attachment, Event, Programme
from lernnetzwerk.visibility.models import State


@dataclass(frozen=True)
class Step:
    """One step: its state in words, whether it is done, and the address where it is done."""

    name: str
    fact: str
    is_done: bool
    address: str


def steps(event: Event, may_publish: bool) -> list[Step]:
    """Four queries, whatever the event holds; an address is empty if the editor may not use it."""
    working = event.programmes.working().first()
    slots = working.slots.count() if working else 0
    attachments = Attachment.objects.filter(Q(event=event) | Q(session__event=event)).count()
    programme = reverse("admin:events_event_programm", args=[event.pk])
    return [
        Step("Eckdaten", event.dates, event.starts_on is not None, "#field-starts_on"),
        _text_step("Texte", event.description, "#field-description"),
        Step("Programm", _counted(slots, "Programmpunkt", "Programmpunkte"), slots > 0, programme),
        _release(event, working, slots, may_publish),
        Step("Materialien", _counted(attachments, "Material", "Materialien"), attachments > 0, "#attachments-heading"),
        _text_step("Rückblick", event.review, "#field-review"),
        _publication(event, may_publish),
    ]


def _text_step(name: str, text: str, address: str) -> Step:
    return Step(name, "vorhanden" if text else "noch leer", bool(text), address)


def _counted(number: int, one: str, many: str) -> str:
    return f"{number or 'noch keine'} {one if number == 1 else many}"


def _release(event: Event, working: Programme | None, slots: int, may_publish: bool) -> Step:
    release = event.current_release
    address = (
        reverse("admin:events_programme_freigeben", args=[working.pk]) if working and slots and may_publish else ""
    )
    if release is None:
        return Step("Freigabe des Programms", "noch nicht freigegeben", False, address)
    is_current = working is None or release.released_at is None or working.changed_at <= release.released_at
    fact = f"Fassung {release.number}" + ("" if is_current else ", seither geändert")
    return Step("Freigabe des Programms", fact, is_current, address)


def _publication(event: Event, may_publish: bool) -> Step:
    if event.state == State.PUBLISHED:
        return Step("Veröffentlichung", event.get_state_display(), True, event.get_absolute_url())
    word = "veroeffentlichen" if may_publish else "vorlegen"
    is_waiting = event.state == State.SUBMITTED and not may_publish
    address = "" if is_waiting else reverse(f"admin:events_event_{word}", args=[event.pk])
    return Step("Veröffentlichung", event.get_state_display(), False, address)
