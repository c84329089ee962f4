from collections.abc import Collection
from typing import Any

from django.db.models import F, UUIDField
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.attachments.kept_download import KeptDownload
from events.attachments.pictures import deliver_page, deliver_poster
from events.attachments.player import deliver_chapters, deliver_track, frame_policy
from events.models import Attachment
from events.models.attachment import SAVE_PARAMETER
from events.models.attachment_queryset import AttachmentQuerySet
from events.pages.attachment import attachment_page
from events.views.attachment_filters import FILTERS, ORDERS, VIEWS
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.operation.prepared_statements import AT, Parameter, Prepared
from lernnetzwerk.page_cache.early import answer_early, answered_early
from lernnetzwerk.page_cache.kept import kept_value
from lernnetzwerk.page_cache.views import cached_page
from lernnetzwerk.web import security_policy
from lernnetzwerk.web.filters import Filtered, parameters

PER_PAGE = 24


def _published() -> AttachmentQuerySet:
    return Attachment.objects.published(AT).filter(uuid=Parameter("uuid", UUIDField()))


PUBLISHED_ATTACHMENT = Prepared(_published)
PUBLISHED_PAGE = Prepared(lambda: _published().for_page())
PUBLISHED_FILE = Prepared(
    lambda: StoredFile.objects.filter(attachments__in=_published()).annotate(attachment=F("attachments"))
)


@cached_page(*parameters(FILTERS), "sortierung", "ansicht", "seite")
@require_safe
def attachment_list(request: HttpRequest) -> HttpResponse:
    order = known_choice(ORDERS, request.GET.get("sortierung"))
    attachments = Attachment.objects.published().available().with_event_date().order_by(*ORDERS[order][1])
    filters = Filtered(attachments, FILTERS, request.GET, kept=("sortierung", "ansicht"))
    page = filters.page(request.GET.get("seite"), PER_PAGE, Attachment.objects.for_cards())
    context = {
        "section": "attachments",
        "filters": filters,
        "page": page,
        "orders": [(value, label, value == order) for value, (label, _columns) in ORDERS.items()],
        "is_compact": known_choice(VIEWS, request.GET.get("ansicht")) == "liste",
    }
    return render(request, "events/attachment_list.html", context)


def known_choice(offered: Collection[str], wanted: str | None) -> str:
    """`wanted` if it is offered, else the default, an empty text."""
    return wanted if wanted is not None and wanted in offered else ""


@cached_page("ab")
@require_safe
def attachment_detail(request: HttpRequest, uuid: str) -> HttpResponse:
    attachment = published_or_404(uuid, PUBLISHED_PAGE)
    page = render(request, "events/attachment.html", attachment_page(attachment, request.GET.get("ab")))
    security_policy.extend(page, frame_policy(attachment))
    return page


def published_or_404(uuid: str, statement: Prepared = PUBLISHED_ATTACHMENT) -> Any:
    """The published attachment, or with FILE its stored file; Http404 if there is none. Prepared for frequent use."""
    found = statement.first(at=timezone.now(), uuid=uuid)
    if found is None:
        raise Http404
    return found


@require_safe
def poster(request: HttpRequest, uuid: str) -> HttpResponseBase:
    return deliver_poster(request, published_or_404(uuid))


@require_safe
def track(request: HttpRequest, uuid: str, name: str) -> HttpResponseBase:
    return deliver_track(request, published_or_404(uuid), name)


@require_safe
def chapter_list(request: HttpRequest, uuid: str) -> HttpResponse:
    return deliver_chapters(request, published_or_404(uuid))


@answered_early(SAVE_PARAMETER)
@require_safe
def download(request: HttpRequest, uuid: str, filename: str) -> HttpResponseBase:
    """Redirects from a wrong file name.

    Files that a page shows or plays are sent inline; they are saved and counted if the query says so.
    """
    stored_file, right_name = kept_value(f"download:{uuid}", lambda: _file_and_name(uuid))
    if right_name != filename:
        attachment = Attachment.objects.for_download().get(pk=stored_file.attachment)
        return redirect(attachment.get_save_url() if SAVE_PARAMETER in request.GET else attachment.get_download_url())
    kept = KeptDownload(stored_file, filename, stored_file.attachment)
    return answer_early(kept, kept.response(request))


def _file_and_name(uuid: str) -> tuple[StoredFile, str]:
    stored_file = published_or_404(uuid, PUBLISHED_FILE)
    return stored_file, Attachment.objects.for_download().get(pk=stored_file.attachment).filename


@require_safe
def page_picture(request: HttpRequest, uuid: str, number: int, size: str) -> HttpResponseBase:
    return deliver_page(request, published_or_404(uuid), number, size)
