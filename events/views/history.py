"""What a programme has been: its changes, and each release as it was."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Event
from events.pages.release import release_page
from events.programme.history import public_changes
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.slugs.models import find
from lernnetzwerk.slugs.redirects import redirect_with_slug


@cached_page()
@require_safe
def event_changes(request: HttpRequest, event: str) -> HttpResponse:
    """All changes of the programme; 302 from an old address, 404 without a released programme."""
    found = find(Event.objects.published().for_page(), event)
    if found.slug != event:
        return redirect_with_slug(request, event=found.slug)
    changes = public_changes(found)
    if not changes:
        raise Http404
    return render(request, "events/changes.html", {"section": "events", "event": found, "changes": changes})


@cached_page()
@require_safe
def programme_release(request: HttpRequest, event: str, number: int) -> HttpResponse:
    """One release as it was public; 302 from an old address, 404 for one that nobody has seen."""
    found = find(Event.objects.published().for_page(), event)
    if found.slug != event:
        return redirect_with_slug(request, event=found.slug)
    page = release_page(found, number)
    if page is None:
        raise Http404
    return render(request, "events/release.html", page)
