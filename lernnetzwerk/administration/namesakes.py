"""Tells editors who already has the name that they enter for somebody new."""

from typing import Any, cast

from django.db.models import Model
from django.http import HttpRequest, QueryDict

from lernnetzwerk.administration.permissions import EditorialAdmin, EditorialForm, SeenAtField


class NamesakeForm(EditorialForm):
    """Refuses a new row once if others have its name; saving again creates another one of that name."""

    namesakes_seen = SeenAtField(required=False)

    def describe(self, other: Any) -> str:
        """The words by which editors recognise one of the others."""
        return str(other)

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.instance.pk and not self.errors:
            rows: Any = type(self.instance)._default_manager
            self._tell(", ".join(map(self.describe, rows.namesakes(self.instance))))

    def _tell(self, names: str) -> None:
        if names == self.cleaned_data.get("namesakes_seen", ""):
            return
        typed = cast("QueryDict", self.data).copy()
        typed[self.add_prefix("namesakes_seen")] = names
        self.data = typed
        if names:
            self.add_error(None, f"Gibt es schon: {names}. Ist jemand anderes gemeint, speichern Sie noch einmal.")


class NamesakeAdmin(EditorialAdmin):
    """Adds the hidden field to the form of a new row."""

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> list:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is not None:
            return fieldsets
        title, options = fieldsets[-1]
        return [*fieldsets[:-1], (title, {**options, "fields": [*options["fields"], "namesakes_seen"]})]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list:
        return [name for name in super().get_fields(request, obj) if name != "namesakes_seen"]
