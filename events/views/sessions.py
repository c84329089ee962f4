from typing import Any, cast

from django.db.models import SlugField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.models import Event, Session
from events.pages.session import session_page
from lernnetzwerk.operation.prepared_statements import AT, Parameter, Prepared
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.slugs.models import find

EVENT_SLUG, SLUG = (cast(Any, Parameter(name, SlugField())) for name in ("event", "session"))
FOUND = Prepared(lambda: Session.objects.published(AT).for_page().filter(event__slug=EVENT_SLUG, slug=SLUG)[:1])


@cached_page()
@require_safe
def session_detail(request: HttpRequest, event: str, session: str) -> HttpResponse:
    found = FOUND.first(at=timezone.now(), event=event, session=session)
    if found is None:
        owner = find(Event.objects.published(), event)
        moved = Session(event=owner).slug_scope
        return redirect(find(Session.objects.published().filter(event=owner), session, scope=moved))
    return render(request, "events/session.html", session_page(found, found.event.current_release))
