from collections.abc import Iterable
from typing import Any, cast

from django.contrib.admin import AdminSite, ModelAdmin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.views.decorators.http import require_safe
from django.views.i18n import JavaScriptCatalog

from lernnetzwerk.administration import dashboard, missing
from lernnetzwerk.administration.lists import with_bounded_list


class Administration(AdminSite):
    """Django's administration under our name; the dialogs of the rich-text editor are in German, too."""

    site_header = "Lernnetzwerk – Verwaltung"
    site_title = "Lernnetzwerk"
    index_title = "Übersicht"

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin] | None = None,
        **options: Any,
    ) -> None:
        """Bounds the lists of all admin classes, those of libraries too."""
        super().register(model_or_iterable, with_bounded_list(admin_class or ModelAdmin), **options)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Removes `view_on_site`, which leads from any key to its page without a permission check."""
        kept = [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) != "view_on_site"]
        return [path("was-fehlt/", self.admin_view(require_safe(self.missing_view)), name="missing"), *kept]

    def i18n_javascript(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        view = JavaScriptCatalog.as_view(packages=["django.contrib.admin", "django_prose_editor"])
        return cast("HttpResponse", view(request))

    def index(self, request: HttpRequest, extra_context: dict | None = None) -> TemplateResponse:
        return super().index(request, {"panels": dashboard.panels(request, self), **(extra_context or {})})

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict]:
        """The page of one app lists its tables as Django does; all other pages group them."""
        app_list = super().get_app_list(request, app_label)
        return app_list if app_label else dashboard.grouped_tables(app_list, reverse("admin:index"))

    def missing_view(self, request: HttpRequest) -> HttpResponse:
        """What is missing, everywhere or for the event `?treffen=`."""
        choice = missing.EventChoice(request, self)
        context = {
            **self.each_context(request),
            "title": "Was fehlt noch?",
            "choice": choice,
            "groups": missing.missing(request, self, choice.event),
        }
        return TemplateResponse(request, "admin/missing.html", context)
