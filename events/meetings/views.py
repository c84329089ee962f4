from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.meetings.facets import FACETS
from events.meetings.ladder import ladder
from events.meetings.models import Event
from events.meetings.page import meeting_page
from events.meetings.series import Series
from lernnetzwerk.facets import Filtered
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.pictures.addresses import LARGE
from lernnetzwerk.pictures.sizes import delivered, with_picture
from lernnetzwerk.slugs.models import find

PER_PAGE = 30


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    filters = Filtered(Event.objects.published().in_order(today), FACETS, request.GET)
    page = filters.page(request.GET.get("seite"), PER_PAGE, Event.objects.published().for_cards())
    context = {
        "section": "events",
        "filters": filters,
        "page": page,
        "upcoming": [event for event in page.object_list if event.is_upcoming(today)],
        "past": [event for event in page.object_list if not event.is_upcoming(today)],
        "series": Series.objects.published().with_counts("events"),
    }
    return render(request, "events/list.html", context)


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = find(Series.objects.published(), slug)
    if series.slug != slug:
        return redirect(series)
    events = list(series.events.published().for_cards().in_order())
    context = {
        "section": "events",
        "series": series,
        "events": events,
        "rungs": ladder(events),
        "unnumbered": [event for event in events if not event.number],
    }
    return render(request, "events/series.html", context)


@require_safe
def event_detail(request: HttpRequest, event: str) -> HttpResponse:
    found = find(Event.objects.published().for_page(), event)
    if found.slug != event:
        return redirect(found)
    return render(request, "events/detail.html", meeting_page(found, found.current_release))


@require_safe
def event_image(request: HttpRequest, event: str, size: str = LARGE) -> HttpResponse:
    found = get_object_or_404(with_picture(Event.objects.published()), slug=event)
    return deliver(request, delivered(found.image, size), found.slug)
