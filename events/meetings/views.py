from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from events.meetings.models import Event
from events.meetings.page import meeting_page
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.slugs.models import find


@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    events = Event.objects.published().for_cards()
    return render(
        request, "events/list.html", {"section": "events", "upcoming": events.upcoming(), "past": events.past()}
    )


@require_safe
def event_detail(request: HttpRequest, event: str) -> HttpResponse:
    found = find(Event.objects.published().for_page(), event)
    if found.slug != event:
        return redirect(found)
    return render(request, "events/detail.html", meeting_page(found, found.current_release))


@require_safe
def event_image(request: HttpRequest, event: str) -> HttpResponse:
    pictured = Event.objects.published().filter(image__isnull=False).select_related("image")
    found = get_object_or_404(pictured, slug=event)
    return deliver(request, found.image, f"{found.slug}{found.image.extension}")
