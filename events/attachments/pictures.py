"""Delivers the pictures of an attachment: its pages, its poster and its cover in lists."""

from django.http import Http404, HttpRequest, HttpResponseBase

from events.models import Attachment
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.reading.pictures import cover, page_picture


def deliver_page(request: HttpRequest, attachment: Attachment, number: int, size: str) -> HttpResponseBase:
    picture = page_picture(attachment.stored_file, number, size) if attachment.stored_file else None
    if picture is None:
        raise Http404
    return deliver(request, picture, f"seite-{number}")


def deliver_poster(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    if attachment.poster is None:
        raise Http404
    return deliver(request, cover(attachment.poster, "large") or attachment.poster, "standbild")


def deliver_cover(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """The picture of the first page, else the poster."""
    first = cover(attachment.stored_file, "small") if attachment.stored_file else None
    return deliver(request, first, "titelbild") if first else deliver_poster(request, attachment)
