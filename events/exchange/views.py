from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.exchange.calendar import calendar
from events.models import Event
from events.programme.schedule import schedule
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.slugs.models import find
from lernnetzwerk.slugs.redirects import redirect_with_slug


@cached_page()
@require_safe
def event_calendar(request: HttpRequest, event: str) -> HttpResponse:
    """The calendar file; 302 from an old address, 404 for an event that has no entries and never had any."""
    found = find(Event.objects.published().for_page(), event)
    if found.slug != event:
        return redirect_with_slug(request, event=found.slug)
    if not found.has_calendar and not found.former_days.exists():
        raise Http404
    now = timezone.now()
    plan = schedule(found, found.current_release, [], now)
    name = f'attachment; filename="{found.slug}.ics"'
    return HttpResponse(
        calendar(found, plan, timezone.localdate(now)),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": name, "Cache-Control": "no-cache"},
    )
