"""The programme editor in the administration: its page, a view that saves, and views that help while typing."""

import json
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.formats import date_format

from events.administration.programme_editor.matching import fragments, match
from events.administration.programme_editor.rows import KINDS, MOST_ROWS, as_rows, read, sessions_without_slot
from events.administration.programme_editor.saving import ChangedMeanwhile, ProgrammeWriter, RowsRefused
from events.administration.programme_editor.unsaved_warnings import warnings_by_place
from events.models import Appearance, EventDay, Programme, Slot
from events.programme.time_field import CLOCK, TYPED, UNREADABLE
from lernnetzwerk.administration.confirmation import ObjectActionAdmin
from lernnetzwerk.administration.permissions import may_publish
from lernnetzwerk.administration.suggestions import best_matches
from practice.models import Municipality
from speakers.models import Speaker
from speakers.names import parse

STATIC = Path(__file__).resolve().parents[2] / "static"
# The page preloads all of them; otherwise the browser finds the imports level by level.
MODULES = sorted(str(path.relative_to(STATIC)) for path in STATIC.glob("events/programme-editor/*.js"))
MOST_SUGGESTIONS = 12
MALFORMED = (ValueError, KeyError, TypeError, RecursionError)
WRITE_PERMISSIONS = ("events.change_programme", "events.add_session", "events.change_session", "events.add_appearance")


class EditorAdmin(ObjectActionAdmin):
    """Mixed into the admin of programmes."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.action_path("editor", self.editor_view),
            self.action_path("zeilen", self.rows_view),
            self.action_path("hinweise", self.warnings_view),
            self.action_path("personen", self.speakers_view),
            self.action_path("kommunen", self.municipalities_view),
            self.action_path("namen", self.name_view),
            self.action_path("abgleich", self.matches_view),
        ]
        return [*own, *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: Programme) -> list[tuple[str, str]]:
        offered = super().object_actions(request, instance)
        return [("editor", "Im Editor bearbeiten"), *offered] if self._may_write(request, instance) else offered

    def _may_write(self, request: HttpRequest, programme: Programme) -> bool:
        return programme.is_working and request.user.has_perms(WRITE_PERMISSIONS)

    def _programme(self, request: HttpRequest, pk: int) -> Programme:
        programme = self.instance(request, pk)
        if not self._may_write(request, programme):
            raise PermissionDenied
        return programme

    def editor_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        programme = self._programme(request, pk)
        words = ("zeilen", "hinweise", "personen", "kommunen", "namen", "abgleich")
        addresses = {word: self.action_url(word, programme) for word in words}
        addresses["beitraege"] = reverse("admin:events_session_changelist")
        context = {
            **self.admin_site.each_context(request),
            "is_nav_sidebar_enabled": False,  # the rows need the width
            "opts": self.opts,
            "programme": programme,
            "event": programme.event,
            "title": f"Programm: {programme.event}",
            "modules": MODULES,
            "state": _state(request, programme),
            "choices": {
                "kinds": KINDS,
                "statuses": Slot.Status.choices,
                "roles": Appearance.Role.choices,
                "days": [
                    {"number": day.number, "label": _heading(day), "date": _iso_date(day)}
                    for day in programme.event.days.all()
                ],
                "clock": {"pattern": CLOCK, "unreadable": UNREADABLE, "attributes": TYPED},
                "most_rows": MOST_ROWS,
                "addresses": addresses,
                "login": reverse("admin:login"),
            },
        }
        return TemplateResponse(request, "admin/events/programme/editor.html", context)

    def rows_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET reads; POST writes the whole programme or nothing: 200, 409 changed meanwhile, 422 with sentences."""
        programme = self._programme(request, pk)
        if request.method != "POST":
            return _answer(_state(request, programme))
        try:
            data = _request_json(request)
            rows, errors = read(data["rows"])
            seen_at = str(data["seen_at"])
        except MALFORMED:
            return _answer(
                {"errors": {-1: ["Die Eingaben sind nicht lesbar. Bitte laden Sie die Seite neu."]}}, status=422
            )
        if errors:
            return _answer({"errors": errors}, status=422)
        try:
            ProgrammeWriter(programme, may_publish(request, Programme)).save(rows, seen_at)
        except RowsRefused as refused:
            return _answer({"errors": refused.errors}, status=422)
        except ChangedMeanwhile:
            return _answer({"state": _state(request, self._programme(request, pk))}, status=409)
        self.log_change(request, programme, f"Programm im Editor gespeichert, {len(rows)} Zeilen.")
        return _answer(_state(request, self._programme(request, pk)))

    def warnings_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST of the unsaved rows: sentences by place, 422 for anything but a list of rows. Writes nothing."""
        programme = self._programme(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            rows, _errors = read(_request_json(request)["rows"])
        except MALFORMED:
            return _answer({"warnings": {}}, status=422)
        return _answer({"warnings": warnings_by_place(programme, rows)})

    def speakers_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._programme(request, pk)
        line = parse(_query(request))
        typed = f"{line.first_name} {line.last_name}"
        names = ("academic_title", "first_name", "last_name", "unit", "organisation", "place")
        found = [
            {
                "speaker": speaker.pk,
                "label": speaker.name,
                "hint": speaker.affiliation,
                **{name: getattr(speaker, name) for name in names},
            }
            for speaker in best_matches(Speaker.objects.all(), typed, _names, MOST_SUGGESTIONS)
        ]
        return _answer({"found": found})

    def municipalities_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        self._programme(request, pk)
        found = best_matches(Municipality.objects.all(), _query(request), lambda one: [one.name], MOST_SUGGESTIONS)
        return _answer({"found": [{"pk": one.pk, "label": one.name, "hint": ""} for one in found]})

    def name_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The parts of a typed line about a new speaker."""
        self._programme(request, pk)
        line = parse(_query(request))
        return _answer({**vars(line), "place": ""})

    def matches_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """POST of `{"people", "municipalities"}`, fragments of a pasted programme: what they name, 422 for others."""
        self._programme(request, pk)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            data = _request_json(request)
            people, municipalities = fragments(data["people"]), fragments(data["municipalities"])
        except MALFORMED:
            return _answer({"people": [], "municipalities": []}, status=422)
        return _answer(match(people, municipalities))


def _request_json(request: HttpRequest) -> dict:
    """The request's JSON; raises one of JUNK."""
    data = json.loads(request.body)
    json.dumps(data, ensure_ascii=False).encode()  # raises for lone surrogates
    return data


def _state(request: HttpRequest, programme: Programme) -> dict:
    """The rows that the editor shows, and the CSRF token of its next request."""
    return {
        "seen_at": programme.changed_at.isoformat(),
        "rows": as_rows(programme),
        "unplaced": sessions_without_slot(programme.event, programme),
        "token": get_token(request),
    }


def _heading(day: EventDay) -> str:
    return f"{day}, {date_format(day.date, 'l, j. F Y')}" if day.date else str(day)


def _iso_date(day: EventDay) -> str:
    return day.date.isoformat() if day.date else ""


def _answer(data: dict, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, headers={"Cache-Control": "no-store"})


def _query(request: HttpRequest) -> str:
    return request.GET.get("q", "")[:300]


def _names(speaker: Speaker) -> list[str]:
    """What may be typed first."""
    return [speaker.full_name, f"{speaker.last_name} {speaker.first_name}"]
