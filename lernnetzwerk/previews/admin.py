"""Pages as visitors will see them: for editors below /verwaltung/, for others through a link that expires."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST, require_safe

from lernnetzwerk.administration.confirmation import Action, ObjectActionAdmin
from lernnetzwerk.administration.permissions import EditorialT
from lernnetzwerk.administration.sent_forms import create_once
from lernnetzwerk.previews import links
from lernnetzwerk.previews.models import PreviewLink, PreviewLinkQuerySet
from lernnetzwerk.visibility.roles import signed_in
from lernnetzwerk.web import security_policy

WITHDRAW_WORD = "zurueckziehen"


def ended_by_move(ended: int) -> str:
    """Tells editors how many preview links ended because what they show belongs elsewhere now."""
    return f"Die Zuordnung wurde geändert. Beendete Vorschau-Links: {ended}."


class RevokeForm(forms.Form):
    link = forms.UUIDField()


def end_links_form(number: int) -> type[forms.Form]:
    """Asks whether the `number` valid preview links end, too."""
    field = forms.BooleanField(
        label="Auch den gültigen Vorschau-Link beenden" if number == 1 else f"Auch {number} Vorschau-Links beenden",
        required=False,
        initial=True,
        help_text="Ohne Haken gelten sie nach dem Zurückziehen bis zu ihrem Ablauf weiter.",
    )
    return type("EndLinksForm", (forms.Form,), {"ends_links": field})


class PreviewAdmin(ObjectActionAdmin[EditorialT]):
    """For models with a page: `preview_template`, and `preview_context` that also shows unpublished rows."""

    preview_template: str

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.action_path("vorschau", self.preview_view),
            self._part_path(),
            self.action_path("vorschau-links", require_safe(self.links_view)),
            self.action_path("vorschau-link-neu", require_POST(self.create_link_view)),
            self.action_path("vorschau-link-zurueckziehen", require_POST(self.revoke_link_view)),
        ]
        return own + super().get_urls()

    def object_actions(self, request: HttpRequest, instance: EditorialT) -> list[tuple[str, str]]:
        shared = [("vorschau-links", "Vorschau-Link")] if self.has_change_permission(request) else []
        return [("vorschau", "Vorschau"), *shared, *super().object_actions(request, instance)]

    def preview_address(self, instance: EditorialT) -> str:
        return self.action_url("vorschau", instance)

    def confirm_form(self, action: Action, instances: Sequence[EditorialT]) -> type[forms.Form]:
        links = self._open_links(instances).count() if action.word == WITHDRAW_WORD else 0
        return end_links_form(links) if links else super().confirm_form(action, instances)

    def act(self, action: Action, instances: Sequence[EditorialT], data: dict[str, Any]) -> str:
        """Withdrawing ends the links to previews of what is withdrawn, unless the editor keeps them."""
        ends_links = data.pop("ends_links", False)
        open_links = self._open_links(instances)
        keys = [link.pk for link in open_links] if action.word == WITHDRAW_WORD else []
        message = super().act(action, instances, data)
        if not keys:
            return message
        if not ends_links:
            return f"{message} Weiter gültige Vorschau-Links: {len(keys)}."
        ended = PreviewLink.objects.valid().filter(pk__in=keys).update(revoked_at=timezone.now())
        return f"{message} Beendete Vorschau-Links: {ended}."

    def _open_links(self, instances: Sequence[EditorialT]) -> PreviewLinkQuerySet:
        """Valid links to `instances` and to what is public together with them, such as the sessions of an event."""
        found = PreviewLink.objects.none()
        for instance in instances:
            found |= PreviewLink.objects.valid().of(instance)
            for rows in self.public_parts(instance).values():
                found |= PreviewLink.objects.valid().of_rows(rows)
        return found

    def _part_path(self) -> URLPattern:
        name = f"{self.opts.app_label}_{self.opts.model_name}_vorschau-teil"
        view = self.admin_site.admin_view(require_safe(self.preview_part_view))
        return path("<int:pk>/vorschau/<path:part>", view, name=name)

    def preview_context(self, instance: EditorialT, asked: Mapping[str, str]) -> dict:
        """The page's context; `asked` is the query of its address, for pages that show a part of a long instance."""
        raise TypeError(f"{type(self).__name__} shows no preview")

    def preview_policy(self, instance: EditorialT) -> dict[str, list[str]]:
        """Directives of the content security policy that this page needs in addition to the usual ones."""
        return {}

    def preview_parts(self) -> list[URLPattern]:
        """URL patterns of files below the page's address; their views take the request and the instance first."""
        return []

    def preview(self, instance: EditorialT, asked: Mapping[str, str]) -> dict:
        return {**self.preview_context(instance, asked), "is_preview": True}

    def preview_part(self, request: HttpRequest, instance: EditorialT, part: str) -> HttpResponseBase:
        """The file at this address below the preview of `instance`. Raises Http404."""
        for pattern in self.preview_parts():
            if match := pattern.resolve(part):
                return match.func(request, instance, **match.kwargs)
        raise Http404

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self.instance(request, pk)
        page = render(request, self.preview_template, self.preview(instance, request.GET))
        security_policy.extend(page, self.preview_policy(instance))
        return page

    def preview_part_view(self, request: HttpRequest, pk: int, part: str) -> HttpResponseBase:
        return self.preview_part(request, self.instance(request, pk), part)

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self._shareable(request, pk)
        valid = PreviewLink.objects.valid().of(instance).select_related("created_by")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": instance,
            "title": f"Vorschau-Links zu „{instance}“",
            "links": [(link, links.address(link)) for link in valid if link.opens(instance)],
            "moved": sum(not link.opens(instance) for link in valid),
            "days": links.LIFETIME.days,
            "create_address": self.action_url("vorschau-link-neu", instance),
            "revoke_address": self.action_url("vorschau-link-zurueckziehen", instance),
        }
        return TemplateResponse(request, "admin/preview_links.html", context)

    def save_model(self, request: HttpRequest, obj: EditorialT, form: forms.ModelForm, change: bool) -> None:
        """Tells editors that moving an object ends its preview links."""
        valid = list(PreviewLink.objects.valid().of(obj)) if change else []
        before = self.model._base_manager.filter(pk=obj.pk).first()
        super().save_model(request, obj, form, change)
        ended = [link for link in valid if link.is_ended_by_move(before, obj)]
        if ended:
            messages.warning(request, ended_by_move(len(ended)))

    def create_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self._shareable(request, pk)
        link, is_new = create_once(request, lambda: links.create(instance, signed_in(request)))
        until = date_format(timezone.localtime(link.expires_at), "j. F Y, H:i")
        return self._report(request, instance, f"Vorschau-Link erstellt, gültig bis {until} Uhr.", is_new)

    def revoke_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        instance = self._shareable(request, pk)
        form = RevokeForm(request.POST)
        if form.is_valid() and links.revoke(instance, form.cleaned_data["link"]):
            return self._report(request, instance, "Vorschau-Link zurückgezogen. Er gilt ab sofort nicht mehr.")
        messages.warning(request, "Diesen Link gibt es nicht mehr: Er ist abgelaufen oder schon zurückgezogen.")
        return redirect(self.action_url("vorschau-links", instance))

    def _shareable(self, request: HttpRequest, pk: int) -> EditorialT:
        """For users who may change such instances; includes public ones, whose next version speakers preview."""
        instance = self.instance(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        return instance

    def _report(self, request: HttpRequest, instance: EditorialT, message: str, is_new: bool = True) -> HttpResponse:
        if is_new:
            self.log_change(request, instance, message)
        messages.success(request, message)
        return redirect(self.action_url("vorschau-links", instance))
