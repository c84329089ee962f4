"""Rows of other tables that become public together with an event."""

from django.db.models import Q, QuerySet

from events.models import Appearance, Attachment, Event, EventDay, Series, Session, Track
from lernnetzwerk.visibility.models import State
from speakers.models import Speaker, SpeakerLink


def parts_of_event(event: Event) -> dict[str, QuerySet]:
    """What its page leads to: days, the sessions of its current release with their speakers, published attachments."""
    sessions = Session.objects.filter(slots__programme=event.current_release_id)
    appearances = Appearance.objects.filter(session__in=sessions)
    speakers = Speaker.objects.filter(appearances__in=appearances)
    owned = Q(event=event) | Q(session__in=sessions)
    return {
        "Reihe": Series.objects.filter(events=event),
        "Tage": EventDay.objects.filter(event=event),
        "Beiträge": sessions,
        "Mitwirkende": appearances,
        "Personen": speakers,
        "Links der Personen": SpeakerLink.objects.filter(speaker__in=speakers),
        **published_attachments(owned),
    }


def published_attachments(owned: Q) -> dict[str, QuerySet]:
    attachments = Attachment.objects.filter(owned, state=State.PUBLISHED)
    return {"Materialien": attachments, "Untertitel": Track.objects.filter(attachment__in=attachments)}
