from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.exchange.calendar import calendar
from events.models import Event
from events.programme.schedule import schedule


@require_safe
def event_calendar(request: HttpRequest, event: str) -> HttpResponse:
    found = get_object_or_404(Event.objects.published().for_page(), slug=event)
    if not found.has_calendar:
        raise Http404
    plan = schedule(found, found.current_release, [], timezone.now())
    name = f'attachment; filename="{found.slug}.ics"'
    return HttpResponse(
        calendar(found, plan),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": name, "Cache-Control": "no-cache"},
    )
