"""The link for participants of one event: it shows what only they may know, such as dial-in data.

The link is sent by those who organise the event. It ends two days after the event, or when editors make a new one.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from events.models import Event
from lernnetzwerk.visibility import tokens

PURPOSE = "events.participants"
KEPT_FOR = timedelta(days=2)


def address(event: Event) -> str:
    """The absolute address; empty while there is nothing to tell."""
    if not event.participant_information or event.participant_key is None:
        return ""
    return f"{settings.SITE_URL}{reverse('events:participants', args=[tokens.sign(PURPOSE, event.participant_key)])}"


def find(token: str, at: datetime | None = None) -> Event:
    """The event of a valid link. Raises Http404 alike for forged, replaced and expired ones."""
    key = tokens.unsign(PURPOSE, token)
    event = Event.objects.published(at).for_page().filter(participant_key=key).first() if key else None
    if event is None or not event.participant_information or is_over(event, at or timezone.now()):
        raise Http404
    return event


def is_over(event: Event, at: datetime) -> bool:
    """Undated events never are."""
    return event.ends_on is not None and timezone.localdate(at) > event.ends_on + KEPT_FOR
