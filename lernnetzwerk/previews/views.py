from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from lernnetzwerk.previews.links import find

PRIVATE = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@require_safe
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The page that editors see as its preview, for whoever holds the link."""
    link = find(token)
    model = link.kind.model_class()
    if not admin.site.is_registered(model):
        raise Http404
    model_admin = admin.site.get_model_admin(model)
    thing = model_admin.get_object(request, str(link.object_id))
    if thing is None:
        raise Http404
    # Without the request: links that repeat the address of a page, such as "Barriere melden", must not repeat this one.
    page = render_to_string(model_admin.preview_template, {**model_admin.preview(thing), "preview_link": link})
    return HttpResponse(page, headers=PRIVATE)
