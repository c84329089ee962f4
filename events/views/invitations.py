"""Pages for speakers who hand in files by an upload link; its token is the only authentication."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.invitations import links, receiving
from events.invitations.forms import ENDINGS, ReleaseForm
from events.models import HandedIn, Invitation
from lernnetzwerk.administration.sent_forms import arrived_at, is_repeated, note_head
from lernnetzwerk.files.check import RETRY_SECONDS, is_busy
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.facts import count, format_size
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.names import clean_name
from lernnetzwerk.operation.server import SMALL_BODY
from lernnetzwerk.previews.views import PRIVATE
from lernnetzwerk.reading.findings import findings
from lernnetzwerk.reading.models import Reading, Rendition
from lernnetzwerk.web.errors import too_large
from lernnetzwerk.web.request_limits import body_length, max_bytes_with_files

View = Callable[..., HttpResponseBase]
Refusal = Callable[..., HttpResponseBase | None]
Refusals = list[tuple[str, str]]
SHOWN_PAGES = 12
# No referrer for other sites; `no-referrer` would also remove the origin, and forms would be refused.
HEADERS = {**PRIVATE, "Referrer-Policy": "same-origin"}


NOTHING_TAKEN = "Nichts wurde angenommen"
LOST_COOKIE = (
    "Das Cookie dieser Seite ist abgelaufen. Ihre Angaben stehen noch hier; bitte wählen Sie Dateien noch einmal aus. "
    "Geschieht es wieder, erlauben Sie bitte Cookies für diese Seite."
)


def invited(view: Callable[..., Any]) -> Callable[..., Any]:
    """Passes the token's invitation to a view or a refusal, 404 without a valid one; answers are private."""

    @wraps(view)
    def answer(request: HttpRequest, token: str, **keys: object) -> HttpResponseBase:
        try:
            response = view(request, links.find(token), **keys)
        except links.InvalidLink:
            # Without the request, as all error pages: the answer must not depend on the address.
            response = HttpResponse(render_to_string("invitations/over.html"), status=404)
        for name, value in HEADERS.items() if response is not None else ():
            response[name] = value
        return response

    return answer


def with_refusals(refuse: Refusal) -> Callable[[View], View]:
    """Gives a view its answers to a body that need not be read, and to a form whose cookie is gone."""

    def with_answers(view: View) -> View:
        vars(view).update(refuse_from_head=invited(refuse), csrf_failure=invited(_with_lost_cookie))
        return view

    return with_answers


def _with_lost_cookie(request: HttpRequest, invitation: Invitation, **_keys: object) -> HttpResponse:
    """What was typed is kept; nobody has to agree again."""
    given = request.POST if body_length(request) <= SMALL_BODY else {}
    form = ReleaseForm(initial={name: given[name] for name in ReleaseForm.base_fields if name in given})
    return _page(request, invitation, form, [("", LOST_COOKIE)], "Die Angaben sind unvollständig", 403)


def _refuse_large(request: HttpRequest, invitation: Invitation, **_keys: object) -> HttpResponseBase | None:
    return too_large(SMALL_BODY) if body_length(request) > SMALL_BODY else None


def _refuse_files(request: HttpRequest, invitation: Invitation) -> HttpResponseBase | None:
    if body_length(request) <= SMALL_BODY:
        return None
    if sentence := receiving.refusal_for_size(invitation, body_length(request) - SMALL_BODY):
        if number := _arrived_with_this_form(request, invitation):
            return _report(invitation, number)
        return _page(request, invitation, ReleaseForm(), [("", sentence)], NOTHING_TAKEN, 422)
    return _with_lost_cookie(request, invitation) if settings.CSRF_COOKIE_NAME not in request.COOKIES else None


def _arrived_with_this_form(request: HttpRequest, invitation: Invitation) -> int:
    """How many files the first of two clicks brought; 0 unless this body is as long as they are."""
    first = arrived_at(request)
    rows = receiving.handed_in(invitation).filter(received_at__gte=first) if first else []
    sizes = [one.attachment.stored_file.size for one in rows if one.attachment.stored_file]
    return len(sizes) if 0 <= body_length(request) - sum(sizes) <= SMALL_BODY else 0


