from collections.abc import Mapping

from django.contrib import admin

from lernnetzwerk.administration.workflow import PublishableAdmin
from lernnetzwerk.pages.models import Page
from lernnetzwerk.previews.admin import PreviewAdmin


@admin.register(Page)
class PageAdmin(PreviewAdmin, PublishableAdmin):
    list_display = ("title", "slug", "state", "published_from", "public_link")
    list_filter = ("state",)
    search_fields = ("title",)
    readonly_fields = ("state", "published_from", "public_link")
    preview_template = "pages/detail.html"
    fieldsets = (
        ("Veröffentlichung", {"fields": (("state", "published_from"), "public_link")}),
        (None, {"fields": ("slug", "title", "body")}),
    )

    def preview_context(self, instance: Page, asked: Mapping[str, str]) -> dict:
        return {"page": instance}
