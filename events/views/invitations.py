"""Pages for speakers who hand in files by an upload link; its token is the only authentication."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.invitations import links, receiving
from events.invitations.forms import ENDINGS, ReleaseForm
from events.models import HandedIn, Invitation
from lernnetzwerk.administration.sent_forms import is_repeated
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.facts import count, format_size
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.names import clean_name
from lernnetzwerk.previews.views import PRIVATE
from lernnetzwerk.reading.findings import findings
from lernnetzwerk.reading.models import Reading, Rendition
from lernnetzwerk.web.request_limits import max_bytes_with_files

View = Callable[..., HttpResponseBase]
SHOWN_PAGES = 12
# No referrer for other sites; `no-referrer` would also remove the origin, and forms would be refused.
HEADERS = {**PRIVATE, "Referrer-Policy": "same-origin"}


def invited(view: View) -> View:
    """Passes the token's invitation to the view, 404 without a valid one; answers are private."""

    @wraps(view)
    def answer(request: HttpRequest, token: str, **keys: object) -> HttpResponseBase:
        try:
            response = view(request, links.find(token), **keys)
        except links.InvalidLink:
            # Without the request, as all error pages: the answer must not depend on the address.
            response = HttpResponse(render_to_string("invitations/over.html"), status=404)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@invited
def hand_in(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    """GET shows the page, POST hands in files."""
    if request.method != "POST":
        return _page(request, invitation, ReleaseForm())
    files = request.FILES.getlist("datei")
    refused = [("Keine Datei", "Bitte wählen Sie mindestens eine Datei aus.")] if not files else []
    is_second_click = is_repeated(request, invitation)
    for file in files:
        try:
            receiving.receive_file(invitation, file)
        except ValidationError as error:
            if not (is_second_click and getattr(error, "code", "") == "known"):
                refused.append((clean_name(file.name or ""), " ".join(error.messages)))
    if refused:
        heading = "Nichts wurde angenommen" if len(refused) >= len(files) else "Nicht alles wurde angenommen"
        return _page(request, invitation, ReleaseForm(), refused, heading, 422)
    return redirect(f"{reverse('events:invitation', args=[links.token(invitation)])}?neu={len(files)}#angekommen")


@require_POST
@invited
def release(request: HttpRequest, invitation: Invitation) -> HttpResponseBase:
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _page(request, invitation, form, status=422)
    receiving.release(invitation, form.cleaned_data["name"], form.cleaned_data["licence"])
    return _back(invitation)


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
    refused: list[tuple[str, str]] | None = None,
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
        "arrived": _arrived(request, rows),
        "left": max(0, invitation.most_files - received) if bytes_left else 0,
        "taken_up": received - len(rows),
        "waiting": [row for row in rows if not row["handed_in"].released_at],
        "done": [row for row in rows if row["handed_in"].released_at],
        "is_indexed": False,
    }
    return render(request, "invitations/hand_in.html", context, status=status)


def _arrived(request: HttpRequest, rows: list[dict]) -> str:
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
        **_words(reading, stored_file),
    }


def _words(reading: Reading | None, stored_file: StoredFile | None) -> dict:
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
