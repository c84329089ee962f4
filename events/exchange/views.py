from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.exchange.calendar import calendar, calendar_file, entries
from events.exchange.items import item_entries
from events.models import Event, Session
from events.models.dates import Precision
from events.pages.my_programme import PARAMETER, address_query, chosen_slots
from events.pages.session import own_slot
from events.programme.schedule import held_days_of, schedule
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.slugs.models import find
from lernnetzwerk.slugs.redirects import redirect_with_slug

KEPT_FOR = timedelta(days=2 * 365)  # past events in the calendar of all events


@cached_page()
@require_safe
def all_events(request: HttpRequest) -> HttpResponse:
    """Coming events and those of the last two years, for a calendar that follows them; undated ones are left out."""
    today = timezone.localdate()
    events = (
        Event.objects.published()
        .filter(precision=Precision.DAY, ends_on__gte=today - KEPT_FOR)
        .select_related("series", "host")
        .prefetch_related("former_days")
        .with_new_date()
        .order_by("starts_on", "pk")
    )
    days = held_days_of(events)
    listed = [entry for event in events for entry in entries(event, days[event.pk], today)]
    return _file(calendar_file(f"Treffen: {settings.SITE_NAME}", listed), "treffen")


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
    return _file(calendar(found, plan, timezone.localdate(now)), found.slug)


@cached_page()
@require_safe
def session_calendar(request: HttpRequest, event: str, session: str) -> HttpResponse:
    """One session as an entry; 302 from an old address, 404 without a date and a begin."""
    found = Session.objects.published().for_page().filter(event__slug=event, slug=session).first()
    if found is None:
        owner = find(Event.objects.published(), event)
        moved = Session(event=owner).slug_scope
        former = find(Session.objects.published().filter(event=owner), session, scope=moved)
        return redirect_with_slug(request, event=owner.slug, session=former.slug)
    slot = own_slot(found, found.event.current_release)
    listed = item_entries(found.event, [slot] if slot else [])
    if not listed:
        raise Http404
    return _file(calendar_file(found.name, listed), found.slug)


@require_safe
def my_calendar(request: HttpRequest, event: str) -> HttpResponse:
    """The chosen items that have a date and a begin; 404 if none has."""
    found = find(Event.objects.published().for_page(), event)
    keys = request.GET.getlist(PARAMETER)
    if found.slug != event:
        response = redirect_with_slug(request, event=found.slug)
        response["Location"] += f"?{address_query(keys)}"
        return response
    listed = item_entries(found, chosen_slots(found, keys))
    if not listed:
        raise Http404
    return _file(calendar_file(f"Mein Programm: {found.name}", listed), f"mein-programm-{found.slug}")


def _file(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.ics"', "Cache-Control": "no-cache"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
