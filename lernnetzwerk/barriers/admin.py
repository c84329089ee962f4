from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import Truncator

from lernnetzwerk.administration.permissions import SeenForm
from lernnetzwerk.barriers.models import BarrierReport
from lernnetzwerk.text.search_admin import FoldedSearchAdmin


@admin.register(BarrierReport)
class BarrierReportAdmin(FoldedSearchAdmin):
    """The inbox: visitors' texts are read-only; staff change the state and the note."""

    form = SeenForm
    list_display = ("received_at", "about", "excerpt", "state", "is_mailed")
    list_filter = ("state",)
    date_hierarchy = "received_at"
    search_fields = ("page", "description", "note")
    list_per_page = 50
    view_on_site = False
    readonly_fields = ("received_at", "page", "description", "name", "email", "mailed_at", "changed_at")
    fieldsets = (
        ("Meldung", {"fields": ("received_at", "page", "description", "name", "email", "mailed_at")}),
        (
            "Bearbeitung",
            {
                "fields": ("state", "note", "changed_at"),
                "description": "Antworten Sie aus Ihrem Postfach, und notieren Sie hier das Ergebnis. Erledigte "
                "Meldungen löscht die Verwaltung ein Jahr nach der letzten Änderung.",
            },
        ),
    )

    def get_fieldsets(self, request: HttpRequest, obj: BarrierReport | None = None) -> list:
        """Adds the hidden field `seen_at` to forms that can be changed."""
        fieldsets: list[tuple[Any, dict[str, Any]]] = [
            (title, {**options}) for title, options in super().get_fieldsets(request, obj)
        ]
        if self.has_change_permission(request, obj):
            fieldsets[-1][1]["fields"] += ("seen_at",)
        return fieldsets

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="Seite", ordering="page")
    def about(self, report: BarrierReport) -> str:
        return Truncator(report.page).chars(60) or "nicht angegeben"

    @admin.display(description="Was nicht ging")
    def excerpt(self, report: BarrierReport) -> str:
        return Truncator(" ".join(report.description.split())).chars(90)

    @admin.display(description="verschickt", boolean=True)
    def is_mailed(self, report: BarrierReport) -> bool:
        return report.mailed_at is not None
