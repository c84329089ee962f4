"""`cached_page` marks a view whose pages are the same for everybody."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.urls import Resolver404, get_urlconf, resolve

LONGEST_VALUE = 200  # characters of a parameter; pages with longer ones are not kept

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


class CachedView(Protocol):
    page_parameters: tuple[str, ...]


def cached_page(*parameters: str) -> Callable[[View], View]:
    """Decorator, the outermost one: the page depends on the path and on these query parameters, on nothing else.

    The view never sees other parameters, so that they neither change a page nor fill the cache.
    """

    def mark(view: View) -> View:
        cast("CachedView", view).page_parameters = parameters
        return view

    return mark


def known_query(request: HttpRequest, view: Any) -> QueryDict | None:
    """The known parameters in a fixed order, or None if the page is not kept."""
    names = getattr(view, "page_parameters", None)
    if names is None:
        return None
    query = QueryDict(encoding="utf-8", mutable=True)
    if not names or not request.META.get("QUERY_STRING"):
        return query
    for name in names:
        if value := request.GET.get(name):
            query[name] = value
    return query if all(len(value) <= LONGEST_VALUE for value in query.dict().values()) else None


def view_of(request: HttpRequest) -> Any:
    """The view that answers the request, None if there is none."""
    return _view_of(request.path_info, get_urlconf())


@lru_cache(maxsize=2_000)
def _view_of(path: str, urlconf: str | None) -> Any:
    try:
        return resolve(path, urlconf).func
    except Resolver404:
        return None
