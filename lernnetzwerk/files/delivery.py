"""The one way a stored file reaches a browser. Who may read it was decided by the query that found it."""

import logging
from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING, cast
from urllib.parse import quote

from django.conf import settings
from django.core.files import File
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.names import ascii_name, clean_name
from lernnetzwerk.files.ranges import UnsatisfiableError, parse_range
from lernnetzwerk.files.storage import files_storage

if TYPE_CHECKING:  # its packages are optional
    from lernnetzwerk.files.s3 import BucketStorage

CHUNK = 1 << 16
JUDGED_HERE = ("If-Match", "If-Unmodified-Since")  # nginx would compare with a time and a tag of its own
CLOSED = "sandbox; default-src 'none'"
# A browser that opens a film by itself makes a page around it, which asks for the film again: in a sandbox it may not.
PLAYED = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"  # attr-char of RFC 8187 beyond letters and digits

logger = logging.getLogger("lernnetzwerk.files")


class LostError(Exception):
    """The blob is gone, or not as long as its row says."""


class Part:
    """Some bytes of a file, in chunks, or as an open file from which a server lets the system send them.

    Closes the file even when it was never read.
    """

    def __init__(self, file: File, bounds: range) -> None:
        self.file = file
        self.left = len(bounds)
        file.seek(bounds.start)

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if chunk := self.read(CHUNK):
            return chunk
        raise StopIteration

    def read(self, size: int) -> bytes:
        if not self.left:
            return b""
        chunk = self.file.read(min(size, self.left))
        if not chunk:  # raising ends the connection: a silent end would pass for a complete file
            raise OSError(f"{self.file.name} ends {self.left} bytes too early")
        self.left -= len(chunk)
        return chunk

    @property
    def is_on_disk(self) -> bool:
        return isinstance(self.file.file, BufferedReader)

    def fileno(self) -> int:
        return self.file.fileno()

    def seek(self, offset: int) -> int:
        return self.file.seek(offset)

    def close(self) -> None:
        self.file.close()


def deliver(
    request: HttpRequest,
    stored_file: StoredFile,
    filename: str,
    *,
    inline: bool | None = None,
    from_here: bool = False,
) -> HttpResponseBase:
    """Answer GET and HEAD with the file, per RFC 9110: 200, 206, 304, 405, 412 or 416; 503 when the blob is lost.

    `filename` may be anything; its extension follows from the checked type. `inline` is by default for what a page
    embeds: images, audio, video. `from_here` never sends the browser on to the store, whose answers a page may play
    but not look into.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if inline is None:
        inline = stored_file.is_embeddable
    shown_as = disposition(filename, stored_file, inline)
    response = conditional(request, stored_file)
    try:
        if response is None and settings.FILES_HANDOVER == "s3" and not from_here:
            return to_store(stored_file, shown_as)
        if response is None:
            response = to_nginx(request, stored_file) or content(request, stored_file)
    except LostError:
        return lost()
    response.headers["Content-Disposition"] = shown_as
    return protect(response, stored_file)


def to_store(stored_file: StoredFile, shown_as: str) -> HttpResponseBase:
    """To a signed address of the store: whoever has it has the file for five minutes, so no cache keeps it."""
    require_blob(stored_file)
    address = cast("BucketStorage", files_storage()).signed_url(stored_file.key, content_type(stored_file), shown_as)
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def to_nginx(request: HttpRequest, stored_file: StoredFile) -> HttpResponseBase | None:
    """An answer without body whose body nginx adds, ranges included; None where this process has to answer."""
    if settings.FILES_HANDOVER != "nginx" or any(name in request.headers for name in JUDGED_HERE):
        return None
    require_blob(stored_file)
    return HttpResponse(headers={"X-Accel-Redirect": settings.FILES_HANDOVER_PREFIX + quote(stored_file.key)})


def require_blob(stored_file: StoredFile) -> None:
    """LostError when it is not there as its row says: who takes over would answer in words of its own."""
    try:
        is_there = files_storage().size(stored_file.key) == stored_file.size
    except (FileNotFoundError, NotADirectoryError):
        is_there = False
    if not is_there:
        raise missing(stored_file)


def conditional(request: HttpRequest, stored_file: StoredFile) -> HttpResponseBase | None:
    """304 or 412 when the request's conditions say so."""
    return get_conditional_response(
        request, etag=etag(stored_file), last_modified=int(stored_file.created_at.timestamp())
    )


