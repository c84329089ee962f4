"""Refuses requests no visitor's browser would send, before anything of them reaches a database."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lernnetzwerk.delivery.errors import bad_request, too_large

MAX_PATH_BYTES = 2_000
MAX_QUERY_BYTES = 4_000
BESIDE_THE_FILE = 10_000_000  # the other fields of a form

GetResponse = Callable[[HttpRequest], HttpResponse]


def guard(get_response: GetResponse) -> GetResponse:
    """Middleware: 400 for a NUL byte, invalid UTF-8 or excessive length in the address; form fields refuse NUL.

    413 for a body larger than any form sends, before any of it is read; one of unknown length is not read at all.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        path = unquote_to_bytes((request.META.get("RAW_URI") or request.get_full_path()).partition("?")[0])
        query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
        if len(path) > MAX_PATH_BYTES or len(query) > MAX_QUERY_BYTES:
            return bad_request(request, ValueError("address too long"))
        if not (_is_text(path) and _is_text(unquote_to_bytes(query))):
            return bad_request(request, ValueError("address is no text"))
        if _length(request) > settings.FILES_MAX_SIZE + BESIDE_THE_FILE:
            return too_large(request)
        return get_response(request)

    return middleware


def _length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or ""
    return int(length) if length.isascii() and length.isdecimal() else 0


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode()
    except UnicodeDecodeError:
        return False
