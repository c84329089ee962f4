from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.slugs.models import find
from lernnetzwerk.web.filters import parameters
from practice.example import example_page
from practice.example_index import OWN_MUNICIPALITY, example_index
from practice.filters import FILTERS
from practice.models import Municipality, PracticeExample, Topic
from practice.municipality import municipality_page
from practice.municipality_index import municipality_index
from practice.topic import grouped_by_kind, topic_page


@cached_page("q", "um", "bezirk", "seite")
@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    return render(request, "practice/municipality_list.html", municipality_index(request.GET))


@cached_page("seite")
@require_safe
def municipality_detail(request: HttpRequest, slug: str) -> HttpResponse:
    municipality = find(Municipality.objects.published().select_related("district"), slug)
    if municipality.slug != slug:
        return redirect(municipality)
    return render(request, "practice/municipality.html", municipality_page(municipality, request.GET.get("seite")))


@cached_page(*parameters(FILTERS), "sortierung", "seite", OWN_MUNICIPALITY)
@require_safe
def example_list(request: HttpRequest) -> HttpResponse:
    return render(request, "practice/example_list.html", example_index(request.GET))


@cached_page()
@require_safe
def example_detail(request: HttpRequest, slug: str) -> HttpResponse:
    example = find(PracticeExample.objects.published().for_page(), slug)
    if example.slug != slug:
        return redirect(example)
    return render(request, "practice/example.html", example_page(example))


@cached_page()
@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "practice/topic_list.html",
        {"section": "topics", "kinds": grouped_by_kind(Topic.objects.with_mentions())},
    )


@cached_page("seite")
@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = find(Topic.objects.published(), slug)
    if topic.slug != slug:
        return redirect(topic)
    return render(request, "practice/topic.html", topic_page(topic, request.GET.get("seite")))
