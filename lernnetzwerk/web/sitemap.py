"""sitemap.xml of all public pages; a withdrawn page is removed at once."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.visibility.models import Editorial, rows_of

LISTS = (
    "home",
    "events:list",
    "events:attachment_list",
    "speakers:list",
    "practice:municipality_list",
    "practice:example_list",
    "practice:topic_list",
    "search:search",
)


class ConfiguredHost:
    """Addresses begin with SITE_URL, whatever the Host header says."""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: str | None = None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class ListSitemap(ConfiguredHost, Sitemap):
    def items(self) -> tuple[str, ...]:
        return LISTS

    def location(self, name: str) -> str:
        return reverse(name)


class ModelSitemap(ConfiguredHost, GenericSitemap):
    """All public rows of one model, in a stable order."""


@cached_page()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    sections: dict[str, type[Sitemap] | Sitemap] = {"lists": ListSitemap()}
    for model in apps.get_models():
        if issubclass(model, Editorial) and hasattr(model, "get_absolute_url"):
            queryset = rows_of(model).for_sitemap().order_by("pk")
            sections[model.__name__.lower()] = ModelSitemap({"queryset": queryset, "date_field": "changed_at"})
    return sitemap_view(request, sections)
