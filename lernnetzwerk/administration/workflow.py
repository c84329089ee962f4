"""Submitting, publishing and withdrawing in the administration: each action has its own address."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from lernnetzwerk.administration.permissions import EditorialAdmin, EditorialT
from lernnetzwerk.visibility.models import Publishable, State, publish, submit, withdraw


class ConfirmForm(forms.Form):
    """No fields: sending the form confirms the action."""


EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
IMPLAUSIBLE = "Bitte einen Zeitpunkt zwischen 2000 und 2100 angeben."


class PublishForm(forms.Form):
    published_from = forms.DateTimeField(
        label="öffentlich ab",
        required=False,
        help_text="Leer lassen: sofort. Ein späterer Zeitpunkt wirkt von selbst.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        validators=[MinValueValidator(EARLIEST, IMPLAUSIBLE), MaxValueValidator(LATEST, IMPLAUSIBLE)],
    )


Publishing = TypeVar("Publishing", bound=Publishable)


class ObjectActionAdmin(EditorialAdmin[EditorialT]):
    """Adds an address below the object's own for each action, with a page that asks once."""

    change_form_template = "admin/object_actions_change_form.html"

    def action_path(self, word: str, view: Callable[..., HttpResponseBase]) -> URLPattern:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{word}"
        return path(f"<int:pk>/{word}/", self.admin_site.admin_view(view), name=name)

    def action_url(self, word: str, instance: Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{word}", args=[instance.pk])

    def object_actions(self, request: HttpRequest, instance: EditorialT) -> list[tuple[str, str]]:
        """Last part of the address and German name of each action that this user can take now."""
        return []

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        instance = context.get("original")
        if instance is not None:
            context["object_actions"] = [
                (self.action_url(word, instance), name) for word, name in self.object_actions(request, instance)
            ]
        return super().render_change_form(request, context, *args, **kwargs)

    def instance(self, request: HttpRequest, pk: int) -> EditorialT:
        """The object with this key. Raises Http404 or PermissionDenied."""
        instance = self.get_object(request, str(pk))
        if instance is None:
            raise Http404
        if not self.has_view_permission(request, instance):
            raise PermissionDenied
        return instance

    def confirm(
        self,
        request: HttpRequest,
        instance: EditorialT,
        question: str,
        action: Callable[[dict[str, Any]], str],
        form_class: type[forms.Form] = ConfirmForm,
        cautions: Sequence[str] = (),
    ) -> HttpResponse:
        """Asks on GET, acts on POST; `action` returns a message, the form shows its ValidationError."""
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                message = action(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.log_change(request, instance, message)
                messages.success(request, message)
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", instance.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": instance, "title": question}
        context["cautions"] = cautions
        return TemplateResponse(request, "admin/confirm_action.html", {**context, "form": form, "media": self.media})


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
        return self.confirm(
            request, instance, f"„{instance}“ zur Freigabe vorlegen?", lambda data: self._submit([instance])
        )

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self._publishable(request, pk)
        question = f"„{instance}“ veröffentlichen?"
        return self.confirm(
            request,
            instance,
            question,
            lambda data: self._publish([instance], **data),
            PublishForm,
            self.cautions(instance),
        )

    def cautions(self, instance: Publishing) -> list[str]:
        """German warnings to show before `instance` is published; they do not prevent it."""
        return []

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self._publishable(request, pk)
        return self.confirm(request, instance, f"„{instance}“ zurückziehen?", lambda data: self._withdraw([instance]))

    def _publishable(self, request: HttpRequest, pk: int) -> Publishing:
        instance = self.instance(request, pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return instance

    @admin.action(description="Zur Freigabe vorlegen", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        allowed = [instance for instance in queryset if self.has_change_permission(request, instance)]
        self._log_each(request, allowed, self._submit(allowed))

    @admin.action(description="Veröffentlichen (sofort)", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._log_each(request, queryset, self._publish(queryset))

    @admin.action(description="Zurückziehen", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._log_each(request, queryset, self._withdraw(queryset))

    def _log_each(self, request: HttpRequest, instances: QuerySet | list[Publishing], message: str) -> None:
        for instance in instances:
            self.log_change(request, instance, message)
        self.message_user(request, message)

    def _submit(self, instances: list[Publishing]) -> str:
        return f"Zur Freigabe vorgelegt: {submit(instances)}."

    def _publish(self, instances: QuerySet | list[Publishing], published_from: datetime | None = None) -> str:
        return f"Veröffentlicht: {publish(instances, published_from)}."

    def _withdraw(self, instances: QuerySet | list[Publishing]) -> str:
        return f"Zurückgezogen: {withdraw(instances)}."
