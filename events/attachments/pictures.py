"""The pictures of a material: those of its pages, and the one that stands for it in a list."""

from django.http import Http404, HttpRequest, HttpResponseBase

from events.models import Attachment
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.reading.pictures import cover, page_picture


def deliver_page(request: HttpRequest, material: Attachment, number: int, size: str) -> HttpResponseBase:
    picture = page_picture(material.stored_file, number, size) if material.stored_file else None
    if picture is None:
        raise Http404
    return deliver(request, picture, f"seite-{number}")


def deliver_poster(request: HttpRequest, material: Attachment) -> HttpResponseBase:
    if material.poster is None:
        raise Http404
    return deliver(request, cover(material.poster, "large") or material.poster, "standbild")


def deliver_cover(request: HttpRequest, material: Attachment) -> HttpResponseBase:
    """Its first page, else the still of a film."""
    first = cover(material.stored_file, "small") if material.stored_file else None
    return deliver(request, first, "titelbild") if first else deliver_poster(request, material)
