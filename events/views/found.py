"""The event of an address, found by a prepared query, as all pages of events begin with it."""

from typing import Any

from django.db.models import SlugField
from django.utils import timezone

from events.models import Event
from events.models.event_queryset import load_new_date
from lernnetzwerk.operation.prepared_statements import AT, Parameter, Prepared
from lernnetzwerk.slugs.models import find

SLUG: Any = Parameter("slug", SlugField())
EVENTS = Event.objects.for_page().prefetch_related(None)
FOUND = Prepared(lambda: EVENTS.published(AT).filter(slug=SLUG)[:1])


def published_event(slug: str) -> Event:
    """The public event with this slug now or formerly; Http404 without one."""
    found = FOUND.first(at=timezone.now(), slug=slug)
    if found is None:
        return find(Event.objects.published().for_page(), slug)
    load_new_date(found)
    return found
