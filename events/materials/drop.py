"""Many files at once for a meeting: a page that takes them, a list that places them, a reason where there are none.

Without JavaScript the page's form sends all files in one request; with it each file is a request of its own.
"""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern

from events.materials.models import Attachment
from events.materials.placing import Placing, Row, give_reason, take, take_back, waiting, without_material
from events.meetings.models import Event
from lernnetzwerk.files.names import clean_name
from lernnetzwerk.files.types import accepted
from lernnetzwerk.publishing import DeedAdmin

WRITTEN = ("events.change_event", "events.add_attachment", "events.change_attachment")
WORDS = ("hochladen", "ablegen", "zuordnen", "begruenden", "zuruecknehmen")
AT_ONCE = 60  # without JavaScript; with it each file comes alone


class DropAdmin(DeedAdmin):
    """Mixed into the admin of meetings. What comes in is a draft, so a public meeting takes it from any editor."""

    def get_urls(self) -> list[URLPattern]:
        views = (self.drop_view, self.one_file_view, self.place_view, self.reason_view, self.take_back_view)
        own = [self.deed_path(word, view) for word, view in zip(WORDS, views, strict=True)]
        return [*own, *super().get_urls()]

    def deeds(self, request: HttpRequest, thing: Event) -> list[tuple[str, str]]:
        own = [("hochladen", "Dateien hochladen")] if request.user.has_perms(WRITTEN) else []
        return [*own, *super().deeds(request, thing)]

    def _meeting(self, request: HttpRequest, pk: int, permission: str = "") -> Event:
        event = self.thing(request, pk)
        if not request.user.has_perms((*WRITTEN, permission) if permission else WRITTEN):
            raise PermissionDenied
        return event

    def drop_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self._meeting(request, pk)
        refused = []
        if request.method == "POST":
            files = request.FILES.getlist("datei")
            refused = [(_name(file), told) for file in files[:AT_ONCE] if (told := self._take(request, event, file))]
            refused += [(_name(file), f"Nur {AT_ONCE} Dateien auf einmal.") for file in files[AT_ONCE:]]
            if not files:
                refused = [("Keine Datei", "Bitte wählen Sie mindestens eine Datei aus.")]
        return self._page(request, event, Placing(event).rows(waiting(event)), refused)

    def _take(self, request: HttpRequest, event: Event, file: object) -> str:
        """What is wrong with the file; empty when it is stored."""
        try:
            take(request.user, event, file)
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    def _page(
        self, request: HttpRequest, event: Event, rows: list[Row], refused: list[tuple[str, str]]
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the list needs the width
            "opts": self.opts,
            "event": event,
            "title": f"Dateien hochladen: {event}",
            "rows": rows,
            "refused": refused,
            "accept": ",".join(extension for one in accepted("any") for extension in one.extensions),
            "addresses": {word: self.deed_address(word, event) for word in WORDS},
            "sessions": without_material(event),
            "reasons": Attachment.Absence.choices,
            "may_take_back": request.user.has_perm("events.delete_attachment"),
        }
        return TemplateResponse(request, "admin/events/event/drop.html", context, headers={"Cache-Control": "no-store"})

    def one_file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST of one `datei`: 200 with its row of the list, 422 with a sentence."""
        event = self._meeting(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            material = take(request.user, event, request.FILES.get("datei"))
        except ValidationError as error:
            return _answer({"told": " ".join(error.messages)}, 422)
        row = Placing(event).row(material)
        return _answer({"row": render_to_string("admin/events/event/_drop_row.html", {"row": row}, request)})

    def place_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self._meeting(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        keys = {int(key) for key in request.POST.getlist("material") if _is_key(key)}
        placing = Placing(event)
        placed, refused, gone = placing.save(request.user, keys, request.POST)
        if placed:
            messages.success(request, f"Übernommen: {placed}. Die Materialien sind Entwürfe, bis jemand sie freigibt.")
        if gone:
            messages.warning(
                request,
                f"Nicht mehr zuzuordnen: {gone}. Jemand anderes war schneller, oder die Datei gehört nicht her.",
            )
        if not refused:
            return redirect(self.deed_address("hochladen", event))
        asked = {row.material.pk for row in refused}
        others = placing.rows(material for material in waiting(event) if material.pk not in asked)
        return self._page(request, event, [*refused, *others], [])

    def reason_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self._meeting(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        key, absence = request.POST.get("session", ""), request.POST.get("grund", "")
        session = event.sessions.filter(pk=key).first() if _is_key(key) else None
        if session is None or absence not in Attachment.Absence.values:
            raise Http404
        if material := give_reason(request.user, session, absence):
            messages.success(request, f"{session}: {material.get_absence_display()}. Als Entwurf angelegt.")
        else:
            messages.warning(request, f"{session}: Inzwischen gibt es dort ein Material oder einen Grund.")
        return redirect(f"{self.deed_address('hochladen', event)}#ohne-material")

    def take_back_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        event = self._meeting(request, pk, "events.delete_attachment")
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        key = request.POST.get("material", "")
        if _is_key(key) and take_back(request.user, event, int(key)):
            messages.success(request, "Der Grund ist zurückgenommen.")
        else:
            messages.warning(request, "Zurücknehmen lässt sich nur ein Entwurf, den es noch gibt.")
        return redirect(f"{self.deed_address('hochladen', event)}#ohne-material")


def _is_key(text: str) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,17}", text) is not None


def _name(file: object) -> str:
    return clean_name(file.name or "")


def _answer(data: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, headers={"Cache-Control": "no-store"})
