"""The search box and the suggestions of the administration, for every admin class with `search_fields`."""

from collections.abc import Sequence

from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from lernnetzwerk.text.folding import contains, stored_form
from lernnetzwerk.text.inflection import inflected_words
from lernnetzwerk.text.searchable import FOLDED, matching


class FoldedSearchAdmin(ModelAdmin):
    """Finds rows by all words in any spelling and inflection.

    `search_fields` are paths to folded fields, or plain fields of a model with few rows, which are folded here.
    """

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        paths = self.get_search_fields(request)
        if all(path.endswith(FOLDED) for path in paths):
            return matching(queryset, paths, search_term, inflected_words), False
        return _fold_and_match(queryset, paths, search_term), False


def _fold_and_match(rows: QuerySet, names: Sequence[str], query: str) -> QuerySet:
    if not query.strip():
        return rows
    words = inflected_words(query)
    found = [
        key
        for key, *texts in rows.order_by().values_list("pk", *names)
        if contains(stored_form(map(str, texts)), words)
    ]
    return rows.filter(pk__in=found if words else [])
