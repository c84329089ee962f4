"""What is still missing: found by each app, shown in one place, each row one click from where it is mended.

An app registers its finders in a module `gaps`, loaded once all models are there. A finder costs one query for its
number, and where there are any, one with its prefetches for the rows shown, whatever their number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth import get_permission_codename
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse

from lernnetzwerk.visibility.models import Publishable, State

MOST_ROWS = 50
MOST_EVENTS = 100


@dataclass(frozen=True)
class Mail:
    """A letter to copy into one's own mail programme; the portal sends nothing."""

    subject: str
    text: str
    to: str = ""


@dataclass(frozen=True)
class MissingItem:
    """One thing with something missing: its name, where it belongs, what is missing, and where that is mended."""

    name: str
    what: str
    address: str
    belongs_to: str = ""
    mail: Mail | None = None


@dataclass(frozen=True)
class Group:
    """Gaps of one kind under one heading; `place` orders the groups, `key` is the anchor."""

    key: str
    title: str
    hint: str
    place: int


@dataclass(frozen=True)
class Finder:
    """Finds the gaps of one model: `rows` in the order of showing, `gap` puts one row into words without a query.

    `of_meeting` are the paths from a row to the meetings it belongs to; without one it belongs to none. `needs` is a
    permission that mending asks for, beside the one to see such things.
    """

    group: Group
    rows: Callable[[], QuerySet]
    missing_item: Callable[[Any], MissingItem]  # takes a row of the model that `rows` is of
    of_event: tuple[str, ...] = ()
    needs: str = ""

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

    def is_for(self, request: HttpRequest, site: AdminSite) -> bool:
        """Asks what the page behind a row will ask, so that no row leads nowhere."""
        is_seen = site.get_model_admin(self.model).has_view_permission(request)
        return is_seen and (not self.needs or request.user.has_perm(self.needs))


@dataclass
class Found:
    group: Group
    number: int = 0
    items: list[MissingItem] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.number - len(self.items)


IMAGES = Group("bilder", "Bilder ohne Beschreibung", "Wer das Bild nicht sieht, erfährt nicht, was es zeigt.", 50)
CREDITS = Group("bildnachweise", "Bilder ohne Nachweis", "Niemand erfährt, von wem das Bild ist.", 55)
WAITING = Group("freigabe", "Wartet auf Freigabe", "Vorgelegt, aber noch nicht veröffentlicht.", 10)

FINDERS: list[Finder] = []
EVENTS: list[Callable[[], QuerySet]] = []


def register(*finders: Finder) -> None:
    FINDERS.extend(finders)


def offer_events(rows: Callable[[], QuerySet]) -> None:
    """Says by which meetings the list can be narrowed, in the order of offering; each row needs `name_and_dates`."""
    EVENTS[:] = [rows]


class EventChoice:
    """By which meeting the list is narrowed, and which ones can be chosen; junk in the address narrows nothing."""

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
        """The first ones, and the one chosen wherever it stands."""
        offered = list(self.rows[:MOST_EVENTS]) if self.rows is not None else []
        return offered if self.event is None or self.event in offered else [self.event, *offered]


def change_address(instance: Model, fragment: str = "") -> str:
    """The form of `thing`, down at the field or the inline `fragment`."""
    address = reverse(f"admin:{instance._meta.app_label}_{instance._meta.model_name}_change", args=[instance.pk])
    return f"{address}#{fragment}" if fragment else address


def undescribed(picture: str) -> Q:
    """A picture that is not decorative, with an empty description or the name of a file."""
    alt = f"{picture}_alt"
    says_nothing = Q(**{f"{alt}__regex": r"^\s*$"}) | Q(**{f"{alt}__iregex": r"\.(jpe?g|png|webp|gif)\s*$"})
    return Q(**{f"{picture}__isnull": False, f"{picture}_is_decorative": False}) & says_nothing


def uncredited(picture: str) -> Q:
    """A picture of which nobody wrote down whose it is."""
    return Q(**{f"{picture}__isnull": False, f"{picture}_credit__regex": r"^\s*$"})


def waiting_for_release(rows: Callable[[], QuerySet], *of_event: str) -> Finder:
    """What was handed in, the oldest first; `rows` bring along what a name is made of."""

    def waiting() -> QuerySet:
        return rows().filter(state=State.SUBMITTED).order_by("changed_at", "pk")

    opts = rows().model._meta
    publishing = f"{opts.app_label}.{get_permission_codename('publish', opts)}"
    return Finder(WAITING, waiting, _handed_in, of_event, publishing)


def _handed_in(instance: Publishable) -> MissingItem:
    kind = instance._meta.verbose_name
    return MissingItem(str(instance), f"{kind} ist vorgelegt: ansehen und veröffentlichen.", change_address(instance))


def numbers(request: HttpRequest, site: AdminSite, event: Model | None = None) -> list[Found]:
    """The groups in which something is missing, and how often, as far as this person may see it."""
    found: dict[Group, Found] = {}
    for finder, rows in _rows(request, site, event):
        here = found.setdefault(finder.group, Found(finder.group))
        here.number += rows.count()
    return _in_order(found)


def missing(request: HttpRequest, site: AdminSite, event: Model | None = None) -> list[Found]:
    """The same with the first rows of each group."""
    found: dict[Group, Found] = {}
    for finder, rows in _rows(request, site, event):
        here = found.setdefault(finder.group, Found(finder.group))
        if number := rows.count():
            here.number += number
            here.items += [finder.missing_item(row) for row in rows[: MOST_ROWS - len(here.items)]]
    return _in_order(found)


def _rows(request: HttpRequest, site: AdminSite, event: Model | None) -> Iterator[tuple[Finder, QuerySet]]:
    return ((finder, finder.found(event)) for finder in FINDERS if finder.is_for(request, site))


def _in_order(found: dict[Group, Found]) -> list[Found]:
    return sorted((here for here in found.values() if here.number), key=lambda here: here.group.place)
