"""What is missing: each app finds it, one page lists it, and each row links to the form that fixes it.

An app registers its finders in a module `missing`, imported once all models are loaded. A finder costs one query for
its count and, if there are rows, one with its prefetches, whatever their number.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import get_permission_codename
from django.core.paginator import Page, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from lernnetzwerk.visibility.models import Publishable, State

MOST_ROWS = 20  # of each group, where all groups are shown
MOST_ON_PAGE = 50  # of one group
MOST_EVENTS = 100


@dataclass(frozen=True)
class Mail:
    """A mail to copy into the editor's mail client; the portal sends nothing."""

    subject: str
    text: str
    to: str = ""


@dataclass(frozen=True)
class MissingItem:
    """A row with missing data: its name, what is missing, the form that fixes it, and its parent."""

    name: str
    what: str
    address: str
    belongs_to: str = ""
    mail: Mail | None = None


@dataclass(frozen=True)
class Group:
    """Missing items of one kind under one heading; `place` orders the groups, `key` is the anchor."""

    key: str
    title: str
    hint: str
    place: int


@dataclass(frozen=True)
class Finder:
    """Finds the missing items of one model: `rows` in display order; `missing_item` describes a row without a query.

    `of_event` holds the paths from a row to its events; without a path it belongs to none. `needs` is a permission
    that fixing requires, besides the view permission.
    """

    group: Group
    rows: Callable[[], QuerySet]
    missing_item: Callable[[Any], MissingItem]  # takes a row of the model that `rows` is of
    of_event: tuple[str, ...] = ()
    permission: str = ""

    @cached_property
    def model(self) -> type[Model]:
        return self.rows().model

    def found(self, event: Model | None) -> QuerySet:
        rows = self.rows()
        if event is None:
            return rows
        belongs = Q(pk__in=[])
        for path in self.of_event:
            belongs |= Q(**{path: event.pk})
        return rows.filter(pk__in=rows.model._base_manager.filter(belongs).values("pk"))

    def is_available_to(self, request: HttpRequest, site: AdminSite) -> bool:
        """Checks the permissions that the linked page checks, so that no link is refused."""
        is_seen = site.get_model_admin(self.model).has_view_permission(request)
        return is_seen and (not self.permission or request.user.has_perm(self.permission))


class Items:
    """The missing items of one group, of one finder after the other; a slice loads its rows only."""

    def __init__(self) -> None:
        self._found: list[tuple[Finder, QuerySet, int]] = []

    def add(self, finder: Finder, rows: QuerySet) -> None:
        self._found.append((finder, rows, rows.count()))

    def __len__(self) -> int:
        return sum(number for _finder, _rows, number in self._found)

    def __getitem__(self, window: slice) -> list[MissingItem]:
        items, start, stop = [], window.start or 0, window.stop
        for finder, rows, number in self._found:
            if max(start, 0) < min(stop, number):
                items += [finder.missing_item(row) for row in _loaded(rows, slice(max(start, 0), stop))]
            start, stop = start - number, stop - number
        return items


def _loaded(rows: QuerySet, window: slice) -> list[Model]:
    """Asks for the keys first, so that the database neither sorts texts nor joins what is not shown."""
    keys = list(rows.values_list("pk", flat=True)[window])
    loaded = rows.order_by().in_bulk(keys)
    return [loaded[key] for key in keys if key in loaded]


@dataclass
class GroupResult:
    """`items` are the first ones, or those of the `page` if only this group is shown; `number` counts all."""

    group: Group
    found: Items = field(default_factory=Items)
    items: list[MissingItem] = field(default_factory=list)
    page: Page | None = None
    address: str = ""

    @property
    def number(self) -> int:
        return len(self.found)

    @property
    def more(self) -> int:
        return 0 if self.page else self.number - len(self.items)


IMAGES = Group("bilder", "Bilder ohne Beschreibung", "Blinde Menschen brauchen eine Bildbeschreibung.", 50)
CREDITS = Group("bildnachweise", "Bilder ohne Nachweis", "Bitte nennen Sie, von wem das Bild ist.", 55)
WAITING = Group("freigabe", "Wartet auf Freigabe", "Vorgelegt, aber noch nicht veröffentlicht.", 10)

FINDERS: list[Finder] = []
EVENTS: list[Callable[[], QuerySet]] = []


