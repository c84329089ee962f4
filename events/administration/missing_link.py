from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse

from events.models import Event
from lernnetzwerk.administration.workflow import DeedAdmin


class GapsDeed(DeedAdmin):
    """Leads from a meeting to what is still missing there."""

    def get_urls(self) -> list[URLPattern]:
        return [self.deed_path("was-fehlt", self.gaps_view), *super().get_urls()]

    def deeds(self, request: HttpRequest, thing: Event) -> list[tuple[str, str]]:
        return [("was-fehlt", "Was fehlt noch?"), *super().deeds(request, thing)]

    def gaps_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(f"{reverse('admin:gaps')}?treffen={self.thing(request, pk).pk}")
