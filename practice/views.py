from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from lernnetzwerk.slugs.models import find
from practice.models import Municipality, PracticeExample, Topic
from practice.regions import by_region

PER_PAGE = 24


@require_safe
def municipality_list(request: HttpRequest) -> HttpResponse:
    contributing = Municipality.objects.contributing()
    return render(
        request,
        "practice/municipality_list.html",
        {"section": "municipalities", "contributing": contributing, "regions": by_region(Municipality.objects.all())},
    )


@require_safe
def municipality_detail(request: HttpRequest, slug: str) -> HttpResponse:
    municipality = find(Municipality.objects.published().select_related("district"), slug)
    if municipality.slug != slug:
        return redirect(municipality)
    return render(
        request,
        "practice/municipality.html",
        {
            "section": "municipalities",
            "municipality": municipality,
            "here": [municipality],
            "examples": municipality.practice_examples.published().for_cards(),
            "sessions": municipality.sessions.published().for_cards().newest_first(),
            "members": municipality.members.all(),
            "hosted_events": municipality.hosted_events.published().for_cards(),
        },
    )


@require_safe
def example_list(request: HttpRequest) -> HttpResponse:
    page = Paginator(PracticeExample.objects.published().for_cards(), PER_PAGE).get_page(request.GET.get("seite"))
    return render(request, "practice/example_list.html", {"section": "practice", "page": page})


@require_safe
def example_detail(request: HttpRequest, slug: str) -> HttpResponse:
    example = find(PracticeExample.objects.published().for_cards(), slug)
    if example.slug != slug:
        return redirect(example)
    return render(request, "practice/example.html", example_page(example))


def example_page(example: PracticeExample) -> dict:
    return {
        "section": "practice",
        "example": example,
        "sessions": example.sessions.published().for_cards().newest_first(),
        "attachments": example.attachments.published().select_related("stored_file"),
    }


def example_preview(example: PracticeExample) -> dict:
    """The same page for editors, with materials not published yet."""
    return {**example_page(example), "attachments": example.attachments.select_related("stored_file")}


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    topics = Topic.objects.with_mentions()
    return render(request, "practice/topic_list.html", {"section": "topics", "topics": topics})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = find(Topic.objects.published(), slug)
    if topic.slug != slug:
        return redirect(topic)
    return render(
        request,
        "practice/topic.html",
        {
            "section": "topics",
            "topic": topic,
            "examples": topic.practice_examples.published().for_cards(),
            "sessions": topic.sessions.published().for_cards().newest_first(),
            "events": topic.events.published().for_cards(),
        },
    )
