from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.models import Event
from events.pages.my_programme import PARAMETER, address_query, my_programme
from lernnetzwerk.slugs.models import find
from lernnetzwerk.slugs.redirects import redirect_with_slug


@require_safe
def event_choice(request: HttpRequest, event: str) -> HttpResponse:
    """Choose items, or see the chosen ones; 302 from an old address, 404 without a released programme."""
    found = find(Event.objects.published().for_page(), event)
    keys = request.GET.getlist(PARAMETER)
    if found.slug != event:
        response = redirect_with_slug(request, event=found.slug)
        response["Location"] += f"?{address_query(keys)}" if keys else ""
        return response
    if found.current_release is None:
        raise Http404
    return render(request, "events/my_programme.html", my_programme(found, keys))
