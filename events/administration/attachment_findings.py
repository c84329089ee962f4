"""Findings about an attachment's file: shown in its form and before publication, accepted with a reason."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import URLPattern

from events.attachments.recording_times import recording_findings
from events.models import Appearance, Attachment
from lernnetzwerk.administration.workflow import PublishableAdmin
from lernnetzwerk.reading.findings import Finding, accept, findings, reopen, still_open
from lernnetzwerk.reading.models import Reading
from lernnetzwerk.text.folding import fold
from lernnetzwerk.visibility.roles import signed_in


class AcceptForm(forms.Form):
    hinweis = forms.CharField(max_length=30)
    grund = forms.CharField(
        label="bleibt so, weil",
        max_length=300,
        error_messages={
            "required": "Bitte begründen Sie kurz, warum die Datei beibehalten wird.",
            "max_length": "Bitte kürzen Sie den Grund auf höchstens 300 Zeichen.",
        },
    )


class FindingsAdmin(PublishableAdmin):
    """Mixed into the admin of attachments."""

    def get_urls(self) -> list[URLPattern]:
        return [self.action_path("hinweise", self.hints_view), *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: Attachment) -> list[tuple[str, str]]:
        reading = reading_of(instance)
        found = reading and [*findings(reading), *recording_findings(instance)]
        own = [("hinweise", "Hinweise zur Datei")] if reading and (found or reading.names) else []
        return [*super().object_actions(request, instance), *own]

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Attachment | None:
        attachment = super().get_object(request, *args, **kwargs)
        if attachment is not None:
            attachment.may_be_changed = self.has_change_permission(request, attachment)
        return attachment

    @admin.display(description="Hinweise zur Datei")
    def hints(self, attachment: Attachment) -> str:
        reading = reading_of(attachment)
        context = {"reading": reading, "findings": unresolved_findings(reading, attachment), "attachment": attachment}
        return render_to_string("admin/events/attachment/_findings.html", context)

    def cautions(self, instance: Attachment) -> list[str]:
        reading = reading_of(instance)
        found = [one.sentence for one in unresolved_findings(reading, instance)]
        return [*super().cautions(instance), *found, *names_in(reading, instance)]

    def hints_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        attachment = self.instance(request, pk)
        reading = reading_of(attachment)
        if reading is None:
            raise Http404
        wrong = None
        if request.method == "POST":
            if not self.has_change_permission(request, attachment):
                raise PermissionDenied
            wrong = self._decide(request, attachment, reading)
            if wrong is None:
                return redirect(self.action_url("hinweise", attachment))
        found = [*findings(reading), *recording_findings(attachment)]
        accepted = {one.key: one for one in reading.accepted_findings.select_related("accepted_by")}
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": attachment,
            "title": f"Hinweise zur Datei: {attachment}",
            "reading": reading,
            "rows": [(finding, accepted.get(finding.key)) for finding in found],
            "wrong": wrong,
            "may_decide": self.has_change_permission(request, attachment),
        }
        return TemplateResponse(request, "admin/events/attachment/findings.html", context)

    def _decide(self, request: HttpRequest, attachment: Attachment, reading: Reading) -> AcceptForm | None:
        """Accepts or reopens a finding; returns the form if it is invalid."""
        if key := request.POST.get("wieder", ""):
            if reopen(reading, key[:30].replace("\0", "")):
                self.log_change(request, attachment, "Begründung zum Hinweis zurückgenommen.")
            return None
        form = AcceptForm(request.POST)
        if not form.is_valid():
            return form
        key, reason = form.cleaned_data["hinweis"], form.cleaned_data["grund"]
        if accept(reading, key, reason, signed_in(request), recording_findings(attachment)):
            self.log_change(request, attachment, f"Hinweis zur Datei begründet: {reason}")
        else:
            messages.warning(request, "Diesen Hinweis gibt es nicht mehr.")
        return None


def reading_of(attachment: Attachment) -> Reading | None:
    """The reading of its file; None if the file was not read."""
    if attachment.stored_file_id is None:
        return None
    return Reading.objects.select_related("stored_file").filter(pk=attachment.stored_file_id).first()


def names_in(reading: Reading | None, attachment: Attachment) -> list[str]:
    """A sentence with the names in the properties of its file that the page does not name as speakers."""
    if reading is None or not reading.names:
        return []
    appearances = Appearance.objects.filter(session=attachment.session_id).select_related("speaker")
    shown = {fold(one.speaker.full_name) for one in appearances}
    others = [name for name in reading.names if fold(name) not in shown]
    return [f"In den Eigenschaften der Datei stehen: {', '.join(others)}."] if others else []


def unresolved_findings(reading: Reading | None, attachment: Attachment) -> list[Finding]:
    """Findings about file, chapters and subtitles that nobody has accepted."""
    found = recording_findings(attachment)
    return still_open(reading, [*findings(reading), *found]) if reading else found
