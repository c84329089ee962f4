"""The WSGI application: a request that was answered by a kept page before needs no request object."""

from collections.abc import Callable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connection

from lernnetzwerk.operation.call_stack import roomy
from lernnetzwerk.page_cache.kept import load
from lernnetzwerk.page_cache.known import key_of_known
from lernnetzwerk.page_cache.pages import Answer
from lernnetzwerk.page_cache.version import quick_version


class PageCacheHandler(WSGIHandler):
    """Django's application; the middleware `PageCache` does the same, and all else, for the other requests."""

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:  # an iterable of bytes
        answer = known_answer(environ)
        if answer is None:
            return self.answer_request(environ, start_response)
        status, headers, body = answer
        start_response(status, headers)
        return [body]

    @roomy
    def answer_request(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return super().__call__(environ, start_response)


def known_answer(environ: dict[str, Any]) -> Answer | None:
    key = key_of_known(environ)
    if key is None:
        return None
    if not connection.in_atomic_block:  # as in a test; else Django does this at the begin of a request
        connection.close_if_unusable_or_obsolete()
    version = quick_version()
    page = None if version is None else load(key, version)
    return page.answer(environ) if page else None
