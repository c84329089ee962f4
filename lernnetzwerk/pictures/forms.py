from typing import Any

from django import forms
from django.db import models

from lernnetzwerk.pictures.models import Picture


class FocusInput(forms.RadioSelect):
    """Nine fields over a small preview of the picture, or over an empty frame."""

    template_name = "pictures/focus_widget.html"
    picture: Picture | None = None
    legend = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        return {**super().get_context(name, value, attrs), "picture": self.picture, "legend": self.legend}


def show_picture(form: type[forms.ModelForm], field: models.Field, picture: Picture | None) -> None:
    """Puts the picture under the nine fields of `form`; a read-only form has none."""
    if field.name in form.base_fields:
        widget = FocusInput(choices=field.choices or ())
        widget.picture, widget.legend = picture, str(field.verbose_name)
        form.base_fields[field.name].widget = widget
