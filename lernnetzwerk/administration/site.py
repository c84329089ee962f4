from typing import cast

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

from lernnetzwerk.administration import dashboard, missing


class Administration(AdminSite):
    """Django's administration under our name; the rich-text editor's dialogs speak German as the rest does."""

    site_header = "Lernnetzwerk – Verwaltung"
    site_title = "Lernnetzwerk"
    index_title = "Übersicht"

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without the address that leads from any row's number to its page and asks nobody's rights."""
        kept = [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]
        return [path("was-fehlt/", self.admin_view(require_safe(self.items)), name="missing"), *kept]

    def i18n_javascript(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        view = JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])
        return cast("HttpResponse", view(request))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        return super().index(request, {"panels": dashboard.panels(request, self), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """One app's own page lists its tables as Django does; everywhere else they are grouped."""
        app_list = super().get_app_list(request, app_label)
        return app_list if app_label else dashboard.grouped(app_list, reverse("admin:index"))

    def items(self, request: HttpRequest) -> HttpResponse:
        """What is still missing, everywhere or for the meeting `?treffen=`."""
        choice = missing.EventChoice(request, self)
        context = {
            **self.each_context(request),
            "title": "Was fehlt noch?",
            "choice": choice,
            "groups": missing.missing(request, self, choice.event),
        }
        return TemplateResponse(request, "admin/missing.html", context)
