"""Submitting, publishing and withdrawing in the administration: each action has its own address."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from lernnetzwerk.administration.confirmation import Action, ConfirmForm, NothingToDo, ObjectActionAdmin
from lernnetzwerk.visibility.models import Publishable, State, publish, submit, withdraw

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
IMPLAUSIBLE = "Bitte einen Zeitpunkt zwischen 2000 und 2100 angeben."


class PublishForm(forms.Form):
    published_from = forms.DateTimeField(
        label="öffentlich ab",
        required=False,
        help_text="Leer: sofort. Zu einem späteren Zeitpunkt wird automatisch veröffentlicht.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        validators=[MinValueValidator(EARLIEST, IMPLAUSIBLE), MaxValueValidator(LATEST, IMPLAUSIBLE)],
    )


SUBMIT = Action(
    "vorlegen",
    "zur Freigabe vorlegen",
    "Zur Freigabe vorgelegt",
    "Nichts vorgelegt: Alles Gewählte ist schon vorgelegt oder veröffentlicht.",
    submit,
    frozenset({State.DRAFT, State.WITHDRAWN}),
)
PUBLISH = Action(
    "veroeffentlichen",
    "veröffentlichen",
    "Veröffentlicht",
    "Nichts veröffentlicht: Alles Gewählte ist schon veröffentlicht oder dafür vorgemerkt.",
    publish,
    frozenset(State) - {State.PUBLISHED},
    PublishForm,
)
WITHDRAW = Action(
    "zurueckziehen",
    "zurückziehen",
    "Zurückgezogen",
    "Nichts zurückgezogen: Nichts vom Gewählten ist veröffentlicht.",
    withdraw,
    frozenset({State.PUBLISHED}),
)
Publishing = TypeVar("Publishing", bound=Publishable)


class PublishableAdmin(ObjectActionAdmin[Publishing]):
    actions = ("submit_selected", "publish_selected", "withdraw_selected")
    readonly_fields: ClassVar[tuple[str, ...]] = ("state", "published_from")

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.action_path("vorlegen", self.submit_view),
            self.action_path("veroeffentlichen", self.publish_view),
            self.action_path("zurueckziehen", self.withdraw_view),
        ]
        return own + super().get_urls()

    def object_actions(self, request: HttpRequest, instance: Publishing) -> list[tuple[str, str]]:
        offered = super().object_actions(request, instance)
        if instance.state in {State.DRAFT, State.WITHDRAWN} and self.has_change_permission(request, instance):
            offered.append(("vorlegen", "Zur Freigabe vorlegen"))
        if self.has_publish_permission(request):
            is_public = instance.state == State.PUBLISHED
            offered.append(("zurueckziehen", "Zurückziehen") if is_public else ("veroeffentlichen", "Veröffentlichen"))
        return offered

    def submit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self.instance(request, pk)
        if not self.has_change_permission(request, instance):
            raise PermissionDenied
        return self._ask_or_act(request, SUBMIT, instance)

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._ask_or_act(request, PUBLISH, self._publishable(request, pk))

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        return self._ask_or_act(request, WITHDRAW, self._publishable(request, pk))

    def _publishable(self, request: HttpRequest, pk: int) -> Publishing:
        instance = self.instance(request, pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return instance

    @admin.action(description="Zur Freigabe vorlegen", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        """At once, as nothing becomes public by it."""
        allowed = [instance for instance in queryset if self.has_change_permission(request, instance)]
        try:
            messages.success(request, self._submit_unasked(request, allowed))
        except NothingToDo as nothing:
            messages.warning(request, str(nothing))

    @admin.action(description="Veröffentlichen (sofort)", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._ask_or_act_on_all(request, PUBLISH, queryset)

    @admin.action(description="Zurückziehen", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        return self._ask_or_act_on_all(request, WITHDRAW, queryset)

    def _ask_or_act(self, request: HttpRequest, action: Action, instance: Publishing) -> HttpResponse:
        return self.confirm_one(
            request,
            instance,
            f"„{instance}“ {action.verb}?",
            lambda data, check: self._act(request, action, [instance], data, check),
            self.confirm_form(action, [instance]),
        )

    def _ask_or_act_on_all(self, request: HttpRequest, action: Action, queryset: QuerySet) -> HttpResponse | None:
        """Asks about those of the chosen rows that the action would change; without any it says so."""
        is_sent = "seen" in request.POST
        chosen = list(queryset if is_sent else queryset.filter(state__in=action.origins))
        if not chosen:
            messages.warning(request, action.nothing)
            return None
        kind = self.opts.verbose_name if len(chosen) == 1 else self.opts.verbose_name_plural
        return self.confirm(
            request,
            chosen,
            f"{len(chosen)} {kind} {action.verb}?",
            lambda data, check: self._act(request, action, chosen, data, check),
            self.confirm_form(replace(action, form=ConfirmForm), chosen),
            is_sent,
            {"action": request.POST.get("action", "")},
        )

    @transaction.atomic
    def _submit_unasked(self, request: HttpRequest, instances: Sequence[Publishing]) -> str:
        return self._act(request, SUBMIT, instances, {}, lambda rows: None)

    def _act(
        self,
        request: HttpRequest,
        action: Action,
        instances: Sequence[Publishing],
        data: dict[str, Any],
        check: Callable[[Sequence[Publishing]], None],
    ) -> str:
        """Locks, checks and changes the rows whose state still fits, and logs it; `NothingToDo` if there is none."""
        keys = [instance.pk for instance in instances]
        rows = self.model._base_manager.select_for_update().filter(pk__in=keys).order_by("pk")
        fitting = [row for row in rows if row.state in action.origins]
        if not fitting:
            raise NothingToDo(action.nothing)
        check(fitting)
        message = self.act(action, fitting, data)
        for instance in fitting:
            self.log_change(request, instance, message)
        return message
