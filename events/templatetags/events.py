"""What the home page shows of meetings and materials."""

from django import template

from events.materials.models import Attachment
from events.meetings.models import Event

register = template.Library()
CARDS = 4


@register.inclusion_tag("events/_next.html")
def next_meeting() -> dict:
    """The next meeting, or the one documented last when none is coming."""
    events = Event.objects.published().for_cards()
    coming = events.upcoming().filter(course=Event.Course.PLANNED).first()
    return {"event": coming or events.past().first(), "is_coming": coming is not None}


@register.inclusion_tag("events/_newest.html")
def newest_materials() -> dict:
    materials = Attachment.objects.published().available().for_cards()
    return {"materials": materials.order_by("-published_from", "-pk")[:CARDS]}
