from collections.abc import Mapping

from django.contrib import admin
from django.urls import URLPattern, path

from lernnetzwerk.administration.workflow import PublishableAdmin
from lernnetzwerk.pages.models import Page
from lernnetzwerk.pages.views import deliver_video
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
        (None, {"fields": ("slug", "title", "body", "video")}),
    )

    def preview_context(self, instance: Page, asked: Mapping[str, str]) -> dict:
        return {"page": instance}

    def preview_parts(self) -> list[URLPattern]:
        return [path("video", deliver_video)]
