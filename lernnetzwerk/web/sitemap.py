"""sitemap.xml of all public pages (sitemaps.org, protocol 0.9); a withdrawn page is removed at once.

A large portal has an index there instead, and its addresses in several files, each made and kept on its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.visibility.models import Editorial, PublishedQuerySet, rows_of

LISTS = (
    "home",
    "events:list",
    "events:following",
    "events:attachment_list",
    "speakers:list",
    "practice:municipality_list",
    "practice:example_list",
    "practice:topic_list",
    "search:search",
)
MOST_TOGETHER = 5_000  # addresses in sitemap.xml; with more it is an index
MOST_IN_FILE = 2_000  # addresses in each file of the index


@dataclass(frozen=True)
class Entry:
    """An address without its host, and when what stands there was changed."""

    address: str
    changed_at: datetime | None = None


@cached_page()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    parts = {name: rows.aggregate(number=Count("pk"), at=Max("changed_at")) for name, rows in _rows().items()}
    if sum(part["number"] for part in parts.values()) <= MOST_TOGETHER:
        return _file(request, [*_lists(), *(entry for rows in _rows().values() for entry in _entries(rows))])
    files = [Entry(reverse("sitemap_lists"))]
    for name, part in parts.items():
        for number in range(-(-part["number"] // MOST_IN_FILE)):
            files.append(Entry(reverse("sitemap_file", args=[name, number + 1]), part["at"]))
    return _xml(request, "sitemap_index.xml", files)


@cached_page()
@require_safe
def sitemap_lists(request: HttpRequest) -> HttpResponse:
    return _file(request, list(_lists()))


@cached_page()
@require_safe
def sitemap_file(request: HttpRequest, name: str, number: str) -> HttpResponse:
    """The rows of one model, in a stable order; 404 for a file without any."""
    rows = _rows().get(name)
    entries = list(_entries(rows, int(number))) if rows is not None else []
    if not entries:
        raise Http404
    return _file(request, entries)


def _rows() -> dict[str, PublishedQuerySet]:
    return {
        model.__name__.lower(): rows_of(model).for_sitemap().order_by("pk")
        for model in apps.get_models()
        if issubclass(model, Editorial) and hasattr(model, "get_absolute_url")
    }


def _lists() -> Iterator[Entry]:
    return (Entry(reverse(name)) for name in LISTS)


def _entries(rows: PublishedQuerySet, number: int = 0) -> Iterator[Entry]:
    """Of all rows, or of those in the file of this number."""
    shown = rows[(number - 1) * MOST_IN_FILE : number * MOST_IN_FILE] if number else rows
    return (Entry(row.get_absolute_url(), row.changed_at) for row in shown)


def _file(request: HttpRequest, entries: list[Entry]) -> HttpResponse:
    return _xml(request, "sitemap.xml", entries)


def _xml(request: HttpRequest, template: str, entries: list[Entry]) -> HttpResponse:
    """For search engines to read, not to list."""
    context = {"site": settings.SITE_URL, "entries": entries}
    response = render(request, template, context, content_type="application/xml")
    response.headers["X-Robots-Tag"] = "noindex"
    return response
