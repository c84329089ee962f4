"""Actions that are asked about once: the page has an address of its own and carries a mark of what it showed."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse

from lernnetzwerk.administration.permissions import EditorialAdmin, EditorialT
from lernnetzwerk.administration.sent_forms import remember, sent_at
from lernnetzwerk.visibility.marks import Mark, changed, mark
from lernnetzwerk.visibility.models import State

NOT_REVIEWED = "Bitte erst prüfen, dann bestätigen."


Check = Callable[[Sequence[Any]], None]


class NothingToDo(Exception):
    """An action that has nothing to do; says why in a German sentence."""


class ConfirmForm(forms.Form):
    """No fields: sending the form confirms the action."""


@dataclass(frozen=True)
class Action:
    """A change of state: the words of its address, question and messages, and the function that makes it."""

    word: str
    verb: str
    done: str
    nothing: str
    run: Callable[..., int]
    origins: frozenset[State]
    form: type[forms.Form] = ConfirmForm


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
        instances: Sequence[EditorialT],
        question: str,
        action: Callable[[dict[str, Any], Check], str],
        form_class: type[forms.Form] = ConfirmForm,
        is_sent: bool = True,
        fields: Mapping[str, str] | None = None,
    ) -> HttpResponse | None:
        """Asks, or acts on a POST with `is_sent` and returns None.

        `action` gets the form's data and a function that compares locked rows with what the page showed. It returns a
        message; the page shows its ValidationError, and `NothingToDo` becomes a warning. `fields` are hidden fields
        that lead back here.
        """
        is_sent = is_sent and request.method == "POST"
        form = form_class(request.POST if is_sent else None)
        if is_sent and self._is_second_click(request, instances):
            return None
        if is_sent and form.is_valid() and self._is_done(request, instances, form, action):
            return None
        return self._ask(request, instances, question, form, fields or {})

    def _is_done(
        self,
        request: HttpRequest,
        instances: Sequence[EditorialT],
        form: forms.Form,
        action: Callable[[dict[str, Any], Check], str],
    ) -> bool:
        """Acts and tells the result; False if that is refused, by an error of `form`."""
        try:
            with transaction.atomic():
                message = action(form.cleaned_data, partial(self._refuse_unseen, request.POST.get("seen", "")))
                remember(request, instances[0])
        except NothingToDo as nothing:
            if not self._is_second_click(request, instances):
                messages.warning(request, str(nothing))
            return True
        except (IntegrityError, ValidationError) as error:
            if self._is_second_click(request, instances):
                return True
            if isinstance(error, IntegrityError):
                raise
            form.add_error(None, error)
            return False
        messages.success(request, message)
        return True

    def _is_second_click(self, request: HttpRequest, instances: Sequence[EditorialT]) -> bool:
        """Whether the same page was sent before, and nothing has changed since then."""
        sent = sent_at(request)
        keys = [instance.pk for instance in instances]
        later = self.model._base_manager.filter(pk__in=keys, changed_at__gt=sent) if sent else None
        return later is not None and not later.exists()

    def confirm_one(self, request: HttpRequest, instance: EditorialT, *args: Any, **kwargs: Any) -> HttpResponse:
        """`confirm` for one object, whose form follows."""
        page = self.confirm(request, [instance], *args, **kwargs)
        return page or redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", instance.pk)

    def confirm_form(self, action: Action, instances: Sequence[EditorialT]) -> type[forms.Form]:
        return action.form

    def act(self, action: Action, instances: Sequence[EditorialT], data: dict[str, Any]) -> str:
        """Changes the locked rows; `data` is the form's. Returns the message."""
        return f"{action.done}: {action.run(instances, **data)}."

    def cautions(self, instance: EditorialT) -> list[str]:
        """German warnings to show before an action; they do not prevent it."""
        return []

    def public_parts(self, instance: EditorialT) -> dict[str, QuerySet]:
        """Rows of other tables that become public with `instance`, under their German names."""
        return {}

    def preview_address(self, instance: EditorialT) -> str:
        """Where editors see `instance` as visitors would; empty without such a page."""
        return ""

    def _mark(self, instance: EditorialT, is_locked: bool = False) -> Mark:
        return mark(instance, self.public_parts(instance), self.cautions(instance), is_locked)

    def _refuse_unseen(self, seen: str, instances: Sequence[EditorialT]) -> None:
        """Locks what belongs to `instances`. Raises ValidationError unless the page's marks `seen` fit all of it."""
        before = _marks(seen)
        if any(str(instance.pk) not in before for instance in instances):
            raise ValidationError(NOT_REVIEWED)
        differing = {}
        for instance in instances:
            if names := changed(before[str(instance.pk)], self._mark(instance, is_locked=True)):
                differing[instance] = ", ".join(names)
        if differing:
            said = [f"„{one}“ ({names})" if len(before) > 1 else names for one, names in differing.items()]
            raise ValidationError(f"Inzwischen geändert: {'; '.join(said)}. Bitte noch einmal ansehen.")

    def _ask(
        self,
        request: HttpRequest,
        instances: Sequence[EditorialT],
        question: str,
        form: forms.Form,
        fields: Mapping[str, str],
    ) -> HttpResponse:
        """Shows the stored rows, not the given instances, which others may have changed."""
        rows = self.get_queryset(request).in_bulk([instance.pk for instance in instances])
        shown = [(rows[one.pk], self.preview_address(one)) for one in instances if one.pk in rows]
        marks = {str(one.pk): self._mark(one) for one, _ in shown}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": shown[0][0] if len(shown) == 1 and not fields else None,
            "shown": shown,
            "title": question,
            "cautions": list(dict.fromkeys(caution for one, _ in shown for caution in self.cautions(one))),
            "form": form,
            "seen": json.dumps(marks, ensure_ascii=False, separators=(",", ":")),
            "fields": fields,
            "media": self.media,
        }
        return TemplateResponse(request, "admin/confirm_action.html", context)


def _marks(seen: str) -> dict[str, dict]:
    """The marks that the page carried; empty for anything else."""
    try:
        found = json.loads(seen)
    except (ValueError, RecursionError):
        return {}
    is_mark = isinstance(found, dict) and all(isinstance(one, dict) for one in found.values())
    return found if is_mark else {}
