"""Error pages without database and session, so that they work when those fail."""

import errno
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from lernnetzwerk.files.facts import format_size

RETRY_AFTER_SECONDS = 30
STORE_UNAVAILABLE = {  # disk full, or file system unreachable
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EIO,
    errno.EROFS,
    errno.ESTALE,
    errno.ENOTCONN,
    errno.EHOSTDOWN,
    errno.ETIMEDOUT,
}


def server_error(request: HttpRequest) -> HttpResponse:
    """503 with Retry-After for temporary errors (database unavailable or overloaded, store failing), else 500."""
    if _is_temporary(sys.exc_info()[1]):
        return unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def unavailable(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("400.html"), status=400)


def too_large(most: int) -> HttpResponse:
    """413 for a body of more than `most` bytes, which is not read: the connection ends with the response."""
    page = render_to_string("413.html", {"most": format_size(most)})
    return HttpResponse(page, status=413, headers={"Connection": "close", "Cache-Control": "no-store"})


def incomplete() -> HttpResponse:
    """408 for a body that stopped arriving."""
    return HttpResponse(render_to_string("408.html"), status=408, headers={"Cache-Control": "no-store"})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same body for hidden and unknown pages, without any part of the request."""
    return HttpResponse(render_to_string("404.html"), status=404)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(render_to_string("403.html"), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """A view whose visitors have no account answers with a page of its own, by its attribute `csrf_failure`."""
    match = request.resolver_match
    if match and (own := getattr(match.func, "csrf_failure", None)):
        return own(request, **match.kwargs)
    return HttpResponse(render_to_string("403.html"), status=403)


def _is_temporary(error: BaseException | None) -> bool:
    if isinstance(error, OSError):
        return error.errno in STORE_UNAVAILABLE
    return isinstance(error, OperationalError | InterfaceError)
