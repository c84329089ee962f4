from django.contrib import admin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern

from events.materials.models import Attachment
from events.materials.page import material_page
from lernnetzwerk.editorial import public_link
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.preview import PreviewAdmin
from lernnetzwerk.publishing import PublishableAdmin
from lernnetzwerk.reading.pictures import page_picture


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
        return [self.deed_path("datei", self.file_view), *super().get_urls()]

    def deeds(self, request: HttpRequest, thing: Attachment) -> list[tuple[str, str]]:
        file = [("datei", "Datei öffnen")] if thing.stored_file else []
        return [*file, *super().deeds(request, thing)]

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The stored file for editors, published or not."""
        thing = self.thing(request, pk)
        if thing.stored_file is None:
            raise Http404
        return deliver(request, thing.stored_file, thing.filename)

    def preview_context(self, thing: Attachment) -> dict:
        return material_page(thing)

    def preview_picture(self, thing: Attachment, number: int, size: str) -> StoredFile | None:
        return page_picture(thing.stored_file, number, size) if thing.stored_file else None
