"""Delivers the pictures of an event's page: its own, and in a preview those of its attachments."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from events.attachments.pictures import deliver_cover
from events.models import Event
from events.pages.event import previewed_attachments
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.pictures.sizes import rendition_or_original


def deliver_image(request: HttpRequest, event: Event, size: str) -> HttpResponseBase:
    if event.image is None:
        raise Http404
    return deliver(request, rendition_or_original(event.image, size), event.slug)


def deliver_previewed_cover(request: HttpRequest, event: Event, uuid: UUID) -> HttpResponseBase:
    """Only for attachments that the preview of this event shows."""
    return deliver_cover(request, get_object_or_404(previewed_attachments(event), uuid=uuid))
