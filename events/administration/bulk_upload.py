"""Bulk upload to an event or a session: upload files, assign them to sessions, or give a reason for absence.

Without JavaScript one request carries all files; with it each file has its own request.
"""

import re
from functools import partial
from typing import TypeVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files import File
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern

from events.attachments.assignment import (
    Assignment,
    Outcome,
    Row,
    give_reason,
    sessions_of,
    store_upload,
    take_back,
    unassigned,
    without_attachment,
)
from events.models import Attachment, Event, Session
from lernnetzwerk.administration.confirmation import ObjectActionAdmin
from lernnetzwerk.administration.sent_forms import is_repeated
from lernnetzwerk.files.check import is_busy
from lernnetzwerk.files.facts import format_size
from lernnetzwerk.files.names import clean_name
from lernnetzwerk.files.types import accepted
from lernnetzwerk.previews.admin import ended_by_move
from lernnetzwerk.web.request_limits import max_bytes_with_files

WRITE_PERMISSIONS = ("events.add_attachment", "events.change_attachment")
URL_WORDS = ("hochladen", "ablegen", "zuordnen", "begruenden", "zuruecknehmen")
MOST_FILES_PER_REQUEST = 60  # per request without JavaScript; with it one file


OwnerT = TypeVar("OwnerT", bound=Event | Session)


class BulkUploadAdmin(ObjectActionAdmin[OwnerT]):
    """Mixed into the admin of events and sessions. Uploads become drafts, so public owners take them too."""

    def get_urls(self) -> list[URLPattern]:
        views = (self.bulk_upload_view, self.one_file_view, self.assign_view, self.reason_view, self.take_back_view)
        own = [self.action_path(word, view) for word, view in zip(URL_WORDS, views, strict=True)]
        return [*own, *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: OwnerT) -> list[tuple[str, str]]:
        own = [("hochladen", "Dateien hochladen")] if self._may_upload(request) else []
        return [*own, *super().object_actions(request, instance)]

    def _may_upload(self, request: HttpRequest, *more: str) -> bool:
        return request.user.has_perms((f"events.change_{self.opts.model_name}", *WRITE_PERMISSIONS, *more))

    def _owner(self, request: HttpRequest, pk: int, *permissions: str) -> Event | Session:
        owner = self.instance(request, pk)
        if not self._may_upload(request, *permissions):
            raise PermissionDenied
        return owner

    def bulk_upload_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        owner = self._owner(request, pk)
        refused = []
        if request.method == "POST":
            files = request.FILES.getlist("datei")
            store = partial(self._store, request, owner, is_repeated(request, owner))
            refused = [(_name(file), message) for file in files[:MOST_FILES_PER_REQUEST] if (message := store(file))]
            refused += [
                (_name(file), f"Nur {MOST_FILES_PER_REQUEST} Dateien auf einmal.")
                for file in files[MOST_FILES_PER_REQUEST:]
            ]
            if not files:
                refused = [("Keine Datei", "Bitte wählen Sie mindestens eine Datei aus.")]
        return self._page(request, owner, Assignment(owner).rows(unassigned(owner)), refused)

    def _store(self, request: HttpRequest, owner: Event | Session, is_second_click: bool, file: File | None) -> str:
        """What is wrong with the file; empty when it is stored, by the first of two clicks too."""
        try:
            store_upload(request.user, owner, file)
        except ValidationError as error:
            is_stored = is_second_click and getattr(error, "code", "") == "known"
            return "" if is_stored else " ".join(error.messages)
        return ""

    def _page(
        self, request: HttpRequest, owner: Event | Session, rows: list[Row], refused: list[tuple[str, str]]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the list needs the width
            "opts": self.opts,
            "owner": owner,
            "is_event": isinstance(owner, Event),
            "title": f"Dateien hochladen: {owner}",
            "rows": rows,
            "refused": refused,
            "accept": ",".join(extension for one in accepted("any") for extension in one.extensions),
            "order_address": self.action_url("ordnen", owner),
            "addresses": {word: self.action_url(word, owner) for word in URL_WORDS},
            "sessions": without_attachment(owner),
            "reasons": Attachment.Absence.choices,
            "most": format_size(settings.FILES_MAX_SIZE),
            "most_together": format_size(max_bytes_with_files()),
            "may_take_back": request.user.has_perm("events.delete_attachment"),
        }
        return TemplateResponse(
            request, "admin/events/event/bulk_upload.html", context, headers={"Cache-Control": "no-store"}
        )

    def one_file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST of one `datei`: 200 with its row of the list, 422 or 503 with a sentence."""
        owner = self._owner(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            attachment = store_upload(request.user, owner, request.FILES.get("datei"))
        except ValidationError as error:
            return _answer({"message": " ".join(error.messages)}, 503 if is_busy(error) else 422)
        row = Assignment(owner).row(attachment)
        return _answer({"row": render_to_string("admin/events/event/_bulk_upload_row.html", {"row": row}, request)})

    def assign_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        owner = self._owner(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        keys = {int(key) for key in request.POST.getlist("attachment") if _is_key(key)}
        assignment, is_second_click = Assignment(owner), is_repeated(request, owner)
        outcome = assignment.save(request.user, keys, request.POST)
        _report(request, outcome, is_second_click)
        if not outcome.refused:
            return redirect(self.action_url("hochladen", owner))
        asked = {row.attachment.pk for row in outcome.refused}
        others = assignment.rows(attachment for attachment in unassigned(owner) if attachment.pk not in asked)
        return self._page(request, owner, [*outcome.refused, *others], [])

    def reason_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        owner = self._owner(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        key, absence = request.POST.get("session", ""), request.POST.get("grund", "")
        session = sessions_of(owner).filter(pk=key).first() if _is_key(key) else None
        if session is None or absence not in Attachment.Absence.values:
            raise Http404
        if attachment := give_reason(request.user, session, absence):
            messages.success(request, f"{session}: {attachment.get_absence_display()}. Als Entwurf angelegt.")
        else:
            messages.warning(request, f"{session}: Hier gibt es inzwischen ein Material oder einen Grund.")
        return redirect(f"{self.action_url('hochladen', owner)}#ohne-material")

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        owner = self._owner(request, pk, "events.delete_attachment")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        key = request.POST.get("attachment", "")
        if _is_key(key) and take_back(request.user, owner, int(key)):
            messages.success(request, "Der Grund wurde zurückgenommen.")
        else:
            messages.warning(request, "Nur ein Entwurf lässt sich zurücknehmen.")
        return redirect(f"{self.action_url('hochladen', owner)}#ohne-material")


def _report(request: HttpRequest, outcome: Outcome, is_second_click: bool) -> None:
    """What a second click does not find any more, the first one has assigned."""
    placed = outcome.placed + (outcome.gone if is_second_click else 0)
    if placed:
        messages.success(
            request, f"Übernommen: {placed}. Die Materialien sind Entwürfe, bis sie veröffentlicht werden."
        )
    if outcome.gone and not is_second_click:
        messages.warning(
            request,
            f"Nicht mehr zuzuordnen: {outcome.gone}. Die Dateien sind schon zugeordnet oder gehören nicht hierher.",
        )
    if outcome.ended_links:
        messages.warning(request, ended_by_move(outcome.ended_links))


def _is_key(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,17}", text) is not None


def _name(file: File) -> str:
    return clean_name(file.name or "")


def _answer(data: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, headers={"Cache-Control": "no-store"})
