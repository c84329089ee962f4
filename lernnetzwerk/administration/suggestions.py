"""What is suggested while typing: the best matches, and autocomplete widgets.

Django's own widgets respond to an invalid key with a server error.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteMixin, AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.forms import ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest

from lernnetzwerk.text.folding import rank
from lernnetzwerk.text.searchable import FOLDED, matching, prefixes_first

NOTHING = "nichts gewählt"
KEY = re.compile(r"[0-9]{1,18}")

Row = TypeVar("Row", bound=Model)


def best_matches(rows: QuerySet[Row], query: str, names: Callable[[Row], Iterable[str]], most: int) -> list[Row]:
    """At most `most` rows with every word of `query`: those named so first, then those whose name begins so."""
    found = prefixes_first(matching(rows, [FOLDED], query), query)
    return sorted(found, key=lambda row: min(rank(name, query) for name in names(row)))[:most]


class ValidKeysMixin(AutocompleteMixin):
    """Shows an invalid key as nothing chosen; the field reports the error."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list:
        return super().optgroups(name, [key for key in value if KEY.fullmatch(str(key))], attr)


class SuggestionSelect(ValidKeysMixin, AutocompleteSelect):
    """With a first option for "nothing" in words, which HTML wants even in a field that must be filled."""

    def optgroups(self, name: str, value: Sequence[str], attr: dict[str, Any] | None = None) -> list:
        groups = super().optgroups(name, value, attr)
        _title, options, _index = groups[0]
        chosen = [option for option in options if option["value"] != ""]
        options[:] = [self.create_option(name, "", NOTHING, not chosen, 0), *chosen]
        return groups


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
