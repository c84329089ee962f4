from typing import cast

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from lernnetzwerk.previews.admin import PreviewAdmin
from lernnetzwerk.previews.links import find
from lernnetzwerk.previews.models import PreviewLink
from lernnetzwerk.visibility.models import Editorial
from lernnetzwerk.web import security_policy

PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@require_safe
def draft(request: HttpRequest, token: str) -> HttpResponse:
    """The preview that editors see, for anyone with the link."""
    link = find(token)
    model_admin, instance = _shared(request, link)
    # Without the request: links that contain the page's address, such as "Barriere melden", must not contain this one.
    context = {**model_admin.preview(instance, request.GET), "preview_link": link}
    page = HttpResponse(render_to_string(model_admin.preview_template, context), headers=PRIVATE)
    security_policy.extend(page, model_admin.preview_policy(instance))
    return page


@require_safe
def part(request: HttpRequest, token: str, part: str) -> HttpResponseBase:
    """A picture, film or track of this page, as long as the link is valid."""
    model_admin, instance = _shared(request, find(token))
    response = model_admin.preview_part(request, instance, part)
    for name, value in PRIVATE.items():
        response[name] = value
    return response


def _shared(request: HttpRequest, link: PreviewLink) -> tuple[PreviewAdmin, Editorial]:
    model = link.kind.model_class()
    if model is None or not admin.site.is_registered(model):
        raise Http404
    model_admin = admin.site.get_model_admin(model)
    if not isinstance(model_admin, PreviewAdmin):
        raise Http404
    # Before the admin class looks at the user: the answer must not differ from that of an unknown address.
    row = model._base_manager.filter(pk=link.object_id).first()
    if row is None or not link.opens(cast("Editorial", row)):
        raise Http404
    instance = model_admin.get_object(request, str(link.object_id))
    if instance is None:
        raise Http404
    return model_admin, instance
