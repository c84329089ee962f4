"""The server's own responses, to requests that no application has seen."""

import socket
from contextlib import suppress
from http import HTTPStatus

from gunicorn import util

HEADERS = (
    "Connection: close",
    "Content-Type: text/html; charset=utf-8",
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options: nosniff",
    "X-Frame-Options: DENY",
    "Cache-Control: no-store",
)
PAGE = '<!doctype html><html lang="de"><meta charset="utf-8"><title>{0}</title><h1>{0}</h1>'
SENTENCES = {
    500: "Es ist ein Fehler aufgetreten.",
    503: "Gerade werden viele Dateien hochgeladen. Bitte in einer Minute noch einmal versuchen.",
}
UNREADABLE = "Die Anfrage ist ungültig."


def write_error(sock: socket.socket, status: int, reason: str, message: str) -> None:
    """A German page for a request that no application saw. `message`, which quotes the request, is not repeated."""
    reason = reason or HTTPStatus(status).phrase
    page = PAGE.format(SENTENCES.get(status, UNREADABLE)).encode()
    retry = ["Retry-After: 60"] if status == 503 else []
    head = [f"HTTP/1.1 {status} {reason}", *HEADERS, *retry, f"Content-Length: {len(page)}", "", ""]
    with suppress(OSError):
        util.write_nonblock(sock, "\r\n".join(head).encode("latin-1") + page)
