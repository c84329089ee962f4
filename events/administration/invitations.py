"""The page on which editors create and revoke upload links of a session."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.views.decorators.http import require_POST

from events.invitations import links
from events.invitations.forms import InviteForm
from events.invitations.letters import letter
from events.models import Session
from lernnetzwerk.administration.confirmation import ObjectActionAdmin
from lernnetzwerk.administration.sent_forms import create_once
from lernnetzwerk.previews.admin import RevokeForm
from lernnetzwerk.visibility.roles import signed_in

WRITE_PERMISSIONS = ("events.change_session", "events.add_attachment", "events.change_attachment")


class InvitingAdmin(ObjectActionAdmin):
    """Mixed into the admin of sessions."""

    def get_urls(self) -> list[URLPattern]:
        own = [
            self.action_path("upload-links", self.invitations_view),
            self.action_path("upload-link-zurueckziehen", require_POST(self.revoke_invitation_view)),
        ]
        return [*own, *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: Session) -> list[tuple[str, str]]:
        own = [("upload-links", "Upload-Link für Vortragende")] if request.user.has_perms(WRITE_PERMISSIONS) else []
        return [*super().object_actions(request, instance), *own]

    def _session(self, request: HttpRequest, pk: int) -> Session:
        session = self.instance(request, pk)
        if not request.user.has_perms(WRITE_PERMISSIONS):
            raise PermissionDenied
        return session

    def invitations_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = self._session(request, pk)
        form = InviteForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            _, is_new = create_once(request, lambda: links.create(session, signed_in(request), **form.cleaned_data))
            if is_new:
                self.log_change(request, session, "Upload-Link erstellt.")
            messages.success(request, "Upload-Link erstellt. Kopieren Sie den Text in eine E-Mail.")
            return redirect(self.action_url("upload-links", session))
        invitations = session.invitations.valid().select_related("created_by").prefetch_related("handed_in")
        addresses = [(one, links.address(one)) for one in invitations]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": session,
            "title": f"Upload-Links zu „{session}“",
            "form": form,
            "links": [(one, address, letter(one, address)) for one, address in addresses],
            "revoke_address": self.action_url("upload-link-zurueckziehen", session),
        }
        return TemplateResponse(request, "admin/events/session/upload_links.html", context)

    def revoke_invitation_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        session = self._session(request, pk)
        form = RevokeForm(request.POST)
        if form.is_valid() and links.revoke(session, form.cleaned_data["link"]):
            self.log_change(request, session, "Upload-Link zurückgezogen.")
            messages.success(request, "Upload-Link zurückgezogen. Er gilt ab sofort nicht mehr.")
        else:
            messages.warning(request, "Diesen Link gibt es nicht mehr: Er ist abgelaufen oder schon zurückgezogen.")
        return redirect(self.action_url("upload-links", session))
