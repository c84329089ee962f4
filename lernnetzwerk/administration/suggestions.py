"""Autocomplete widgets; Django's own respond to an invalid key with a server error."""

import re
from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, ManyToManyField
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest

KEY = re.compile(r"[0-9]{1,18}")


class ValidKeysMixin(AutocompleteMixin):
    """Shows an invalid key as nothing chosen; the field reports the error."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list:
        return super().optgroups(name, [key for key in value if KEY.fullmatch(str(key))], attr)


class SuggestionSelect(ValidKeysMixin, AutocompleteSelect):
    pass


class SuggestionSelectMultiple(ValidKeysMixin, AutocompleteSelectMultiple):
    """Without the button that clears all: it would be among the list's entries, and each has its own."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict:
        return {**super().build_attrs(*args, **kwargs), "data-allow-clear": "false"}


class AutocompleteAdminMixin(BaseModelAdmin):
    """Mixin for admin classes and inlines with `autocomplete_fields`."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SuggestionSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(
        self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any
    ) -> ModelMultipleChoiceField | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SuggestionSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)
