from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, reverse

from events.models import Event
from lernnetzwerk.administration.confirmation import ObjectActionAdmin


class MissingActionAdmin(ObjectActionAdmin):
    """Links an event to the list of what is missing there."""

    def get_urls(self) -> list[URLPattern]:
        return [self.action_path("was-fehlt", self.missing_view), *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: Event) -> list[tuple[str, str]]:
        return [("was-fehlt", "Was fehlt noch?"), *super().object_actions(request, instance)]

    def missing_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return redirect(f"{reverse('admin:missing')}?treffen={self.instance(request, pk).pk}")
