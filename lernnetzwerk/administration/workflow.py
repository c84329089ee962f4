"""Handing in, publishing, withdrawing and previewing in the administration: one action, one address each."""

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

from lernnetzwerk.administration.permissions import EditorialAdmin, Thing
from lernnetzwerk.visibility.models import Publishable, State, publish, submit, withdraw


class ConfirmForm(forms.Form):
    """Nothing to fill in: sending it is the deed."""


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


class DeedAdmin(EditorialAdmin[Thing]):
    """Adds addresses below an object's own for single deeds, each with a page that asks once."""

    change_form_template = "admin/deeds_change_form.html"

    def deed_path(self, word: str, view: Callable[..., HttpResponseBase]) -> URLPattern:
        name = f"{self.opts.app_label}_{self.opts.model_name}_{word}"
        return path(f"<int:pk>/{word}/", self.admin_site.admin_view(view), name=name)

    def deed_address(self, word: str, thing: Model) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{word}", args=[thing.pk])

    def deeds(self, request: HttpRequest, thing: Thing) -> list[tuple[str, str]]:
        """Addresses and German names of what can be done with `thing` now, by this person."""
        return []

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        thing = context.get("original")
        if thing is not None:
            context["deeds"] = [(self.deed_address(word, thing), name) for word, name in self.deeds(request, thing)]
        return super().render_change_form(request, context, *args, **kwargs)

    def thing(self, request: HttpRequest, pk: int) -> Thing:
        """The object of a deed's address, for those who may see it here."""
        thing = self.get_object(request, str(pk))
        if thing is None:
            raise Http404
        if not self.has_view_permission(request, thing):
            raise PermissionDenied
        return thing

    def confirm(
        self,
        request: HttpRequest,
        thing: Thing,
        question: str,
        deed: Callable[[dict[str, Any]], str],
        form_class: type[forms.Form] = ConfirmForm,
        cautions: Sequence[str] = (),
    ) -> HttpResponse:
        """Asks by GET, does by POST; `deed` returns what to tell, a ValidationError of it is shown on the form."""
        form = form_class(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            try:
                told = deed(form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                self.log_change(request, thing, told)
                messages.success(request, told)
                return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", thing.pk)
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": thing, "title": question}
        context["cautions"] = cautions
        return TemplateResponse(request, "admin/confirm_deed.html", {**context, "form": form, "media": self.media})


class PublishableAdmin(DeedAdmin[Publishing]):
    actions = ("submit_selected", "publish_selected", "withdraw_selected")
    readonly_fields: ClassVar[tuple[str, ...]] = ("state", "published_from")

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.deed_path("vorlegen", self.submit_view),
            self.deed_path("veroeffentlichen", self.publish_view),
            self.deed_path("zurueckziehen", self.withdraw_view),
        ]
        return own + super().get_urls()

    def deeds(self, request: HttpRequest, thing: Publishing) -> list[tuple[str, str]]:
        offered = super().deeds(request, thing)
        if thing.state in {State.DRAFT, State.WITHDRAWN} and self.has_change_permission(request, thing):
            offered.append(("vorlegen", "Zur Freigabe vorlegen"))
        if self.has_publish_permission(request):
            is_public = thing.state == State.PUBLISHED
            offered.append(("zurueckziehen", "Zurückziehen") if is_public else ("veroeffentlichen", "Veröffentlichen"))
        return offered

    def submit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self.thing(request, pk)
        if not self.has_change_permission(request, thing):
            raise PermissionDenied
        return self.confirm(request, thing, f"„{thing}“ zur Freigabe vorlegen?", lambda data: self._submit([thing]))

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self._publishable(request, pk)
        question = f"„{thing}“ veröffentlichen?"
        return self.confirm(
            request, thing, question, lambda data: self._publish([thing], **data), PublishForm, self.cautions(thing)
        )

    def cautions(self, thing: Publishing) -> list[str]:
        """German sentences to read before `thing` becomes public; they stop nobody."""
        return []

    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self._publishable(request, pk)
        return self.confirm(request, thing, f"„{thing}“ zurückziehen?", lambda data: self._withdraw([thing]))

    def _publishable(self, request: HttpRequest, pk: int) -> Publishing:
        thing = self.thing(request, pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        return thing

    @admin.action(description="Zur Freigabe vorlegen", permissions=["change"])
    def submit_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        allowed = [thing for thing in queryset if self.has_change_permission(request, thing)]
        self._log_each(request, allowed, self._submit(allowed))

    @admin.action(description="Veröffentlichen (sofort)", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._log_each(request, queryset, self._publish(queryset))

    @admin.action(description="Zurückziehen", permissions=["publish"])
    def withdraw_selected(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._log_each(request, queryset, self._withdraw(queryset))

    def _log_each(self, request: HttpRequest, things: QuerySet | list[Publishing], told: str) -> None:
        for thing in things:
            self.log_change(request, thing, told)
        self.message_user(request, told)

    def _submit(self, things: list[Publishing]) -> str:
        return f"Zur Freigabe vorgelegt: {submit(things)}."

    def _publish(self, things: QuerySet | list[Publishing], published_from: datetime | None = None) -> str:
        return f"Veröffentlicht: {publish(things, published_from)}."

    def _withdraw(self, things: QuerySet | list[Publishing]) -> str:
        return f"Zurückgezogen: {withdraw(things)}."
