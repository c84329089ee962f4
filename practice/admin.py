from collections.abc import Mapping

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from lernnetzwerk.administration.namesakes import NamesakeAdmin, NamesakeForm
from lernnetzwerk.administration.permissions import EditorialAdmin
from lernnetzwerk.administration.reordering import ReorderAdmin
from lernnetzwerk.administration.workflow import PublishableAdmin
from lernnetzwerk.previews.admin import PreviewAdmin
from lernnetzwerk.visibility.models import State, related
from practice.example import example_preview
from practice.models import Municipality, PracticeExample, Topic


class MunicipalityForm(NamesakeForm):
    def describe(self, other: Municipality) -> str:
        return f"{other.name} – {other.get_kind_display()}"


@admin.register(Municipality)
class MunicipalityAdmin(NamesakeAdmin):
    form = MunicipalityForm
    is_always_public = True
    list_display = ("name", "kind", "district", "region", "inhabitants", "member_since")
    list_filter = ("kind", "region", ("member_since", admin.EmptyFieldListFilter))
    list_select_related = ("district",)
    search_fields = ("folded",)
    autocomplete_fields = ("district",)
    fieldsets = (
        (None, {"fields": ("name", "kind", "district", "region", "key")}),
        ("Im Netzwerk", {"fields": ("member_since",)}),
        ("Zahlen und Lage", {"fields": ("inhabitants", ("latitude", "longitude"))}),
        ("Adresse", {"fields": ("slug",), "classes": ("collapse",)}),
    )


@admin.register(Topic)
class TopicAdmin(EditorialAdmin):
    is_always_public = True
    list_display = ("name", "kind", "position")
    list_filter = ("kind",)
    search_fields = ("folded",)
    fields = ("kind", "name", "position", "description", "slug")


@admin.register(PracticeExample)
class PracticeExampleAdmin(ReorderAdmin, PreviewAdmin, PublishableAdmin):
    list_display = ("title", "municipality_names", "stage", "checked_on", "state", "public_link")
    list_filter = ("state", "stage", "topics", "municipalities__region")
    search_fields = ("folded", "municipalities__folded")
    date_hierarchy = "checked_on"
    autocomplete_fields = ("municipalities", "topics")
    readonly_fields = ("state", "published_from", "public_link")
    preview_template = "practice/example.html"
    fieldsets = (
        ("Veröffentlichung", {"fields": (("state", "published_from"), "public_link")}),
        (None, {"fields": ("title", "summary", "municipalities", "topics", ("stage", "checked_on"))}),
        (
            "Beschreibung",
            {
                "fields": ("starting_point", "approach", "outcome", "pitfalls", "prerequisites", "transferability"),
                "description": "Leere Abschnitte erscheinen nicht auf der Seite.",
            },
        ),
        ("Ansprechstelle", {"fields": ("contact_function", "contact_email")}),
        ("Adresse", {"fields": ("slug", "is_sample"), "classes": ("collapse",)}),
    )

    @admin.display(description="Kommunen")
    def municipality_names(self, example: PracticeExample) -> str:
        return ", ".join(municipality.name for municipality in example.municipalities.all())

    def get_queryset(self, request: HttpRequest) -> QuerySet[PracticeExample]:
        return super().get_queryset(request).prefetch_related("municipalities")

    def public_parts(self, instance: PracticeExample) -> dict[str, QuerySet]:
        attachments = instance.attachments.filter(state=State.PUBLISHED)
        tracks = related(attachments.model, "tracks").filter(attachment__in=attachments)
        return {"Materialien": attachments, "Untertitel": tracks}

    def preview_context(self, instance: PracticeExample, asked: Mapping[str, str]) -> dict:
        return example_preview(instance)
