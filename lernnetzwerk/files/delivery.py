"""Delivers stored files to browsers. The caller's query decides who may read a file."""

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
EVALUATED_HERE = {"HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"}  # nginx would compare them with its own time and tag
CSP_DOWNLOAD = "sandbox; default-src 'none'"
# A browser that opens a film builds a page that requests the film again, which a sandbox forbids.
CSP_MEDIA = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'"
ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"  # attr-char of RFC 8187 beyond letters and digits

logger = logging.getLogger("lernnetzwerk.files")


class MissingBlobError(Exception):
    """The blob is missing or its size differs from its row."""


class Part:
    """A range of a file, as an iterator of chunks and as an open file for the server's `wsgi.file_wrapper`.

    `close` closes the file even when it was never read.
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
        if not chunk:  # raising ends the connection; a silent end would look like a complete file
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
    """Answer GET and HEAD with the file, per RFC 9110: 200, 206, 304, 405, 412 or 416; 503 when the blob is missing.

    `filename` may be anything; its extension follows from the checked type. `inline` defaults to True for embeddable
    files: images, audio, video. `from_here` never redirects to the store, whose responses scripts cannot read.
    """
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if inline is None:
        inline = stored_file.is_embeddable
    shown_as = disposition(filename, stored_file, inline)
    response = conditional_response(request, stored_file)
    try:
        if response is None and settings.FILES_HANDOVER == "s3" and not from_here:
            return redirect_to_store(stored_file, shown_as)
        if response is None:
            response = hand_over_to_nginx(request, stored_file) or full_or_partial(request, stored_file)
    except MissingBlobError:
        return blob_missing()
    response.headers["Content-Disposition"] = shown_as
    return with_headers(response, stored_file)


def redirect_to_store(stored_file: StoredFile, shown_as: str) -> HttpResponseBase:
    """Redirect to a signed address of the store; nothing caches it, because it grants access for five minutes."""
    require_blob(stored_file)
    address = cast("BucketStorage", files_storage()).signed_url(stored_file.key, content_type(stored_file), shown_as)
    return HttpResponseRedirect(address, headers={"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})


def hand_over_to_nginx(request: HttpRequest, stored_file: StoredFile) -> HttpResponseBase | None:
    """A response whose body nginx adds, ranges included; None when this process has to respond."""
    if settings.FILES_HANDOVER != "nginx" or not EVALUATED_HERE.isdisjoint(request.META):
        return None
    require_blob(stored_file)
    return HttpResponse(headers={"X-Accel-Redirect": settings.FILES_HANDOVER_PREFIX + quote(stored_file.key)})


def require_blob(stored_file: StoredFile) -> None:
    """Raise MissingBlobError before nginx or the store responds with an error page of its own."""
    try:
        is_there = files_storage().size(stored_file.key) == stored_file.size
    except (FileNotFoundError, NotADirectoryError):
        is_there = False
    if not is_there:
        raise missing(stored_file)


def conditional_response(request: HttpRequest, stored_file: StoredFile) -> HttpResponseBase | None:
    """304 or 412 when a condition of the request demands it, else None."""
    return get_conditional_response(
        request, etag=etag(stored_file), last_modified=int(stored_file.created_at.timestamp())
    )


def full_or_partial(request: HttpRequest, stored_file: StoredFile) -> HttpResponseBase:
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


def missing(stored_file: StoredFile) -> MissingBlobError:
    logger.error("Stored file %s: blob %s is missing or damaged", stored_file.pk, stored_file.key)
    return MissingBlobError(stored_file.key)


def blob_missing() -> HttpResponse:
    """503, not 404: the page of the file exists, and a restored blob is delivered again."""
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


def with_headers(response: HttpResponseBase, stored_file: StoredFile) -> HttpResponseBase:
    """Set the headers of every response. `no-cache`: caches revalidate, so a withdrawn file is gone at once."""
    headers = {
        "Content-Type": content_type(stored_file),
        "ETag": etag(stored_file),
        "Last-Modified": http_date(int(stored_file.created_at.timestamp())),
        "Cache-Control": "no-cache",
        "Accept-Ranges": "bytes",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": CSP_MEDIA if stored_file.is_audio or stored_file.is_video else CSP_DOWNLOAD,
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    for name, value in headers.items():
        response[name] = value
    if "X-Accel-Redirect" in response:
        del response["Accept-Ranges"]  # nginx adds it
    return response


def content_type(stored_file: StoredFile) -> str:
    return stored_file.type.header if stored_file.type else "application/octet-stream"


def disposition(filename: str, stored_file: StoredFile, inline: bool) -> str:
    """Content-Disposition (RFC 6266) with an ASCII name for old clients and the real name (RFC 8187)."""
    name = with_extension(clean_name(filename), stored_file)
    fallback = ascii_name(name)
    value = f'{"inline" if inline else "attachment"}; filename="{fallback}"'
    return value if fallback == name else f"{value}; filename*=UTF-8''{quote(name, safe=ATTRIBUTE_CHARACTERS)}"


def with_extension(name: str, stored_file: StoredFile) -> str:
    """The name with an extension of the checked type, whatever a title such as "x.html" says."""
    extensions = stored_file.type.extensions if stored_file.type else (".bin",)
    return name if name.lower().endswith(extensions) else name + extensions[0]