@with_refusals(_refuse_files)
@require_http_methods(["GET", "HEAD", "POST"])
@invited
def hand_in(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    """GET shows the page, POST hands in files."""
    if request.method != "POST":
        return _page(request, invitation, ReleaseForm())
    files = request.FILES.getlist("datei")
    refused = [("Keine Datei", "Bitte wählen Sie mindestens eine Datei aus.")] if not files else []
    note_head(request, invitation)
    is_second_click = is_repeated(request, invitation)
    must_wait = False
    for file in files:
        try:
            receiving.receive_file(invitation, file)
        except ValidationError as error:
            if not (is_second_click and getattr(error, "code", "") == "known"):
                refused.append((clean_name(file.name or ""), " ".join(error.messages)))
            must_wait = must_wait or is_busy(error)
    if refused:
        heading = NOTHING_TAKEN if len(refused) >= len(files) else "Nicht alles wurde angenommen"
        return _page(request, invitation, ReleaseForm(), refused, heading, 503 if must_wait else 422)
    return _report(invitation, len(files))


def _report(invitation: Invitation, number: int) -> HttpResponse:
    return redirect(f"{reverse('events:invitation', args=[links.token(invitation)])}?neu={number}#angekommen")


@with_refusals(_refuse_large)
@require_POST
@invited
def release(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, invitation, form, status=422)
    receiving.release(invitation, form.cleaned_data["name"], form.cleaned_data["licence"])
    return _back(invitation)


@with_refusals(_refuse_large)
@require_POST
@invited
def take_back(request: HttpRequest, invitation: Invitation, uuid: UUID) -> HttpResponseBase:
    try:
        receiving.take_back(invitation, uuid)
    except ValidationError as error:
        return _page(request, invitation, ReleaseForm(), [("", " ".join(error.messages))], "Nicht gelöscht", 409)
    return _back(invitation)


@require_safe
@invited
def page_picture(request: HttpRequest, invitation: Invitation, uuid: UUID, number: int) -> HttpResponseBase:
    """A small picture of one page of a file handed in by this link."""
    pictures = Rendition.objects.filter(size=Rendition.Size.SMALL, number=number).select_related("picture")
    rendition = get_object_or_404(pictures, source__attachments__in=_attachments(invitation, uuid))
    return deliver(request, rendition.picture, f"seite-{number}")


@require_safe
@invited
def file(request: HttpRequest, invitation: Invitation, uuid: UUID) -> HttpResponseBase:
    attachment = receiving.handed_in(invitation).filter(attachment__uuid=uuid).first()
    if attachment is None or attachment.attachment.stored_file is None:
        raise Http404
    return deliver(request, attachment.attachment.stored_file, attachment.attachment.stored_file.original_name)


def _attachments(invitation: Invitation, uuid: UUID) -> list[int]:
    return list(receiving.handed_in(invitation).filter(attachment__uuid=uuid).values_list("attachment", flat=True))


def _back(invitation: Invitation) -> HttpResponse:
    return redirect("events:invitation", links.token(invitation))


def _page(
    request: HttpRequest,
    invitation: Invitation,
    form: ReleaseForm,
    refused: Refusals | None = None,
    heading: str = "",
    status: int = 200,
) -> HttpResponse:
    rows = [_row(one) for one in receiving.handed_in(invitation)]
    received, bytes_left = invitation.handed_in.count(), receiving.bytes_left(invitation)
    context = {
        "invitation": invitation,
        "token": links.token(invitation),
        "session": invitation.session,
        "form": form,
        "refused": refused or [],
        "heading": heading,
        "accept": ENDINGS,
        "size_left": format_size(bytes_left),
        "most_at_once": most_at_once(bytes_left),
        "arrived": _new_files_in_words(request, rows),
        "left": max(0, invitation.most_files - received) if bytes_left else 0,
        "taken_up": received - len(rows),
        "waiting": [row for row in rows if not row["handed_in"].released_at],
        "done": [row for row in rows if row["handed_in"].released_at],
        "is_indexed": False,
    }
    response = render(request, "invitations/hand_in.html", context, status=status)
    if status == 503:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _new_files_in_words(request: HttpRequest, rows: list[dict]) -> str:
    """The number of new files in words; empty for an invalid `neu` in the query."""
    new = request.GET.get("neu", "")
    waiting = sum(not row["handed_in"].released_at for row in rows)
    if not (new.isascii() and new.isdecimal() and len(new) < 3 and 1 <= int(new) <= waiting):
        return ""
    return f"{count(int(new), 'Datei ist', 'Dateien sind')} angekommen"


def most_at_once(bytes_left: int) -> str:
    """The limit of one request in words; empty if the link takes no more than that."""
    most = max_bytes_with_files()
    return format_size(most) if bytes_left > most else ""


def _row(handed_in: HandedIn) -> dict:
    stored_file = handed_in.attachment.stored_file
    reading = Reading.objects.filter(stored_file=stored_file).first() if stored_file else None
    pictures = Rendition.objects.none()
    if stored_file:
        pictures = stored_file.renditions.filter(size=Rendition.Size.SMALL).select_related("picture")
    return {
        "handed_in": handed_in,
        "attachment": handed_in.attachment,
        "reading": reading,
        "is_being_read": stored_file is not None and (reading is None or reading.state == Reading.State.RUNNING),
        "findings": findings(reading) if reading else [],
        "pictures": list(pictures[:SHOWN_PAGES]),
        **_text_beginning(reading, stored_file),
    }


def _text_beginning(reading: Reading | None, stored_file: StoredFile | None) -> dict:
    """The text of the first pages or slides, for files without pictures."""
    if reading is None or not reading.is_done or stored_file is None or stored_file.type is None:
        return {}
    pages = list(reading.pages.exclude(title="", text="")[: SHOWN_PAGES + 1])
    one, many = stored_file.type.pages
    return {
        "pages": pages[:SHOWN_PAGES],
        "more_pages": len(pages) > SHOWN_PAGES,
        "one_page": one,
        "page_word": many,
    }
