from dataclasses import asdict

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.search.editors import found_by_editors
from lernnetzwerk.search.missed import count_missed
from lernnetzwerk.search.naming import suggestions
from lernnetzwerk.search.page import search_page
from lernnetzwerk.text.folding import LONGEST_QUERY


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    page = search_page(request.GET)
    results = page["results"]
    if request.method == "GET" and results.searched and not results.total and not page["is_narrowed"]:
        count_missed(results.query.text)
    return render(request, "search/search.html", page)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [{"kind", "label", "title", "address"}, …]}`: people, towns, meetings and topics named so."""
    found = suggestions(request.GET.get("q", ""), timezone.now())
    return JsonResponse({"suggestions": [asdict(one) for one in found]}, headers={"Cache-Control": "no-cache"})


@cached_page()
@require_safe
def description(request: HttpRequest) -> HttpResponse:
    """So that browsers offer the search of the portal (OpenSearch 1.1, draft 6)."""
    context = {"name": settings.SITE_NAME, "url": settings.SITE_URL}
    return render(request, "search/opensearch.xml", context, content_type="application/opensearchdescription+xml")


@require_safe
def editors_search(request: HttpRequest) -> HttpResponse:
    """Everything that this user may see in the administration, drafts too."""
    query = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    context = {
        **admin.site.each_context(request),
        "title": "Suche in der Verwaltung",
        "query": query,
        "groups": found_by_editors(request, query),
    }
    return render(request, "admin/search.html", context)
