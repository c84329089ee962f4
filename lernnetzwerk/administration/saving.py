"""What a form could not know when it was checked is still told on the form, with the input kept.

Two users who save the same value at the same time both pass the check; the database refuses the second one.
"""

from http import HTTPStatus
from typing import Any

from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse

from lernnetzwerk.administration.sent_forms import find_created, remember, rewind_files

ATTEMPTS = 3
CONFLICT = (
    "Speichern nicht möglich: Jemand anderes hat inzwischen etwas Widersprechendes gespeichert. Ihre Eingaben stehen "
    "noch hier. Bitte prüfen Sie sie, und speichern Sie noch einmal."
)


class SavingAdmin(admin.ModelAdmin):
    """Mixin for every admin class: refusals by the database become errors of the form, a second click does nothing."""

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: dict | None = None
    ) -> Any:
        """After a refusal the form is checked again: by now it sees what the other user has saved."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        refusal = ""
        for _ in range(ATTEMPTS):
            try:
                return self._save_once(request, object_id, form_url, extra_context)
            except (IntegrityError, ValidationError) as error:
                refusal = conflict_sentence(error)
                rewind_files(request)
        request.refusal = refusal  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _save_once(self, request: HttpRequest, object_id: str | None, *others: Any) -> Any:
        is_added = object_id is None and self.has_add_permission(request)
        if is_added and (earlier := find_created(request)):
            return super().response_add(request, earlier)
        with transaction.atomic():
            response = super().changeform_view(request, object_id, *others)
        if is_added and response.status_code == HTTPStatus.OK and (earlier := find_created(request)):
            return super().response_add(request, earlier)  # the first click finished while this one was checked
        return response

    def response_add(self, request: HttpRequest, obj: Model, post_url_continue: str | None = None) -> HttpResponse:
        remember(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> Any:
        """What others have attached meanwhile is listed instead of deleted."""
        try:
            with transaction.atomic():
                return super().delete_view(request, object_id, extra_context)
        except (IntegrityError, ProtectedError, RestrictedError):
            return super().delete_view(request, object_id, extra_context)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        refusal = getattr(request, "refusal", "")
        return _form_with_error(form, refusal) if refusal else form


def conflict_sentence(error: IntegrityError | ValidationError) -> str:
    """The German sentence of the violated constraint, if the database names it and it has one."""
    if isinstance(error, ValidationError):
        return " ".join(error.messages)
    said = str(error)
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if (
                constraint.name in said
                and constraint.violation_error_message != constraint.default_violation_error_message
            ):
                return str(constraint.violation_error_message)
    return CONFLICT


def _form_with_error(form: type[forms.ModelForm], refusal: str) -> type[forms.ModelForm]:
    class RefusingForm(form):  # type: ignore[misc, valid-type]
        def full_clean(self) -> None:
            super().full_clean()
            if self.is_bound:
                self.add_error(None, refusal)

    return RefusingForm
