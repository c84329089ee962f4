"""The picture of an instance in its form: description, credit, and the part that must stay visible."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import URLPattern
from django.views.decorators.http import require_safe

from lernnetzwerk.administration.confirmation import ObjectActionAdmin
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.pictures.addresses import SMALL
from lernnetzwerk.pictures.forms import show_picture
from lernnetzwerk.pictures.models import Picture, Pictured
from lernnetzwerk.pictures.sizes import rendition_or_original

PICTURE = "Zu jedem Bild gehört eine Beschreibung, oder der Haken bei „schmückend“."


def picture_fields(name: str) -> tuple[str, ...]:
    return (name, *(f"{name}_{part}" for part in ("alt", "is_decorative", "credit", "focus")))


class PictureAdmin(ObjectActionAdmin):
    def get_urls(self) -> list[URLPattern]:
        return [self.action_path("bild", require_safe(self.picture_view)), *super().get_urls()]

    def picture_view(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        """The picture for users who may view the instance, also of drafts."""
        picture = self.instance(request, pk).picture
        if picture is None:
            raise Http404
        return deliver(request, rendition_or_original(picture.source, SMALL), picture.source.stem)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        focus = self.model._meta.get_field(f"{self.model.picture_name}_focus")
        show_picture(form, focus, self._stored_picture(obj))
        return form

    def _stored_picture(self, instance: Pictured | None) -> Picture | None:
        picture = instance.picture if instance is not None else None
        return replace(picture, address=self.action_url("bild", instance)) if instance and picture else None
