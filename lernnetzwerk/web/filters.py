"""Filters of a list: what can be chosen, and how many rows each choice leaves.

The database counts the rows of each choice among those that match the choices of the other filters, so that the number
beside a choice is the length of the list after choosing it. The number of queries does not depend on the number of
rows. Unknown values are ignored. The queryset must contain only public rows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import CharField, Count, F, Min, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Substr
from django.http import QueryDict

from lernnetzwerk.slugs.german import german_slug
from lernnetzwerk.web.key_list import KeyList

LONGEST_VALUE = 250  # characters of a value in the address
# The value in the address, the words for it, and the number of rows. Their order is the order of the choices.
Counted = tuple[str, str, int]


@dataclass(frozen=True)
class Filter:
    """`counted` groups any rows of the list's model, `having` leaves those with a value, which may be nonsense."""

    name: str
    label: str
    counted: Callable[[QuerySet], Iterable[Counted]]
    having: Callable[[QuerySet, str], QuerySet]


@dataclass(frozen=True)
class Choice:
    """One value of a filter; `number` rows are left after choosing it."""

    value: str
    label: str
    number: int
    is_chosen: bool

    def __str__(self) -> str:
        return f"{self.label} ({self.number})"


@dataclass(frozen=True)
class Active:
    """A chosen value, and the query of the same list without it."""

    label: str
    choice: str
    without: QueryDict


@dataclass
class Field:
    """One filter as shown, with the chosen value, its words and the public rows that have it."""

    name: str
    label: str
    chosen: str = ""
    chosen_label: str = ""
    holders: frozenset[int] = frozenset()
    choices: list[Choice] = field(default_factory=list)


class Filtered:
    """The rows of `queryset` that match the choices in `query`, in the queryset's order.

    `kept` names further parameters that links to other states of the list keep, such as a sorting.
    """

    def __init__(
        self, queryset: QuerySet, filters: Sequence[Filter], query: QueryDict, kept: Iterable[str] = ()
    ) -> None:
        self._rows = queryset.model._default_manager.order_by()
        self._everything = list(queryset.values_list("pk", flat=True))
        self.fields = [self._field(filter_, query.get(filter_.name, "")) for filter_ in filters]
        for each, filter_ in zip(self.fields, filters, strict=True):
            each.choices = self._choices(each, filter_)
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

    def _field(self, filter_: Filter, wanted: str) -> Field:
        """With the chosen value if there is a public row with it."""
        result = Field(filter_.name, filter_.label)
        if wanted and len(wanted) <= LONGEST_VALUE and "\x00" not in wanted:
            found = filter_.having(self._rows, wanted).values_list("pk", flat=True)
            result.holders = frozenset(found) & frozenset(self._everything)
        result.chosen = wanted if result.holders else ""
        return result

    def _matching(self, except_for: Field | None) -> set[int]:
        left = set(self._everything)
        for each in self.fields:
            if each.chosen and each is not except_for:
                left &= each.holders
        return left

    def _choices(self, each: Field, filter_: Filter) -> list[Choice]:
        """Those that leave any row, and the chosen one."""
        rows = self._rows.filter(pk__in=KeyList(self._matching(each)))
        counted = list(filter_.counted(rows))
        if each.chosen and each.chosen not in {value for value, _label, _number in counted}:
            held = self._rows.filter(pk__in=KeyList(each.holders))
            counted += [(value, label, 0) for value, label, _n in filter_.counted(held) if value == each.chosen]
        each.chosen_label = next((label for value, label, _number in counted if value == each.chosen), "")
        return [Choice(value, label, number, value == each.chosen) for value, label, number in counted]

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


def relation_filter(name: str, label: str, *paths: str, order: str = "sort_name", **where: object) -> Filter:
    """Filter by the named and slugged rows at any of `paths`, sorted by `order`; limited to rows that match `where`.

    No row may reach the same one by two of the paths.
    """

    def counted(rows: QuerySet) -> Iterable[Counted]:
        numbers: dict[tuple[Any, ...], int] = {}
        for path in paths:
            present = rows.filter(**{f"{path}__isnull": False, **where}).values_list(path)
            named = {f"its_{field}": Min(f"{path}__{field}") for field in ("slug", "name")}
            for _key, number, *names in present.annotate(Count("pk"), its_place=Min(f"{path}__{order}"), **named):
                numbers[tuple(names)] = numbers.get(tuple(names), 0) + number
        return [(slug, words, numbers[place, slug, words]) for place, slug, words in sorted(numbers)]

    def having(rows: QuerySet, value: str) -> QuerySet:
        found = Q()
        for path in paths:
            found |= Q(pk__in=rows.filter(**{f"{path}__slug": value, **where}).values("pk"))
        return rows.filter(found)

    return Filter(name, label, counted, having)


def one_of(name: str, label: str, path: str | Combinable, choices: Iterable[tuple[str, str]]) -> Filter:
    """Filter by a field or expression with fixed choices; the address contains the German word."""
    labels = {value: str(words) for value, words in choices}
    values = {german_slug(words): value for value, words in labels.items()}
    its_value = F(path) if isinstance(path, str) else path

    def counted(rows: QuerySet) -> Iterable[Counted]:
        numbers = dict(_grouped(rows, its_value))
        return [(german_slug(words), words, numbers[value]) for value, words in labels.items() if value in numbers]

    def having(rows: QuerySet, value: str) -> QuerySet:
        return rows.alias(its_value=its_value).filter(its_value=values[value]) if value in values else rows.none()

    return Filter(name, label, counted, having)


def year(path: str | Combinable, name: str = "jahr", label: str = "Jahr") -> Filter:
    """Filter by the year of the date at `path`, the latest first, rows without a date last."""
    its_year = Substr(Cast(path, CharField()), 1, 4)  # faster than ExtractYear, which SQLite computes in Python

    def counted(rows: QuerySet) -> Iterable[Counted]:
        numbers = sorted(_grouped(rows, its_year), key=lambda pair: pair[0] or "", reverse=True)
        return [(when or "ohne", when or "ohne Jahr", number) for when, number in numbers]

    def having(rows: QuerySet, value: str) -> QuerySet:
        dated = rows.alias(its_year=its_year)
        return dated.filter(its_year__isnull=True) if value == "ohne" else dated.filter(its_year=value)

    return Filter(name, label, counted, having)


def _grouped(rows: QuerySet, expression: Combinable) -> Iterable[tuple[Any, int]]:
    """The values of an expression, each with the number of different rows."""
    return rows.annotate(its_value=expression).values_list("its_value").annotate(Count("pk", distinct=True))
