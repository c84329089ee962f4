from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.slugs.models import find
from speakers.models import Speaker


@require_safe
def speaker_list(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "speakers/list.html",
        {"section": "people", "speakers": Speaker.objects.published().with_counts("appearances")},
    )


@require_safe
def speaker_detail(request: HttpRequest, slug: str) -> HttpResponse:
    speaker = find(Speaker.objects.published().prefetch_related("links"), slug)
    if speaker.slug != slug:
        return redirect(speaker)
    appearances = speaker.appearances.published().for_speaker_page()
    return render(
        request, "speakers/detail.html", {"section": "people", "speaker": speaker, "appearances": appearances}
    )


@require_safe
def speaker_photo(request: HttpRequest, slug: str) -> HttpResponse:
    pictured = Speaker.objects.published().filter(photo__isnull=False).select_related("photo")
    speaker = get_object_or_404(pictured, slug=slug)
    return deliver(request, speaker.photo, f"{speaker.slug}{speaker.photo.extension}")
