"""A kept page: its headers and its body plain and in two encodings."""

import gzip
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_header_parameters

BROTLI_QUALITY, GZIP_LEVEL = 5, 6
# Headers of a single response or of its encoding.
CONDITIONS = {"HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}
NOT_KEPT = {"Content-Length", "Content-Encoding", "Date", "ETag", "Cache-Control", "Set-Cookie"}


Answer = tuple[str, list[tuple[str, str]], bytes]  # status, headers and body as a WSGI application gives them


@dataclass(frozen=True)
class KeptPage:
    headers: tuple[tuple[str, str], ...]  # of every response, whatever its encoding
    etag: str
    bodies: dict[str, bytes]  # by their Content-Encoding, plain as ""

    def response(self, request: HttpRequest) -> HttpResponse:
        """200 in the best encoding that the request accepts, or 304 or 412."""
        if answer := self.answer(request.META):
            status, headers, body = answer
            return HttpResponse(body, status=int(status[:3]), headers=dict(headers))
        response = get_conditional_response(request, etag=self.etag)
        if response is None:
            _status, headers, body = self._whole(accepted_encoding(request.META.get("HTTP_ACCEPT_ENCODING", "")))
            return HttpResponse(body, headers=dict(headers))
        for name, value in self.headers:
            response.headers[name] = value
        return response

    def answer(self, environ: Mapping[str, Any]) -> Answer | None:
        """200, or 304 for the tag of this page; None if the request has other conditions."""
        conditions = environ.keys() & CONDITIONS
        if not conditions:
            return self._whole(accepted_encoding(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if conditions == {"HTTP_IF_NONE_MATCH"} and environ["HTTP_IF_NONE_MATCH"] == self.etag:
            return "304 Not Modified", list(self.headers), b""
        return None

    def _whole(self, encoding: str) -> Answer:
        body = self.bodies[encoding]
        headers = [*self.headers, ("Content-Length", str(len(body)))]
        return "200 OK", [*headers, ("Content-Encoding", encoding)] if encoding else headers, body


def is_for_everybody(response: HttpResponse) -> bool:
    """Whether the response may be kept: a page without cookies that no header makes personal or forbids to store.

    A nonce allows the scripts of one response only.
    """
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and "cookie" not in response.get("Vary", "").lower()
        and "no-store" not in response.get("Cache-Control", "")
        and "'nonce-" not in response.get("Content-Security-Policy", "")
    )


def page_of(response: HttpResponse) -> KeptPage:
    body = response.content
    # Weak, as both encodings share it (RFC 9110, 8.8.1).
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    patch_vary_headers(response, ["Accept-Encoding"])
    headers = [(name, value) for name, value in response.items() if name not in NOT_KEPT]
    headers += [("ETag", etag), ("Cache-Control", "no-cache")]  # browsers ask before they show it again
    bodies = {
        "": body,
        "br": brotli.compress(body, quality=BROTLI_QUALITY),
        "gzip": gzip.compress(body, compresslevel=GZIP_LEVEL, mtime=0),
    }
    return KeptPage(tuple(headers), etag, bodies)


@lru_cache(maxsize=200)
def accepted_encoding(header: str) -> str:
    """`br`, `gzip` or an empty text for neither (RFC 9110, 12.5.3)."""
    accepted = {}
    for part in header.split(","):
        name, options = parse_header_parameters(part)
        accepted[name] = options.get("q", "1")
    for name in ("br", "gzip"):
        if accepted.get(name, "0").rstrip("0.") or accepted.get(name) == "10":
            return name
    return ""
