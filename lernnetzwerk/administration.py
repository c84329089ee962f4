from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.views.i18n import JavaScriptCatalog


class Administration(AdminSite):
    """Django's administration under our name; the rich-text editor's dialogs speak German as the rest does."""

    site_header = "Lernnetzwerk – Verwaltung"
    site_title = "Lernnetzwerk"
    index_title = "Übersicht"

    def get_urls(self) -> list[URLPattern]:
        """Without the address that leads from any row's number to its page and asks nobody's rights."""
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]

    def i18n_javascript(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)
