from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from events.invitations.participants import find
from lernnetzwerk.previews.views import PRIVATE


@require_safe
def information(request: HttpRequest, token: str) -> HttpResponse:
    """What only participants may know, for anyone with the link; 404 for one that is not valid.

    Rendered without the request: links that contain the page's address, such as "Barriere melden", must not contain
    this one.
    """
    context = {"section": "events", "event": find(token)}
    return HttpResponse(render_to_string("invitations/participants.html", context), headers=PRIVATE)
