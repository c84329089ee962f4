from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.pages.models import Page


@cached_page()
@require_safe
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_object_or_404(Page.objects.published().select_related("video"), slug=slug)
    return render(request, "pages/detail.html", {"page": page})


@require_safe
def page_video(request: HttpRequest, slug: str) -> HttpResponseBase:
    return deliver_video(request, get_object_or_404(Page.objects.published().select_related("video"), slug=slug))


def deliver_video(request: HttpRequest, page: Page) -> HttpResponseBase:
    """The video of a page that the caller may see. Raises Http404 if there is none."""
    if page.video is None:
        raise Http404
    return deliver(request, page.video, page.slug, inline=True)
