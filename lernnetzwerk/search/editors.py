"""The search of the administration: one query for each list with a search box, and one for texts.

The index of the public search has only released rows. Editors search the tables instead, so that drafts are found at
once and nothing of a draft is ever written to the index: first the fields that the list searches, then the texts of
the same model. Words are folded and stemmed as in the lists (lernnetzwerk.text.inflection); a word of a text is found
as typed, in small letters or with a capital.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.contrib.admin import ModelAdmin
from django.db.models import Model, Q, QuerySet, TextField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from lernnetzwerk.search.compounds import NOTHING_KNOWN
from lernnetzwerk.search.indexing import vocabulary
from lernnetzwerk.search.models import Build
from lernnetzwerk.search.query import units
from lernnetzwerk.search.snippets import Part, Wanted, marked
from lernnetzwerk.text.searchable import FOLDED
from lernnetzwerk.visibility.models import Publishable, State

MOST = 10  # rows of each kind
MOST_WORDS = 10


@dataclass(frozen=True)
class Found:
    name: list[Part]
    address: str
    state: str


@dataclass(frozen=True)
class FoundRows:
    """The first rows of one model; `more` is the address of its list if there are others with these words."""

    key: str
    title: str
    rows: list[Found]
    more: str


def found_by_editors(request: HttpRequest, query: str) -> list[FoundRows]:
    """The groups in which something was found, as far as this user may see it; empty without a word to search."""
    build = Build.objects.filter(is_current=True).first()
    wanted = Wanted.of(units(query), vocabulary(build) if build else NOTHING_KNOWN)
    if not wanted.written:
        return []
    return [group for one in _searchable(request) if (group := _group(one, request, query, wanted)).rows]


def state_of(row: Model) -> str:
    """The state of a row in the words of the lists; empty for rows without one."""
    if not isinstance(row, Publishable):
        return ""
    is_scheduled = row.state == State.PUBLISHED and row.published_from and row.published_from > timezone.now()
    return "geplant" if is_scheduled else State(row.state).label


def _searchable(request: HttpRequest) -> Iterator[ModelAdmin]:
    for one in admin.site._registry.values():
        if one.get_search_fields(request) and one.has_view_permission(request):
            yield one


def _group(one: ModelAdmin, request: HttpRequest, query: str, wanted: Wanted) -> FoundRows:
    rows = _joined(one, request)
    named = list(one.get_search_results(request, rows, query)[0][: MOST + 1])
    shown = named[:MOST]
    if len(shown) < MOST and (texts := _text_fields(one.model)):
        others = rows.exclude(pk__in=[row.pk for row in shown])
        shown += others.filter(_in_texts(texts, query))[: MOST - len(shown)]
    opts = one.model._meta
    base = f"admin:{opts.app_label}_{opts.model_name}"
    found = [Found(marked(str(row), wanted), reverse(f"{base}_change", args=[row.pk]), state_of(row)) for row in shown]
    more = f"{reverse(f'{base}_changelist')}?{urlencode({'q': query})}" if len(named) > MOST else ""
    return FoundRows(f"{opts.app_label}-{opts.model_name}", str(opts.verbose_name_plural), found, more)


def _joined(one: ModelAdmin, request: HttpRequest) -> QuerySet:
    """The rows with the relations that the list joins for their names."""
    related = one.get_list_select_related(request)
    rows = one.get_queryset(request)
    return rows.select_related(*related) if isinstance(related, (list, tuple)) else rows


def _text_fields(model: type[Model]) -> list[str]:
    return [field.name for field in model._meta.fields if isinstance(field, TextField) and field.name != FOLDED]


def _in_texts(names: list[str], query: str) -> Q:
    """Every word in one of the texts. SQLite knows no small and capital umlauts, hence both are asked for."""
    condition = Q()
    for word in query.split()[:MOST_WORDS]:
        spellings = {word, word.lower(), word.capitalize()}
        in_any = Q()
        for name in names:
            for spelling in spellings:
                in_any |= Q(**{f"{name}__icontains": spelling})
        condition &= in_any
    return condition
