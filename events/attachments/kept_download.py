"""A download that is answered before the other middleware, as long as the file is public."""

from dataclasses import dataclass, replace
from typing import Self

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from events.attachments.download import is_saved
from events.attachments.download_counting import count_downloads
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.models import StoredFile

SENT_STATUSES = (200, 206, 302)  # 302 where the storage sends the file


@dataclass(frozen=True)
class KeptDownload:
    """What is known of a public file: its row, its name, its attachment, and the headers that middleware adds."""

    stored_file: StoredFile
    filename: str
    attachment: int
    headers: tuple[tuple[str, str], ...] = ()

    def response(self, request: HttpRequest) -> HttpResponseBase:
        """The file, its part, 304 or an error; sent files are counted."""
        is_download = is_saved(request, self.stored_file)
        response = deliver(request, self.stored_file, self.filename, inline=not is_download)
        if is_download and response.status_code in SENT_STATUSES:
            count_downloads(request, {self.attachment})
        return response

    def early_response(self, request: HttpRequest) -> HttpResponseBase:
        response = self.response(request)
        if isinstance(response, HttpResponse):
            response.headers.setdefault("Content-Length", str(len(response.content)))
        for name, value in self.headers:
            response.headers.setdefault(name, value)
        return response

    def completed(self, own: HttpResponseBase, names: frozenset[str]) -> Self:
        """This download with the headers of the whole response `own` that are not among its first `names`."""
        added = tuple((name, value) for name, value in own.items() if name not in names and name != "Content-Length")
        return replace(self, headers=added)
