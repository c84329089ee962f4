"""Preserves the file names of uploads as they were sent, so that the check can refuse a strange one."""

import html
from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParser
from django.utils.datastructures import MultiValueDict

from lernnetzwerk.files.names import mark_forbidden, split_extension

GetResponse = Callable[[HttpRequest], HttpResponse]


class UploadNameParser(MultiPartParser):
    """Django's parser silently removes paths and control characters before a form sees the name."""

    def sanitize_file_name(self, file_name: str) -> str:
        """The name with marks for slashes and control characters, which `refuse_name` recognises.

        Django appends the text after the last dot to the name of its temporary file, so only a short one may remain.
        """
        name = mark_forbidden(html.unescape(file_name))
        return name if split_extension(name)[1] else name.replace(".", "_")


def preserve_upload_names(get_response: GetResponse) -> GetResponse:
    """Middleware that parses uploads with UploadNameParser; from Django 6.1 `request.multipart_parser_class`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.parse_file_upload = partial(_parse, request)  # type: ignore[method-assign]  # before Django 6.1
        return get_response(request)

    return middleware


def _parse(request: HttpRequest, meta: dict, stream: Any) -> tuple[QueryDict, MultiValueDict]:
    return UploadNameParser(meta, stream, request.upload_handlers, request.encoding).parse()
