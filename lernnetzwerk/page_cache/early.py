"""Responses that the page cache does not keep but makes itself, before the other middleware: downloads."""

from collections.abc import Callable
from typing import Any, Protocol, Self, TypeVar, cast

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from lernnetzwerk.page_cache.kept import load, store

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
KEPT_STATUSES = (200, 206, 302, 304)


class Early(Protocol):
    """What a view knows after its first response, kept for the version of the public content; it can be pickled."""

    def early_response(self, request: HttpRequest) -> HttpResponseBase: ...

    def completed(self, own: HttpResponseBase, names: frozenset[str]) -> Self: ...


def answered_early(*parameters: str) -> Callable[[View], View]:
    """Decorator, the outermost one: the view calls `answer_early`.

    Its responses depend on the path, on whether these query parameters are present, and on headers.
    """

    def mark(view: View) -> View:
        cast("Any", view).early_parameters = parameters
        return view

    return mark


def answer_early(kept: Early, response: HttpResponseBase) -> HttpResponseBase:
    """The response of the view, with `kept` for later requests."""
    if response.status_code in KEPT_STATUSES:
        vars(response)["early"] = kept, frozenset(response.headers)
    return response


def early_address(request: HttpRequest, parameters: tuple[str, ...]) -> str:
    given = [name for name in parameters if name in request.GET]
    return f"{request.path}?{'&'.join(given)}"


def respond(
    request: HttpRequest, key: str, version: int, get_response: Callable[[HttpRequest], HttpResponseBase]
) -> HttpResponseBase:
    if kept := load(key, version):
        return kept.early_response(request)
    since = timezone.now()
    response = get_response(request)
    if found := vars(response).pop("early", None):
        kept, names = found
        store(key, kept.completed(response, names), version, since)
    return response
