"""Refuses requests that no visitor's browser would send, before they reach a database."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.request import UnreadablePostError
from django.shortcuts import resolve_url

from lernnetzwerk.operation.server import SMALL_BODY
from lernnetzwerk.web.errors import bad_request, incomplete, too_large

MAX_PATH_BYTES = 2_000
MAX_QUERY_BYTES = 4_000
ADMINISTRATION = "/verwaltung/"
UPLOAD_PATHS = (ADMINISTRATION, "/hochladen/")

GetResponse = Callable[[HttpRequest], HttpResponse]


def limit_requests(get_response: GetResponse) -> GetResponse:
    """Middleware: 400 for a NUL byte, invalid UTF-8 or excessive length in the address; form fields refuse NUL.

    413 for a body whose announced length exceeds the limit, before any of it is read.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        path = unquote_to_bytes((request.META.get("RAW_URI") or request.get_full_path()).partition("?")[0])
        query = request.META.get("QUERY_STRING", "").encode("latin-1", "replace")
        if len(path) > MAX_PATH_BYTES or len(query) > MAX_QUERY_BYTES:
            return bad_request(request, ValueError("address too long"))
        if not (_is_text(path) and _is_text(unquote_to_bytes(query))):
            return bad_request(request, ValueError("address is no text"))
        if body_length(request) > (most := _most_bytes(request.path)):
            return too_large(most)
        return get_response(request)

    return middleware


class RefuseFromHead:
    """Middleware before Django's check of forms, which reads the body: refuses bodies of strangers unread.

    A view decides by its attribute `refuse_from_head`, a function of the request and the view's arguments that returns
    a response, or None to go on. A client that does not finish its body gets 408.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], _args: tuple, keys: dict
    ) -> HttpResponseBase | None:
        if request.method in {"GET", "HEAD", "OPTIONS", "TRACE"}:
            return None
        refuse = getattr(view, "refuse_from_head", _refuse_strangers)
        return refuse(request, **keys)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return incomplete() if isinstance(error, UnreadablePostError) else None


def _refuse_strangers(request: HttpRequest, **_keys: object) -> HttpResponse | None:
    if body_length(request) <= SMALL_BODY or request.user.is_staff:
        return None
    if not request.path.startswith(ADMINISTRATION):
        return too_large(SMALL_BODY)
    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def body_length(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else 0


def _most_bytes(path: str) -> int:
    return max_bytes_with_files() if path.startswith(UPLOAD_PATHS) else settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def max_bytes_with_files() -> int:
    """Bytes per request. A form that takes several files states this limit: more could fill the disk."""
    return settings.DATA_UPLOAD_MAX_MEMORY_SIZE + settings.FILES_MAX_SIZE


def _is_text(data: bytes) -> bool:
    try:
        return "\x00" not in data.decode()
    except UnicodeDecodeError:
        return False
