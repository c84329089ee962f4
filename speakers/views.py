from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.pictures.addresses import LARGE
from lernnetzwerk.pictures.sizes import rendition_or_original, with_picture
from lernnetzwerk.slugs.models import find
from lernnetzwerk.slugs.redirects import redirect_with_slug
from speakers.directory import directory
from speakers.models import Speaker
from speakers.page import speaker_page


@cached_page("q", "buchstabe", "seite")
@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    return render(request, "speakers/list.html", directory(request.GET))


@cached_page()
@require_safe
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    speaker = find(Speaker.objects.published().select_related("photo").prefetch_related("links"), slug)
    if speaker.slug != slug:
        return redirect(speaker)
    return render(request, "speakers/detail.html", speaker_page(speaker))


@require_safe
def speaker_photo(request: HttpRequest, slug: str, size: str = LARGE) -> HttpResponseBase:
    speaker = find(with_picture(Speaker.objects.published()), slug)
    if speaker.slug != slug:
        return redirect_with_slug(request, slug=speaker.slug)
    return deliver(request, rendition_or_original(speaker.photo, size), speaker.slug)
