"""Filters of a list: what can be chosen, and how many rows each choice leaves.

The rows of each filter are read once and everything else is set arithmetic, so that the number beside a choice is the
length of the list after choosing it. One query per filter and one for the list, whatever the number of rows. Unknown
values are ignored. The queryset must contain only public rows.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import ExtractYear
from django.http import QueryDict

from lernnetzwerk.slugs.german import german_slug

# The key of a row, the value in the address, the words for it. Their order is the order of the choices.
Row = tuple[int, str, str]


@dataclass(frozen=True)
class Filter:
    name: str
    label: str
    rows: Callable[[QuerySet], Iterable[Row]]


@dataclass(frozen=True)
class Choice:
    """One value of a filter; `number` rows are left after choosing it."""

    value: str
    label: str
    number: int
    is_chosen: bool


@dataclass(frozen=True)
class Active:
    """A chosen value, and the query of the same list without it."""

    label: str
    choice: str
    without: QueryDict


@dataclass
class Field:
    """One filter as shown: the rows of each value, and the chosen value."""

    name: str
    label: str
    holders: dict[str, set[int]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    chosen: str = ""
    choices: list[Choice] = field(default_factory=list)

    @property
    def chosen_label(self) -> str:
        return self.labels.get(self.chosen, "")


class Filtered:
    """The rows of `queryset` that match the choices in `query`, in the queryset's order.

    `kept` names further parameters that links to other states of the list keep, such as a sorting.
    """

    def __init__(
        self, queryset: QuerySet, filters: Iterable[Filter], query: QueryDict, kept: Iterable[str] = ()
    ) -> None:
        self._everything = list(queryset.values_list("pk", flat=True))
        self.fields = [_field(filter_, queryset, query.get(filter_.name, "")) for filter_ in filters]
        for each in self.fields:
            each.choices = self._choices(each)
        left = self._matching(None)
        self.keys = [key for key in self._everything if key in left]
        self.query = self._query(query, kept)

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def total(self) -> int:
        return len(self._everything)

    @property
    def active(self) -> list[Active]:
        return [
            Active(each.label, each.chosen_label, without(self.query, each.name)) for each in self.fields if each.chosen
        ]

    @property
    def offered(self) -> list[Field]:
        """Fields to show: those with several choices, or with a choice to remove."""
        return [each for each in self.fields if each.chosen or len(each.choices) > 1]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Parameters that a form must send besides its fields."""
        names = {each.name for each in self.fields}
        return [(name, str(value)) for name, value in self.query.items() if name not in names]

    @property
    def cleared(self) -> QueryDict:
        """The query of the same list without any choice."""
        return without(self.query, *(each.name for each in self.fields))

    def page(self, number: str | None, size: int, cards: QuerySet) -> Page:
        """One page of the rows, fetched from `cards`; an invalid number leads to the nearest page."""
        page = Paginator(self.keys, size).get_page(number)
        found = cards.in_bulk(list(page.object_list))
        page.object_list = [found[key] for key in page.object_list if key in found]
        return page

    def _matching(self, except_for: Field | None) -> set[int]:
        left = set(self._everything)
        for each in self.fields:
            if each.chosen and each is not except_for:
                left &= each.holders[each.chosen]
        return left

    def _choices(self, each: Field) -> list[Choice]:
        left = self._matching(each)
        numbers = {value: len(left & holders) for value, holders in each.holders.items()}
        return [
            Choice(value, each.labels[value], number, value == each.chosen)
            for value, number in numbers.items()
            if number or value == each.chosen
        ]

    def _query(self, query: QueryDict, kept: Iterable[str]) -> QueryDict:
        clean = QueryDict(mutable=True)
        for each in self.fields:
            if each.chosen:
                clean[each.name] = each.chosen
        for name in kept:
            if value := query.get(name):
                clean[name] = str(value)
        return clean


def parameters(filters: Iterable[Filter]) -> list[str]:
    """The names of their query parameters."""
    return [each.name for each in filters]


def without(query: QueryDict, *names: str) -> QueryDict:
    copy = query.copy()
    for name in names:
        copy.pop(name, None)
    return copy


def _field(filter_: Filter, queryset: QuerySet, wanted: str) -> Field:
    result = Field(filter_.name, filter_.label)
    for key, value, label in filter_.rows(queryset.order_by()):
        result.holders.setdefault(value, set()).add(key)
        result.labels.setdefault(value, label)
    result.chosen = wanted if wanted in result.holders else ""
    return result


def relation_filter(name: str, label: str, *paths: str, order: str = "sort_name", **where: object) -> Filter:
    """Filter by the named and slugged rows at any of `paths`, sorted by `order`; limited to rows that match `where`."""

    def rows(queryset: QuerySet) -> Iterable[Row]:
        found: set[tuple[Any, ...]] = set()
        for path in paths:
            present = queryset.filter(**{f"{path}__isnull": False, **where})
            found.update(present.values_list("pk", f"{path}__slug", f"{path}__name", f"{path}__{order}"))
        return [row[:3] for row in sorted(found, key=lambda row: row[3])]

    return Filter(name, label, rows)


def one_of(name: str, label: str, path: str, choices: Iterable[tuple[str, str]]) -> Filter:
    """Filter by a field with fixed choices; the address contains the German word."""
    labels = {value: str(words) for value, words in choices}
    places = {value: place for place, value in enumerate(labels)}

    def rows(queryset: QuerySet) -> Iterable[Row]:
        held = {pair for pair in queryset.values_list("pk", path) if pair[1] in labels}
        ordered = sorted(held, key=lambda pair: places[pair[1]])
        return [(key, german_slug(labels[value]), labels[value]) for key, value in ordered]

    return Filter(name, label, rows)


def year(path: str, name: str = "jahr", label: str = "Jahr") -> Filter:
    """Filter by the year of the date at `path`, the latest first, rows without a date last."""

    def rows(queryset: QuerySet) -> Iterable[Row]:
        dated = queryset.annotate(its_year=ExtractYear(path)).order_by(F("its_year").desc(nulls_last=True))
        pairs = dated.values_list("pk", "its_year")
        return [(key, str(when or "ohne"), str(when or "ohne Jahr")) for key, when in pairs]

    return Filter(name, label, rows)
