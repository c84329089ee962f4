"""Reordering the rows that belong to an object: a page with one form that is saved as a whole.

The order is a number on each row (`position`). Only publishers may reorder public rows; any editor may move the
drafts between them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern

from lernnetzwerk.administration.confirmation import ObjectActionAdmin
from lernnetzwerk.administration.permissions import NEEDS_RELEASE, EditorialT, may_publish
from lernnetzwerk.visibility.models import Editorial

STEPS = {"hoch": -1, "runter": 1}
UNSAVED = "Noch nicht gespeichert."
CHANGED_MEANWHILE = (
    "Jemand anderes hat die Liste inzwischen geändert. Ihre Reihenfolge ist noch nicht gespeichert; neue Einträge "
    "stehen am Ende. Speichern Sie noch einmal, um sie zu übernehmen."
)
OTHER_LIST = "Die Liste enthält falsche Einträge. Es wurde nichts gespeichert."


class Ordered(Protocol):
    """A row with a position in its list."""

    pk: Any
    position: int

    def is_released(self) -> bool: ...

    def save(self, *, update_fields: Iterable[str]) -> None: ...


@dataclass
class Group:
    """The rows of one list in order; no row moves to another list."""

    title: str
    rows: list[Ordered]

    def sort(self, keys: list[str]) -> None:
        """Sorts the rows as in `keys`; rows missing there go to the end."""
        places = {key: place for place, key in enumerate(keys)}
        self.rows.sort(key=lambda row: places.get(str(row.pk), len(keys)))

    def step(self, key: str, by: int) -> None:
        place = next((place for place, row in enumerate(self.rows) if str(row.pk) == key), None)
        if place is not None and 0 <= place + by < len(self.rows):
            self.rows.insert(place + by, self.rows.pop(place))

    def released(self) -> list[int]:
        return [row.pk for row in self.rows if row.is_released()]


def mark(groups: Iterable[Group]) -> str:
    """A checksum that differs when a row was added, removed or moved."""
    shown = [[(row.pk, row.position) for row in group.rows] for group in groups]
    return sha256(repr(shown).encode()).hexdigest()[:16]


class ReorderAdmin(ObjectActionAdmin[EditorialT]):
    """Mixin for the admin of models whose reverse relation `arranged` has an order."""

    ordered_relation = "attachments"

    def get_urls(self) -> list[URLPattern]:
        return [self.action_path("ordnen", self.reorder_view), *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: EditorialT) -> list[tuple[str, str]]:
        name = f"{self._ordered_model._meta.verbose_name_plural} ordnen"
        return [*([("ordnen", name)] if self.may_reorder(request) else []), *super().object_actions(request, instance)]

    @property
    def _ordered_model(self) -> type[Editorial]:
        relation: Any = self.model._meta.get_field(self.ordered_relation)
        return relation.related_model

    def may_reorder(self, request: HttpRequest) -> bool:
        options = self._ordered_model._meta
        return request.user.has_perm(f"{options.app_label}.change_{options.model_name}")

    def groups(self, instance: EditorialT) -> list[Group]:
        return [Group("", list(getattr(instance, self.ordered_relation).for_cards()))]

    def lock_parent(self, instance: EditorialT) -> None:
        """Locks the row that all writers of these lists lock."""
        get_object_or_404(self.model._base_manager.select_for_update(of=("self",)), pk=instance.pk)

    def reorder_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self.instance(request, pk)
        if not self.may_reorder(request):
            raise PermissionDenied
        if request.method != "POST":
            groups = self.groups(instance)
            return self._reorder_page(request, instance, groups, mark(groups))
        if not STEPS.keys() & request.POST.keys():
            return self._save_order(request, instance)
        return self._take_step(request, instance)

    def _take_step(self, request: HttpRequest, instance: EditorialT) -> HttpResponse:
        """Without JavaScript: shows the page with one row moved; saves nothing."""
        groups, keys = self.groups(instance), request.POST.getlist("zeile")
        stepped = {word: request.POST[word] for word in STEPS if word in request.POST}
        for group in groups:
            group.sort(keys)
            for word, key in stepped.items():
                group.step(key, STEPS[word])
        seen = request.POST.get("gesehen", "")[:16]
        return self._reorder_page(request, instance, groups, seen, state=UNSAVED, stepped=stepped)

    def _save_order(self, request: HttpRequest, instance: EditorialT) -> HttpResponse:
        keys = request.POST.getlist("zeile")
        with transaction.atomic():
            self.lock_parent(instance)
            groups = self.groups(instance)
            seen = mark(groups)
            try:
                written = self._write(request, groups, keys, is_fresh=request.POST.get("gesehen") == seen)
            except ValidationError as error:
                return self._reorder_page(request, instance, groups, seen, error=" ".join(error.messages))
        if written:
            self.log_change(request, instance, f"{self._ordered_model._meta.verbose_name_plural} geordnet.")
        messages.success(request, "Die Reihenfolge ist gespeichert.")
        return redirect(self.action_url("ordnen", instance))

    def _write(self, request: HttpRequest, groups: list[Group], keys: list[str], is_fresh: bool) -> int:
        """Saves the order and returns how many rows changed, or raises ValidationError."""
        known = sorted(str(row.pk) for group in groups for row in group.rows)
        before = [group.released() for group in groups]
        if is_fresh and sorted(keys) != known:
            raise ValidationError(OTHER_LIST)
        for group in groups:
            group.sort(keys)
        if not is_fresh:
            raise ValidationError(CHANGED_MEANWHILE)
        if before != [group.released() for group in groups] and not may_publish(request, self._ordered_model):
            raise ValidationError(NEEDS_RELEASE)
        return sum(_number(row, place) for group in groups for place, row in enumerate(group.rows, start=1))

    def _reorder_page(
        self, request: HttpRequest, instance: EditorialT, groups: list[Group], seen: str, **shown: object
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "is_nav_sidebar_enabled": False,  # the rows need the width
            "ordered_opts": self._ordered_model._meta,
            "original": instance,
            "title": f"{self._ordered_model._meta.verbose_name_plural} ordnen: {instance}",
            "groups": [group for group in groups if group.rows],
            "seen": seen,
            **shown,
        }
        return TemplateResponse(request, "admin/reorder.html", context, headers={"Cache-Control": "no-store"})


def _number(row: Ordered, place: int) -> bool:
    """Also sets `changed_at`, so that a form opened earlier cannot restore the old number."""
    if row.position == place:
        return False
    row.position = place
    row.save(update_fields=["position", "changed_at"])
    return True
