from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lernnetzwerk.search.page import search_page


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "search/search.html", search_page(request.GET))
