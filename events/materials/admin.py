from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from events.materials.models import Attachment
from events.materials.page import material_page
from events.materials.player import allow_frame, deliver_chapters, deliver_poster, deliver_track
from events.materials.tracks import Track
from lernnetzwerk.editorial import DependentInline, public_link
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.preview import PreviewAdmin
from lernnetzwerk.publishing import PublishableAdmin


class SourceFilter(admin.SimpleListFilter):
    title = "Vorhanden"
    parameter_name = "vorhanden"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("datei", "Datei"), ("adresse", "Adresse"), ("fehlt", "fehlt")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = {
            "datei": {"stored_file__isnull": False},
            "adresse": {"stored_file__isnull": True, "absence": ""},
            "fehlt": {"url": "", "stored_file__isnull": True},
        }
        return queryset.filter(**wanted.get(self.value(), {}))


class TrackInline(DependentInline, admin.StackedInline):
    model = Track
    fields = ("stored_file", ("kind", "language", "label"))


@admin.register(Attachment)
class AttachmentAdmin(PreviewAdmin, PublishableAdmin):
    list_display = ("name", "kind", "availability", "state", "published_from", public_link)
    list_filter = ("state", "kind", SourceFilter, "language", "licence")
    search_fields = (
        "title",
        "event__title",
        "session__title",
        "session__event__title",
        "session__appearances__speaker__last_name",
        "practice_example__title",
        "stored_file__original_name",
    )
    autocomplete_fields = ("event", "session", "practice_example")
    readonly_fields = ("state", "published_from", public_link)
    inlines = (TrackInline,)
    preview_template = "events/material.html"
    fieldsets = (
        ("Veröffentlichung", {"fields": (("state", "published_from"), public_link)}),
        ("Was", {"fields": ("kind", "title", ("language", "licence"), "position")}),
        (
            "Womit",
            {
                "fields": ("stored_file", "url", "absence"),
                "description": "Genau eines davon. Was fehlt, steht mit diesen Worten auf der Seite.",
            },
        ),
        (
            "Video und Audio",
            {
                "fields": ("poster", "chapters"),
                "description": "Nur für Aufnahmen. Untertitel stehen weiter unten.",
            },
        ),
        (
            "Wozu es gehört",
            {
                "fields": ("event", "session", "practice_example"),
                "description": "Höchstens eines. Ohne Angabe ist das Material eine eigene Veröffentlichung.",
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).for_cards()

    def get_urls(self) -> list[URLPattern]:
        return [self.deed_path("datei", self.file_view), *self._player_paths(), *super().get_urls()]

    def _player_paths(self) -> list[URLPattern]:
        """Below the preview as they are below the public page, which names them by addresses below its own."""
        views = {
            "standbild": ("standbild", self.poster_view),
            "kapitel": ("untertitel/kapitel.vtt", self.chapters_view),
            "untertitel": ("untertitel/<slug:language>.vtt", self.track_view),
        }
        return [
            path(
                f"<int:pk>/vorschau/{route}",
                self.admin_site.admin_view(require_safe(view)),
                name=f"events_attachment_{name}",
            )
            for name, (route, view) in views.items()
        ]

    def deeds(self, request: HttpRequest, thing: Attachment) -> list[tuple[str, str]]:
        file = [("datei", "Datei öffnen")] if thing.stored_file else []
        return [*file, *super().deeds(request, thing)]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The stored file for editors, published or not."""
        thing = self.thing(request, pk)
        if thing.stored_file is None:
            raise Http404
        return deliver(request, thing.stored_file, thing.filename)

    def poster_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        return deliver_poster(request, self.thing(request, pk))

    def chapters_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return deliver_chapters(self.thing(request, pk))

    def track_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponseBase:
        return deliver_track(request, self.thing(request, pk), language)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return allow_frame(super().preview_view(request, pk), self.thing(request, pk))

    def preview_context(self, thing: Attachment) -> dict:
        return material_page(thing)
