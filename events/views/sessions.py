from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from events.models import Event, Session
from events.pages.session import session_page
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.slugs.models import find


@cached_page()
@require_safe
def session_detail(request: HttpRequest, event: str, session: str) -> HttpResponse:
    found = Session.objects.published().for_page().filter(event__slug=event, slug=session).first()
    if found is None:
        owner = find(Event.objects.published(), event)
        moved = Session(event=owner).slug_scope
        return redirect(find(Session.objects.published().filter(event=owner), session, scope=moved))
    return render(request, "events/session.html", session_page(found, found.event.current_release))
