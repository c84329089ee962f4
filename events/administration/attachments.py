from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils.safestring import SafeString

from events.administration.attachment_findings import FindingsAdmin
from events.administration.attachment_form import RecordingForm
from events.administration.consent import ConsentAdmin
from events.administration.film_stills import StillAdmin
from events.attachments.download import PREVIEWED, deliver_file
from events.attachments.download_statistics import chart
from events.attachments.pictures import deliver_page, deliver_poster
from events.attachments.player import deliver_chapters, deliver_track, frame_policy
from events.models import Attachment, Track
from events.models.attachment_queryset import AttachmentQuerySet
from events.pages.attachment import attachment_page
from lernnetzwerk.administration.permissions import DependentInline
from lernnetzwerk.administration.workflow import PublishableAdmin
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.previews.admin import PreviewAdmin
from lernnetzwerk.visibility.roles import signed_in

SEE_VERSIONS = "events.view_attachmentversion"
VERSIONS_HELP = "Ersetzte und entfernte Dateien. Öffentlich ist nur die aktuelle."


class SourceFilter(admin.SimpleListFilter):
    title = "Vorhanden"
    parameter_name = "vorhanden"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("datei", "Datei"), ("adresse", "Adresse"), ("fehlt", "fehlt")]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted: dict[str | None, dict[str, Any]] = {
            "datei": {"stored_file__isnull": False},
            "adresse": {"stored_file__isnull": True, "absence": ""},
            "fehlt": {"url": "", "stored_file__isnull": True},
        }
        return queryset.filter(**wanted.get(self.value(), {}))


class TrackInline(DependentInline, admin.StackedInline):
    model = Track
    fields = ("stored_file", ("kind", "language", "label"))


@admin.register(Attachment)
class AttachmentAdmin(StillAdmin, ConsentAdmin, FindingsAdmin, PreviewAdmin, PublishableAdmin):
    form = RecordingForm
    list_display = ("name", "kind", "source", "state", "published_from", "public_link")
    list_filter = ("state", "kind", SourceFilter, "language", "licence")
    search_fields = (
        "folded",
        "event__folded",
        "session__folded",
        "session__event__folded",
        "session__appearances__speaker__folded",
        "practice_example__folded",
        "stored_file__folded",
    )
    autocomplete_fields = ("event", "session", "practice_example")
    readonly_fields = (
        "state",
        "published_from",
        "public_link",
        "earlier_versions",
        "downloads",
        "hints",
        "still",
        "consent",
    )
    inlines = (TrackInline,)
    preview_template = "events/attachment.html"
    fieldsets = (
        ("Veröffentlichung", {"fields": (("state", "published_from"), "public_link")}),
        ("Art und Titel", {"fields": ("kind", "title", ("language", "licence"), "position")}),
        (
            "Datei, Adresse oder Grund",
            {
                "fields": ("stored_file", "hints", "url", "absence"),
                "description": "Genau eine Angabe. Ein Grund steht so auf der Seite.",
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
            "Zuordnung",
            {
                "fields": ("event", "session", "practice_example"),
                "description": "Höchstens eine Angabe. Ohne Angabe ist das Material eine eigene Veröffentlichung.",
            },
        ),
        ("Downloads", {"fields": ("downloads",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return cast("AttachmentQuerySet", super().get_queryset(request)).for_cards()

    @admin.display(description="Vorhanden", ordering="stored_file__original_name")
    def source(self, attachment: Attachment) -> str:
        """With the file name, because attachments of one speaker often have equal names."""
        file = attachment.stored_file
        return f"{file} ({attachment.availability})" if file else attachment.availability

    @admin.display(description="Downloads")
    def downloads(self, attachment: Attachment) -> str:
        return (
            render_to_string("admin/events/downloads.html", chart(attachment))
            if attachment.pk
            else "Noch kein Download."
        )

    def get_urls(self) -> list[URLPattern]:
        name = "events_attachment_fassung"
        version = path("<int:pk>/fassung/<int:version>/", self.admin_site.admin_view(self.version_view), name=name)
        return [self.action_path("datei", self.file_view), version, *super().get_urls()]

    def get_fieldsets(self, request: HttpRequest, obj: Attachment | None = None) -> list:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.has_perm(SEE_VERSIONS) or not obj.versions.exists():
            return fieldsets
        return [*fieldsets, ("Frühere Fassungen", {"fields": ("earlier_versions",), "description": VERSIONS_HELP})]

    @admin.display(description="Ersetzt")
    def earlier_versions(self, instance: Attachment) -> SafeString:
        versions = instance.versions.select_related("stored_file", "replaced_by")
        return render_to_string("admin/events/attachment/_versions.html", {"versions": versions})

    def save_model(self, request: HttpRequest, obj: Attachment, form: forms.ModelForm, change: bool) -> None:
        obj.changed_by = signed_in(request)
        super().save_model(request, obj, form, change)

    def object_actions(self, request: HttpRequest, instance: Attachment) -> list[tuple[str, str]]:
        file = [("datei", "Datei öffnen")] if instance.stored_file else []
        return [*file, *super().object_actions(request, instance)]

    def public_parts(self, instance: Attachment) -> dict[str, QuerySet]:
        return {"Untertitel": instance.tracks.all()}

    def file_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The stored file for editors, published or not; the form takes a still from a video."""
        instance = self.instance(request, pk)
        if instance.stored_file is None:
            raise Http404
        return deliver(request, instance.stored_file, instance.filename, from_here=instance.stored_file.is_video)

    def version_view(self, request: HttpRequest, pk: int, version: int) -> HttpResponseBase:
        """An earlier file of the attachment, for staff."""
        instance = self.instance(request, pk)
        if not request.user.has_perm(SEE_VERSIONS):
            raise PermissionDenied
        earlier = get_object_or_404(instance.versions.select_related("stored_file"), pk=version)
        return deliver(request, earlier.stored_file, earlier.stored_file.original_name)

    def preview_context(self, instance: Attachment, asked: Mapping[str, str]) -> dict:
        return attachment_page(instance, asked.get("ab"), is_preview=True)

    def preview_policy(self, instance: Attachment) -> dict[str, list[str]]:
        return frame_policy(instance)

    def preview_parts(self) -> list[URLPattern]:
        """The same paths as below the public page, and the file itself."""
        return [
            path("seiten/<int:number>-<slug:size>.webp", deliver_page),
            path("standbild", deliver_poster),
            path("untertitel/kapitel.vtt", deliver_chapters),
            path("untertitel/<slug:name>.vtt", deliver_track),
            path(PREVIEWED, deliver_file),
        ]