def content(request: HttpRequest, stored_file: StoredFile) -> HttpResponseBase:
    file = open_blob(stored_file)
    try:
        bounds = wanted_range(request, stored_file)
    except UnsatisfiableError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored_file.size}"})
    body = Part(file, bounds or range(stored_file.size))
    headers = {"Content-Length": str(body.left)}
    if bounds is not None:
        headers["Content-Range"] = f"bytes {bounds.start}-{bounds.stop - 1}/{stored_file.size}"
    if request.method == "HEAD":
        body.close()
        return HttpResponse(headers=headers)
    response = StreamingHttpResponse(body, status=200 if bounds is None else 206, headers=headers)
    if body.is_on_disk:  # then Django hands it to the server's `wsgi.file_wrapper`
        vars(response).update(file_to_stream=body, block_size=CHUNK)
    return response


def open_blob(stored_file: StoredFile) -> File:
    try:
        file = stored_file.open()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        file = None
    if file is not None and file.size == stored_file.size:
        return file
    if file is not None:
        file.close()
    raise missing(stored_file)


def missing(stored_file: StoredFile) -> LostError:
    logger.error("Stored file %s: blob %s is missing or damaged", stored_file.pk, stored_file.key)
    return LostError(stored_file.key)


def lost() -> HttpResponse:
    """Not 404: its page is there and says that it can be had, and so it will be once it is brought back."""
    return HttpResponse(render_to_string("lost_file.html"), status=503, headers={"Cache-Control": "no-store"})


def wanted_range(request: HttpRequest, stored_file: StoredFile) -> range | None:
    header = request.headers.get("Range", "")
    if request.method != "GET" or not header or not is_same(request.headers.get("If-Range"), stored_file):
        return None
    return parse_range(header, stored_file.size)


def is_same(validator: str | None, stored_file: StoredFile) -> bool:
    """If-Range (RFC 9110, 13.1.5): strong comparison of the tag, exact comparison of the date."""
    if validator is None:
        return True
    validator = validator.strip()
    return validator == etag(stored_file) or parse_http_date_safe(validator) == int(stored_file.created_at.timestamp())


def etag(stored_file: StoredFile) -> str:
    return f'"{stored_file.sha256}"'


def protect(response: HttpResponseBase, stored_file: StoredFile) -> HttpResponseBase:
    """Headers of every answer. `no-cache`: a cache asks before each use, so a withdrawn file is gone at once."""
    headers = {
        "Content-Type": content_type(stored_file),
        "ETag": etag(stored_file),
        "Last-Modified": http_date(int(stored_file.created_at.timestamp())),
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": PLAYED if stored_file.is_audio or stored_file.is_video else CLOSED,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    for name, value in headers.items():
        response[name] = value
    if "X-Accel-Redirect" in response:
        del response["Accept-Ranges"]  # nginx says it by itself
    return response


def content_type(stored_file: StoredFile) -> str:
    return stored_file.type.header if stored_file.type else "application/octet-stream"


def disposition(filename: str, stored_file: StoredFile, inline: bool) -> str:
    """Content-Disposition (RFC 6266): an ASCII name for old clients, the true one as RFC 8187 has it."""
    name = with_extension(clean_name(filename), stored_file)
    fallback = ascii_name(name)
    value = f'{"inline" if inline else "attachment"}; filename="{fallback}"'
    return value if fallback == name else f"{value}; filename*=UTF-8''{quote(name, safe=ATTRIBUTE_CHARACTERS)}"


def with_extension(name: str, stored_file: StoredFile) -> str:
    """The type comes from the check: a title such as "x.html" cannot decide it."""
    extensions = stored_file.type.extensions if stored_file.type else (".bin",)
    return name if name.lower().endswith(extensions) else name + extensions[0]
