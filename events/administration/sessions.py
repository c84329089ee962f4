from collections.abc import Mapping
from typing import cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from events.administration.attachment_inlines import AttachmentInline
from events.administration.bulk_upload import BulkUploadAdmin
from events.administration.invitations import InvitingAdmin
from events.administration.reordering import AttachmentOrderAdmin
from events.models import Appearance, Session
from events.models.session import SessionQuerySet
from events.pages.session import session_preview
from lernnetzwerk.administration.permissions import EditorialAdmin, EditorialInline
from lernnetzwerk.previews.admin import PreviewAdmin


class AppearanceInline(EditorialInline, admin.StackedInline):
    model = Appearance
    fields = (("speaker", "role", "position"), "academic_title", ("unit", "organisation", "place"), "municipality")
    autocomplete_fields = ("speaker", "municipality")


class SessionAttachmentInline(AttachmentInline):
    fk_name = "session"


@admin.register(Session)
class SessionAdmin(BulkUploadAdmin, AttachmentOrderAdmin, InvitingAdmin, PreviewAdmin):
    list_display = ("name", "kind", "event", "public_link")
    list_filter = ("kind", "event__series", "language")
    search_fields = ("folded", "event__folded", "appearances__speaker__folded", "municipalities__folded")
    autocomplete_fields = ("event", "municipalities", "practice_examples", "topics")
    readonly_fields = ("public_link",)
    inlines = (AppearanceInline, SessionAttachmentInline)
    preview_template = "events/session.html"
    fieldsets = (
        (
            None,
            {
                "fields": ("event", "kind", "title", "is_title_editorial", "subtitle", "public_link"),
                "description": "Öffentlich wird ein Beitrag mit der nächsten Freigabe des Programms, in dem er steht.",
            },
        ),
        ("Texte", {"fields": ("abstract", "results")}),
        ("Zuordnung", {"fields": ("municipalities", "practice_examples", "topics", "language")}),
        ("Adresse", {"fields": ("slug",), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return cast("SessionQuerySet", super().get_queryset(request)).for_cards()

    def get_readonly_fields(self, request: HttpRequest, obj: Session | None = None) -> tuple:
        """A session keeps its event: programmes of the old event would still show it."""
        return (*self.readonly_fields, "event") if obj else self.readonly_fields

    def preview_context(self, instance: Session, asked: Mapping[str, str]) -> dict:
        return session_preview(instance, instance.event.programmes.working().first())


@admin.register(Appearance)
class AppearanceAdmin(EditorialAdmin):
    list_display = ("name", "role", "session", "organisation")
    list_filter = ("role", "session__event__series")
    list_select_related = ("speaker", "session__event")
    search_fields = ("folded", "speaker__folded", "session__folded")
    autocomplete_fields = ("session", "speaker", "municipality")
    fieldsets = (
        (None, {"fields": ("session", "speaker", "role", "position")}),
        (
            "Wie an diesem Tag",
            {
                "fields": ("academic_title", "unit", "organisation", "place", "municipality"),
                "description": Appearance.AFFILIATION_HELP + " Spätere Änderungen an der Person ändern hier nichts.",
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return (
            super().get_queryset(request).prefetch_related("session__appearances__speaker", "session__municipalities")
        )
