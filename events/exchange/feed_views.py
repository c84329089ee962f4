from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from events.exchange import feeds
from events.models import Event
from events.programme.history import public_changes
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.slugs.models import find
from lernnetzwerk.slugs.redirects import redirect_with_slug
from practice.models import Municipality, Topic

UPCOMING = 10  # events whose changes are offered


@cached_page()
@require_safe
def following(request: HttpRequest) -> HttpResponse:
    """The page that explains calendars and feeds."""
    events = Event.objects.published().upcoming().exclude(current_release=None).select_related("series")
    calendar = f"{settings.SITE_URL}{reverse('events:all_events_calendar')}"
    context = {
        "section": "events",
        "upcoming": events[:UPCOMING],
        "calendar": calendar,
        "subscription": f"webcal:{calendar.partition(':')[2]}",  # opens the visitor's calendar program
    }
    return render(request, "events/following.html", context)


@cached_page()
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    return feeds.feed("Neue Treffen", reverse("events:list"), request.path, feeds.new_events())


@cached_page()
@require_safe
def attachments(request: HttpRequest) -> HttpResponse:
    page = reverse("events:attachment_list")
    return feeds.feed("Neue Materialien", page, request.path, feeds.new_attachments())


@cached_page()
@require_safe
def examples(request: HttpRequest) -> HttpResponse:
    page = reverse("practice:example_list")
    return feeds.feed("Neue Praxisbeispiele", page, request.path, feeds.new_examples())


@cached_page()
@require_safe
def changes(request: HttpRequest, event: str) -> HttpResponse:
    """The changes of one programme; 302 from an old address, 404 without a released programme."""
    found = find(Event.objects.published().for_page(), event)
    if found.slug != event:
        return redirect_with_slug(request, event=found.slug)
    found_changes = public_changes(found)
    if not found_changes:
        raise Http404
    title = f"Änderungen: {found.name_and_dates}"
    return feeds.feed(title, found.get_absolute_url(), request.path, feeds.of_changes(found, found_changes))


@cached_page()
@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(Topic.objects.published(), slug)
    if found.slug != slug:
        return redirect_with_slug(request, slug=found.slug)
    return feeds.feed(f"Neues zu {found.name}", found.get_absolute_url(), request.path, feeds.of_topic(found))


@cached_page()
@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(Municipality.objects.published(), slug)
    if found.slug != slug:
        return redirect_with_slug(request, slug=found.slug)
    return feeds.feed(f"Neues aus {found.name}", found.get_absolute_url(), request.path, feeds.of_municipality(found))
