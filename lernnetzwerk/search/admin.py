from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from lernnetzwerk.administration.permissions import EditorialAdmin
from lernnetzwerk.search.missed import latest_missed
from lernnetzwerk.search.missing import synonym_address
from lernnetzwerk.search.models import MissedQuery, Synonyms
from lernnetzwerk.text.search_admin import FoldedSearchAdmin


@admin.register(Synonyms)
class SynonymsAdmin(EditorialAdmin):
    is_always_public = True
    list_display = ("__str__", "changed_at")
    search_fields = ("terms",)
    fieldsets = (
        (
            None,
            {
                "fields": ("terms",),
                "description": "Schreiben Sie in jede Zeile einen Begriff mit höchstens sechs Wörtern. Groß- und "
                "Kleinschreibung, Umlaute und Endungen sind gleichgültig. Die Suche berücksichtigt Änderungen sofort.",
            },
        ),
    )
    view_on_site = False


@admin.register(MissedQuery)
class MissedQueryAdmin(FoldedSearchAdmin):
    """What was searched and not found, each query once with its sum; nobody changes it."""

    list_display = ("words", "total", "day", "way_out")
    search_fields = ("words",)
    list_per_page = 50
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return latest_missed()

    @admin.display(description="Anzahl", ordering="total")
    def total(self, row: Model) -> int:
        return row.total  # type: ignore[attr-defined]

    @admin.display(description="Abhilfe")
    def way_out(self, row: MissedQuery) -> str:
        return format_html('<a href="{}">Synonym eintragen</a>', synonym_address(row.words))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False
