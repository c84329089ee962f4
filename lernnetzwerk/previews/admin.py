"""Pages as visitors will see them: for editors below /verwaltung/, for others by a link that ends."""

from collections.abc import Mapping

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

from lernnetzwerk.administration.permissions import Thing
from lernnetzwerk.administration.workflow import DeedAdmin
from lernnetzwerk.previews import links
from lernnetzwerk.previews.models import PreviewLink
from lernnetzwerk.visibility.roles import signed_in
from lernnetzwerk.web import security_policy


class RevokeForm(forms.Form):
    link = forms.UUIDField()


class PreviewAdmin(DeedAdmin[Thing]):
    """For things with a page: `preview_template`, and `preview_context` that also shows what is not public yet."""

    preview_template: str

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.deed_path("vorschau", self.preview_view),
            self._part_path(),
            self.deed_path("vorschau-links", require_safe(self.links_view)),
            self.deed_path("vorschau-link-neu", require_POST(self.create_link_view)),
            self.deed_path("vorschau-link-zurueckziehen", require_POST(self.revoke_link_view)),
        ]
        return own + super().get_urls()

    def deeds(self, request: HttpRequest, thing: Thing) -> list[tuple[str, str]]:
        shared = [("vorschau-links", "Vorschau-Link")] if self.has_change_permission(request) else []
        return [("vorschau", "Vorschau"), *shared, *super().deeds(request, thing)]

    def _part_path(self) -> URLPattern:
        name = f"{self.opts.app_label}_{self.opts.model_name}_vorschau-teil"
        view = self.admin_site.admin_view(require_safe(self.preview_part_view))
        return path("<int:pk>/vorschau/<path:part>", view, name=name)

    def preview_context(self, thing: Thing, asked: Mapping[str, str]) -> dict:
        """What the page shows; `asked` is the query of its address, for pages that show some of a long thing."""
        raise TypeError(f"{type(self).__name__} shows no preview")

    def preview_policy(self, thing: Thing) -> dict[str, list[str]]:
        """Directives of the content security policy that this page needs beyond those of every page."""
        return {}

    def preview_parts(self) -> list[URLPattern]:
        """Files that the page names by addresses below its own; their views take the request and the thing first."""
        return []

    def preview(self, thing: Thing, asked: Mapping[str, str]) -> dict:
        return {**self.preview_context(thing, asked), "is_preview": True}

    def preview_part(self, request: HttpRequest, thing: Thing, part: str) -> HttpResponseBase:
        """The file at this address below the preview of `thing`; Http404 where its page names none."""
        for pattern in self.preview_parts():
            if match := pattern.resolve(part):
                return match.func(request, thing, **match.kwargs)
        raise Http404

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self.thing(request, pk)
        page = render(request, self.preview_template, self.preview(thing, request.GET))
        security_policy.extend(page, self.preview_policy(thing))
        return page

    def preview_part_view(self, request: HttpRequest, pk: int, part: str) -> HttpResponseBase:
        return self.preview_part(request, self.thing(request, pk), part)

    def links_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self._shareable(request, pk)
        valid = PreviewLink.objects.valid().of(thing).select_related("created_by")
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": thing,
            "title": f"Vorschau-Links zu „{thing}“",
            "links": [(link, links.address(link)) for link in valid],
            "days": links.LIFETIME.days,
            "create_address": self.deed_address("vorschau-link-neu", thing),
            "revoke_address": self.deed_address("vorschau-link-zurueckziehen", thing),
        }
        return TemplateResponse(request, "admin/preview_links.html", context)

    def create_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self._shareable(request, pk)
        link = links.create(thing, signed_in(request))
        until = date_format(timezone.localtime(link.expires_at), "j. F Y, H:i")
        return self._told(request, thing, f"Vorschau-Link erstellt, gültig bis {until} Uhr.")

    def revoke_link_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        thing = self._shareable(request, pk)
        form = RevokeForm(request.POST)
        if form.is_valid() and links.revoke(thing, form.cleaned_data["link"]):
            return self._told(request, thing, "Vorschau-Link zurückgezogen. Er führt ab sofort ins Leere.")
        messages.warning(request, "Diesen Link gibt es nicht mehr: Er ist abgelaufen oder schon zurückgezogen.")
        return redirect(self.deed_address("vorschau-links", thing))

    def _shareable(self, request: HttpRequest, pk: int) -> Thing:
        """For those who work on such things; a public one too, whose next version its speakers shall see."""
        thing = self.thing(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        return thing

    def _told(self, request: HttpRequest, thing: Thing, told: str) -> HttpResponse:
        self.log_change(request, thing, told)
        messages.success(request, told)
        return redirect(self.deed_address("vorschau-links", thing))
