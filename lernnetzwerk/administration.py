from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog


class Administration(AdminSite):
    """Django's administration under our name; the rich-text editor's dialogs speak German as the rest does."""

    site_header = "Lernnetzwerk – Verwaltung"
    site_title = "Lernnetzwerk"
    index_title = "Übersicht"

    def i18n_javascript(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])(request)
