"""The next and the last event, on the start page of the administration."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from events.models import Event, Programme
from events.programme.schedule import held_days_of, phase
from lernnetzwerk.administration.dashboard import Panel, register


@dataclass(frozen=True)
class EventLinks:
    label: str
    event: Event
    ways: list[tuple[str, str]]


def next_event(request: HttpRequest, site: AdminSite) -> dict | None:
    """The next event, published or not, and the last one; None without the view permission."""
    admin = site.get_model_admin(Event)
    if not admin.has_view_permission(request):
        return None
    now = timezone.now()
    rows = Event.objects.select_related("series", "host")
    coming, past = rows.upcoming(now).first(), rows.past(now).filter(starts_on__isnull=False).first()
    is_programme_seen = site.get_model_admin(Programme).has_view_permission(request)
    found = [(_label(coming, now), coming) if coming else ("", None), ("Zuletzt", past)]
    return {
        "events": [EventLinks(label, event, _ways(event, is_programme_seen)) for label, event in found if event],
        "is_nothing_coming": coming is None,
        "add_address": reverse("admin:events_event_add") if admin.has_add_permission(request) else "",
    }


def _label(coming: Event, now: datetime) -> str:
    is_running = phase(coming, held_days_of([coming])[coming.pk], now) == Event.Phase.DURING
    return "Läuft gerade" if is_running else "Als Nächstes"


def _ways(event: Event, is_programme_seen: bool) -> list[tuple[str, str]]:
    programme = [("Programm", _action_url("programm", event))] if is_programme_seen else []
    return [
        ("Formular", _action_url("change", event)),
        *programme,
        ("Vorschau", _action_url("vorschau", event)),
        ("Was fehlt noch?", f"{reverse('admin:missing')}?treffen={event.pk}"),
    ]


def _action_url(word: str, event: Event) -> str:
    return reverse(f"admin:events_event_{word}", args=[event.pk])


register(Panel("treffen-jetzt", "Nächstes und letztes Treffen", "admin/dashboard/events.html", 10, next_event))
