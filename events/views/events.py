import logging

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from events.attachments.download_counting import count_downloads
from events.attachments.zip_export import ZipExport
from events.attachments.zip_paths import archive_name
from events.models import Event, Series
from events.pages.event import event_page
from events.pages.event_pictures import deliver_image
from events.pages.now import now_page
from events.pages.series import series_page
from events.views.event_filters import FILTERS
from events.views.found import published_event
from lernnetzwerk.operation.prepared_statements import AT, Prepared
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.pictures.addresses import LARGE
from lernnetzwerk.pictures.sizes import with_picture
from lernnetzwerk.slugs.models import find
from lernnetzwerk.slugs.redirects import redirect_with_slug
from lernnetzwerk.web.filters import Filtered, parameters

PER_PAGE = 30
SERIES = Prepared(lambda: Series.objects.published(AT).with_counts("events", at=AT))
PROGRAMME_FORMS = {"kurz": "short", "ausfuehrlich": "full"}  # without a choice phones get the short one

logger = logging.getLogger("lernnetzwerk.materials")


@cached_page(*parameters(FILTERS), "seite")
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    filters = Filtered(Event.objects.published().in_order(now), FILTERS, request.GET)
    page = filters.page(request.GET.get("seite"), PER_PAGE, Event.objects.for_cards())
    context = {
        "section": "events",
        "filters": filters,
        "page": page,
        "upcoming": [event for event in page.object_list if event.is_upcoming(now)],
        "past": [event for event in page.object_list if not event.is_upcoming(now)],
        "series": SERIES.rows(at=now),
    }
    return render(request, "events/list.html", context)


@cached_page("seite")
@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = find(Series.objects.published(), slug)
    if series.slug != slug:
        return redirect(series)
    return render(request, "events/series.html", series_page(series, request.GET.get("seite")))


@cached_page("programm")
@require_safe
def event_detail(request: HttpRequest, event: str) -> HttpResponse:
    found = published_event(event)
    if found.slug != event:
        return redirect(found)
    form = PROGRAMME_FORMS.get(request.GET.get("programm", ""), "fitting")
    return render(request, "events/detail.html", {**event_page(found, found.current_release), "form": form})


@cached_page()
@require_safe
def event_now(request: HttpRequest, event: str) -> HttpResponse:
    """What runs now; 302 from an old address, 404 without a released programme."""
    found = published_event(event)
    if found.slug != event:
        return redirect_with_slug(request, event=found.slug)
    if found.current_release is None:
        raise Http404
    return render(request, "events/now.html", now_page(found))


@require_safe
def event_image(request: HttpRequest, event: str, size: str = LARGE) -> HttpResponseBase:
    found = find(with_picture(Event.objects.published()), event)
    if found.slug != event:
        return redirect_with_slug(request, event=found.slug)
    return deliver_image(request, found, size)


@require_safe
def event_attachments(request: HttpRequest, event: str) -> HttpResponseBase:
    """All files of the event's page in one ZIP: 200, 302 from an old address, 304, or 404 for fewer than two."""
    found = published_event(event)
    if found.slug != event:
        return redirect_with_slug(request, event=found.slug)
    zip_export = event_page(found, found.current_release)["zip_export"]
    if not zip_export:
        raise Http404
    heading = f"Materialien: {found.name_and_dates}"
    etag = zip_export.etag(heading)
    response = get_conditional_response(request, etag=etag) or _zipped(request, zip_export, heading)
    response["Content-Disposition"] = f'attachment; filename="{archive_name(found.slug)}.zip"'
    response["Cache-Control"] = "no-cache"
    response["ETag"] = etag
    return response


def _zipped(request: HttpRequest, zip_export: ZipExport, heading: str) -> HttpResponseBase:
    if damaged := zip_export.damaged():
        logger.error("blobs of the materials %s are missing or damaged", [member.attachment.pk for member in damaged])
        zip_export = ZipExport(zip_export.attachments, [member.stored_file for member in damaged])
    stream = zip_export.stream(heading)
    count_downloads(request, {member.attachment.pk for member in zip_export.members.values()})
    headers = {"Content-Type": "application/zip", "Content-Length": str(len(stream))}
    return HttpResponse(headers=headers) if request.method == "HEAD" else StreamingHttpResponse(stream, headers=headers)