def register(*finders: Finder) -> None:
    FINDERS.extend(finders)


def offer_events(rows: Callable[[], QuerySet]) -> None:
    """Sets the events by which the list can be filtered, in display order; each row needs `name_and_dates`."""
    EVENTS[:] = [rows]


class EventChoice:
    """The event by which the list is filtered, and the events on offer; an invalid parameter filters nothing."""

    def __init__(self, request: HttpRequest, site: AdminSite) -> None:
        self.rows = EVENTS[0]() if EVENTS else None
        self.is_offered = self.rows is not None and site.get_model_admin(self.rows.model).has_view_permission(request)
        self.asked = request.GET.get("treffen", "").strip()
        self.event = self._event()

    def _event(self) -> Model | None:
        if self.rows is None or not self.is_offered or not self.asked.isdecimal():
            return None
        return self.rows.filter(pk=int(self.asked)).first()

    @property
    def address(self) -> str:
        return change_address(self.event) if self.event else ""

    @property
    def is_unknown(self) -> bool:
        return bool(self.asked) and self.event is None

    @property
    def events(self) -> list[Model]:
        """The first events, and the chosen one if it is not among them."""
        offered = list(self.rows[:MOST_EVENTS]) if self.rows is not None else []
        return offered if self.event is None or self.event in offered else [self.event, *offered]


def change_address(instance: Model, fragment: str = "") -> str:
    """The change form of `instance`, at the field or inline `fragment`."""
    address = reverse(f"admin:{instance._meta.app_label}_{instance._meta.model_name}_change", args=[instance.pk])
    return f"{address}#{fragment}" if fragment else address


def undescribed(picture: str) -> Q:
    """Condition: not decorative, and the description is empty or a file name."""
    alt = f"{picture}_alt"
    says_nothing = Q(**{f"{alt}__regex": r"^\s*$"}) | Q(**{f"{alt}__iregex": r"\.(jpe?g|png|webp|gif)\s*$"})
    return Q(**{f"{picture}__isnull": False, f"{picture}_is_decorative": False}) & says_nothing


def uncredited(picture: str) -> Q:
    """Condition: a picture without a credit."""
    return Q(**{f"{picture}__isnull": False, f"{picture}_credit__regex": r"^\s*$"})


def waiting_for_release(rows: Callable[[], QuerySet], *of_event: str) -> Finder:
    """Finds submitted rows, the oldest first; `rows` includes the relations that names need."""

    def waiting() -> QuerySet:
        return rows().filter(state=State.SUBMITTED).order_by("changed_at", "pk")

    opts = rows().model._meta
    publishing = f"{opts.app_label}.{get_permission_codename('publish', opts)}"
    return Finder(WAITING, waiting, _submitted, of_event, publishing)


def _submitted(instance: Publishable) -> MissingItem:
    kind = instance._meta.verbose_name
    return MissingItem(str(instance), f"{kind} ist vorgelegt: ansehen und veröffentlichen.", change_address(instance))


def missing_counts(request: HttpRequest, site: AdminSite, event: Model | None = None) -> list[GroupResult]:
    """The groups in which something is missing, with counts, as far as this user may see it."""
    found: dict[Group, GroupResult] = {}
    for finder in FINDERS:
        if finder.is_available_to(request, site):
            found.setdefault(finder.group, GroupResult(finder.group)).found.add(finder, finder.found(event))
    return sorted((result for result in found.values() if result.number), key=lambda result: result.group.place)


def missing(request: HttpRequest, site: AdminSite, event: Model | None = None) -> list[GroupResult]:
    """As `missing_counts`, with the first items of each group, or with one page of the group `?bereich=`."""
    groups = missing_counts(request, site, event)
    only = [result for result in groups if result.group.key == request.GET.get("bereich")]
    for result in only:
        found: Any = result.found  # a paginator needs its length and slices only
        result.page = Paginator(found, MOST_ON_PAGE).get_page(request.GET.get("seite"))
        result.items = list(result.page)
    for result in [] if only else groups:
        result.items = result.found[:MOST_ROWS]
    for result in groups:
        result.address = f"{reverse('admin:missing')}?{_query(result.group, event)}"
    return only or groups


def _query(group: Group, event: Model | None) -> str:
    return urlencode({"bereich": group.key, **({"treffen": event.pk} if event else {})})
