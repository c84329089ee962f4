"""Answers requests for public pages from the cache, before any other middleware."""

import hashlib
from collections.abc import Callable
from threading import Lock
from urllib.parse import unquote

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.utils import timezone

from lernnetzwerk.page_cache.early import early_address, respond
from lernnetzwerk.page_cache.kept import load, store
from lernnetzwerk.page_cache.known import remember
from lernnetzwerk.page_cache.pages import is_for_everybody, page_of
from lernnetzwerk.page_cache.version import current_version
from lernnetzwerk.page_cache.views import known_query, view_of

LOCKS = [Lock() for _ in range(256)]
LONGEST_ADDRESS = 1_000  # characters
WAITED = 10  # seconds for another thread that renders the same page; then it is rendered twice
NOT_FORWARDED = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE")


class PageCache:
    """Middleware, the first one: keeps the pages of views marked by `cached_page`.

    A kept page is used while the version of the public content is the one it was rendered from, and its moment has not
    come. The version is asked before rendering: a change during it makes the page outdated, never wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if settings.DEBUG:  # changed templates are seen at once
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        view = view_of(request) if is_plain(request) else None
        early = getattr(view, "early_parameters", None)
        query = known_query(request, view) if early is None else None
        version = current_version() if early is not None or query is not None else None
        if version is None:
            return self.get_response(request)
        if query is None:
            return respond(request, key_of(early_address(request, early or ())), version, self.get_response)
        address = query.urlencode()
        key = key_of(f"{request.path}?{address}")
        if kept := load(key, version):
            remember(request.META, address, key)
            return kept.response(request)
        if request.method == "HEAD":
            return self.get_response(request)
        return self._rendered_once(request, query, key, version)

    def _rendered_once(self, request: HttpRequest, query: QueryDict, key: str, version: int) -> HttpResponse:
        lock = LOCKS[hash(key) % len(LOCKS)]
        is_locked = has_lock_at_once = lock.acquire(blocking=False)
        try:
            if not has_lock_at_once:
                is_locked = lock.acquire(timeout=WAITED)
                version = current_version() or version
                if kept := load(key, version):
                    return kept.response(request)
            return self._rendered(request, query, key, version)
        finally:
            if is_locked:
                lock.release()

    def _rendered(self, request: HttpRequest, query: QueryDict, key: str, version: int) -> HttpResponse:
        since = timezone.now()
        sent = {name: request.META.pop(name) for name in NOT_FORWARDED if name in request.META}
        given, request.GET = request.GET, query  # type: ignore[assignment]  # as views see it
        response = self.get_response(request)
        request.META.update(sent)
        request.GET = given
        if not is_for_everybody(response):
            return response
        page = page_of(response)
        store(key, page, version, since)
        return page.response(request)


def key_of(address: str) -> str:
    return f"page:{hashlib.sha256(address.encode()).hexdigest()[:32]}"


def is_plain(request: HttpRequest) -> bool:
    """A GET or HEAD without a body, for an allowed host, and over https if that is demanded."""
    if request.method not in {"GET", "HEAD"} or request.META.get("CONTENT_LENGTH") not in {None, "", "0"}:
        return False
    if not is_readable(request):
        return False
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return request.is_secure() or not settings.SECURE_SSL_REDIRECT


def is_readable(request: HttpRequest) -> bool:
    """Whether the address is short text; others are refused further in."""
    address = request.META.get("RAW_URI") or request.get_full_path()
    try:
        return len(address) <= LONGEST_ADDRESS and "\x00" not in unquote(address, errors="strict")
    except UnicodeDecodeError:
        return False
