"""Pages as visitors will see them, shown to editors below /verwaltung/ and never stored by a browser or proxy."""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern

from lernnetzwerk.publishing import DeedAdmin


class PreviewAdmin(DeedAdmin):
    """For things with a page: `preview_template`, and `preview_context` that also shows what is not public yet."""

    preview_template: str
    preview_context: Callable[[Model], dict]

    def get_urls(self) -> list[URLPattern]:
        return [self.deed_path("vorschau", self.preview_view), *super().get_urls()]

    def deeds(self, request: HttpRequest, thing: Model) -> list[tuple[str, str]]:
        return [("vorschau", "Vorschau"), *super().deeds(request, thing)]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self.thing(request, pk)
        return render(request, self.preview_template, {**self.preview_context(thing), "is_preview": True})
