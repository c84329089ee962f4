from django.contrib import admin
from django.http import HttpRequest

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.operation.change_list import BoundedListAdmin


@admin.register(StoredFile)
class StoredFileAdmin(BoundedListAdmin):
    """Read-only: files are stored by forms, never change, and are deleted by `gc_media`."""

    list_display = ("original_name", "facts", "created_at")
    list_filter = ("media_type",)
    search_fields = ("original_name", "sha256")
    date_hierarchy = "created_at"

    @admin.display(description="Angaben")
    def facts(self, stored_file: StoredFile) -> str:
        return stored_file.facts

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: StoredFile | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: StoredFile | None = None) -> bool:
        return False
