"""File names as they were sent, so that a strange one can be refused with a sentence instead of being mended."""

import html
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from lernnetzwerk.files.names import marked, split_extension

GetResponse = Callable[[HttpRequest], HttpResponse]


class NameKeepingParser(MultiPartParser):
    """Django's parser cuts off paths and control characters before a form sees the name, and nobody is told."""

    def sanitize_file_name(self, file_name: str) -> str:
        """Without slash or control character, but with something in their place that `refuse_name` knows.

        Django appends what stands behind the last dot to the name of its temporary file: only a short ending is left.
        """
        name = marked(html.unescape(file_name))
        return name if split_extension(name)[1] else name.replace(".", "_")


def keep_names(get_response: GetResponse) -> GetResponse:
    """Middleware: uploads are read with NameKeepingParser. Django 6.1 has `request.multipart_parser_class` for this."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.parse_file_upload = partial(_parse, request)  # type: ignore[method-assign]  # before Django 6.1
        return get_response(request)

    return middleware


def _parse(request: HttpRequest, meta: dict, stream: Any) -> tuple[QueryDict, MultiValueDict]:
    return NameKeepingParser(meta, stream, request.upload_handlers, request.encoding).parse()
