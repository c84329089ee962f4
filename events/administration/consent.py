"""Attachments from upload links are published with the speaker's consent, which their form shows."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from events.models import Attachment, HandedIn
from lernnetzwerk.administration.workflow import PublishableAdmin
from lernnetzwerk.visibility.models import State

NOT_RELEASED = "Die Datei kam über einen Upload-Link, und die vortragende Person hat sie noch nicht freigegeben."


class ConsentAdmin(PublishableAdmin):
    """Mixed into the admin of attachments."""

    def get_fieldsets(self, request: HttpRequest, obj: Attachment | None = None) -> list:
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or handed_in(obj) is None:
            return fieldsets
        first, *others = fieldsets
        return [first, ("Eingereicht", {"fields": ("consent",)}), *others]

    @admin.display(description="Über einen Upload-Link")
    def consent(self, attachment: Attachment) -> str:
        return render_to_string("admin/events/attachment/_consent.html", {"handed_in": handed_in(attachment)})

    def cautions(self, instance: Attachment) -> list[str]:
        own = [NOT_RELEASED] if unreleased(Attachment.objects.filter(pk=instance.pk)).exists() else []
        return [*own, *super().cautions(instance)]

    @admin.action(description="Veröffentlichen (sofort)", permissions=["publish"])
    def publish_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Skips attachments without consent: each of them is asked about on its own page."""
        left = [attachment.pk for attachment in unreleased(queryset)]
        if left:
            what = "1 Material" if len(left) == 1 else f"{len(left)} Materialien"
            message = (
                f"Nicht veröffentlicht: {what} aus Upload-Links, die von den Vortragenden noch nicht freigegeben sind. "
                "Einzeln können Sie sie auf der Seite des Materials nach Bestätigung veröffentlichen."
            )
            messages.warning(request, message)
        others = queryset.exclude(pk__in=left)
        return super().publish_selected(request, others) if others or not left else None


def handed_in(attachment: Attachment) -> HandedIn | None:
    return (
        HandedIn.objects.select_related("invitation__created_by", "invitation__session__event")
        .filter(attachment=attachment)
        .first()
    )


def unreleased(attachments: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """Those from upload links that are neither public nor released by their sender."""
    waiting = HandedIn.objects.filter(released_at=None).values("attachment")
    return attachments.filter(pk__in=waiting).exclude(state=State.PUBLISHED)
