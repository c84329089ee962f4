"""Which page of the site a report is about."""

from urllib.parse import quote, urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

MAX_QUOTED = 1_500  # stays within what `limit_requests` accepts as part of an address


def page_in_question(request: HttpRequest) -> str:
    """The path in `?seite=`, else that of the referring page; empty if it is not on this site."""
    given = request.GET.get("seite")
    return own_path(request, request.headers.get("Referer", "") if given is None else given)


def own_path(request: HttpRequest, address: str) -> str:
    """The path of an address on this site, else an empty string."""
    host = request.get_host()
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={host}):
        return ""
    path = urlsplit(address).path
    is_safe = path.startswith("/") and path.isprintable() and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_safe and len(quote(path)) <= MAX_QUOTED and len(path) <= 500 else ""
