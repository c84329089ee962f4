from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.html import format_html

from events.administration.attachment_inlines import AttachmentInline
from events.administration.bulk_upload import BulkUploadAdmin
from events.administration.duplicate import DuplicateForm
from events.administration.missing_action import MissingActionAdmin
from events.administration.programme_editor.admin import WRITE_PERMISSIONS as WRITING
from events.administration.progress import steps
from events.administration.public_parts import parts_of_event
from events.administration.reordering import AttachmentOrderAdmin
from events.invitations import participants
from events.models import Event, EventDay, Series
from events.pages.event import event_preview
from events.pages.event_pictures import deliver_image, deliver_previewed_cover
from events.programme.days import Move, complete_days, keep_former_days, plan_move
from events.programme.schedule import calendar_days
from events.programme.structure import working_version
from lernnetzwerk.administration.permissions import DependentInline, EditorialAdmin, EditorialForm, TableFormSet
from lernnetzwerk.administration.workflow import PublishableAdmin
from lernnetzwerk.pictures.admin import PICTURE, PictureAdmin, picture_fields
from lernnetzwerk.previews.admin import PreviewAdmin
from lernnetzwerk.visibility.roles import signed_in

CONFIRMATION = "move_days"
MOVES = (
    "Diese Tage passen nicht zum ersten und letzten Tag des Treffens. Bitte bestätigen Sie oben, dass sie so "
    "verschoben werden, oder ändern Sie die Tage hier:"
)


@admin.register(Series)
class SeriesAdmin(EditorialAdmin):
    list_display = ("name", "slug", "public_link")
    search_fields = ("folded",)
    readonly_fields = ("public_link",)
    fields = ("name", "description", "slug", "public_link")


class EventDayFormSet(TableFormSet):
    """`move` is how the days follow the event's new dates, `is_move_confirmed` whether the editor has agreed to it."""

    move: Move | None = None

    @property
    def is_move_confirmed(self) -> bool:
        return self.move is not None and self.data.get(CONFIRMATION) == self.move.key

    def clean(self) -> None:
        """A programme begins on day 1, and the days are those of the event."""
        super().clean()
        if any(self.errors):
            return
        kept = [form.cleaned_data for form in self.forms if form not in self.deleted_forms]
        days = {given["number"]: given.get("date") for given in kept if given.get("number")}
        if days and 1 not in days:
            raise ValidationError("Der erste Tag trägt die Nummer 1.")
        self.move = plan_move(self.instance, days)
        if self.move and not self.is_move_confirmed:
            raise ValidationError([MOVES, *self.move.sentences])


class EventDayInline(DependentInline, admin.TabularInline):
    model = EventDay
    formset = EventDayFormSet
    fields = ("number", "date")


class EventAttachmentInline(AttachmentInline):
    fk_name = "event"


class EventForm(EditorialForm):
    renews_link = forms.BooleanField(
        label="Neuen Link ausstellen",
        required=False,
        help_text="Der bisherige Link für Teilnehmende gilt dann nicht mehr.",
    )


@admin.register(Event)
class EventAdmin(
    BulkUploadAdmin, AttachmentOrderAdmin, MissingActionAdmin, PreviewAdmin, PictureAdmin, PublishableAdmin
):
    list_display = ("name", "series", "dates", "place", "state", "published_from", "public_link")
    list_filter = ("state", "series", "format", "course")
    list_select_related = ("series", "host")
    search_fields = ("folded", "series__folded", "host__folded")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("series", "host", "new_date", "topics")
    readonly_fields = ("state", "published_from", "public_link", "participants_link")
    form = EventForm
    inlines = (EventDayInline, EventAttachmentInline)
    preview_template = "events/detail.html"
    change_form_template = "admin/events/event/change_form.html"
    fieldsets = (
        (
            "Eckdaten",
            {
                "fields": (
                    ("series", "number", "position"),
                    "title",
                    "is_title_editorial",
                    ("starts_on", "ends_on", "precision"),
                    ("format", "venue", "host"),
                    ("course", "course_note", "new_date"),
                ),
                "description": "Was unbekannt ist, bleibt leer. Auf der Seite steht dann „nicht bekannt“.",
            },
        ),
        ("Texte", {"fields": ("motto", "summary", "description", "directions", "topics")}),
        ("Bild", {"fields": picture_fields("image"), "description": PICTURE, "classes": ("collapse",)}),
        ("Anmeldung", {"fields": ("registration_url", "registration_until"), "classes": ("collapse",)}),
        (
            "Nur für Teilnehmende",
            {"fields": ("participant_information", "participants_link", "renews_link"), "classes": ("collapse",)},
        ),
        ("Rückblick", {"fields": ("review",), "description": "Steht nach dem Treffen oben auf der Seite."}),
        ("Veröffentlichung", {"fields": (("state", "published_from"), "public_link")}),
        ("Kennungen", {"fields": ("slug", "short_code", "state_programme", "is_sample"), "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Lists and suggestions name an event by its series."""
        return super().get_queryset(request).select_related("series", "host")

    @admin.display(description="Link für Teilnehmende")
    def participants_link(self, instance: Event) -> str:
        link = participants.address(instance)
        if not link:
            return "Den Link gibt es, sobald oben etwas steht und gespeichert ist."
        is_public = Event.objects.published().filter(pk=instance.pk).exists()
        hint = "" if is_public else " (öffnet sich erst, wenn das Treffen öffentlich ist)"
        return format_html('<a href="{}">{}</a>{}', link, link, hint)

    def get_fieldsets(self, request: HttpRequest, obj: Event | None = None) -> Any:
        """Who may only view the event cannot make a new link."""
        may_renew = obj is None or self.has_change_permission(request, obj)
        return [
            (title, {**options, "fields": [name for name in options["fields"] if may_renew or name != "renews_link"]})
            for title, options in super().get_fieldsets(request, obj)
        ]

    def get_urls(self) -> list[URLPattern]:
        own = [self.action_path("programm", self.programme_view), self.action_path("vorlage", self.duplicate_view)]
        return [*own, *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: Event) -> list[tuple[str, str]]:
        copying = [("vorlage", "Als Vorlage für ein neues Treffen")] if self.has_add_permission(request) else []
        return [("programm", "Programm"), *super().object_actions(request, instance), *copying]

    def public_parts(self, instance: Event) -> dict[str, QuerySet]:
        return parts_of_event(instance)

    def programme_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Redirects to the working version, which is created if missing."""
        working = working_version(self.instance(request, pk))
        word = "editor" if request.user.has_perms(WRITING) else "change"
        return redirect(f"admin:events_programme_{word}", working.pk)

    def duplicate_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = self.instance(request, pk)
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = DuplicateForm(source, signed_in(request), request.POST or None)
        if request.method == "POST" and form.is_valid() and (event := form.duplicate(request)):
            if form.is_new:
                self.log_addition(request, event, f"Nach der Vorlage „{source}“ angelegt.")
            self.message_user(request, f"Angelegt als Entwurf: „{event}“. Es ist noch nicht öffentlich.")
            return redirect("admin:events_event_change", event.pk)
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "original": source, "media": self.media}
        title = f"„{source}“ als Vorlage für ein neues Treffen"
        return TemplateResponse(request, "admin/events/event/duplicate.html", {**frame, "title": title, "form": form})

    def preview_context(self, instance: Event, asked: Mapping[str, str]) -> dict:
        return event_preview(instance, instance.programmes.working().first())

    def preview_parts(self) -> list[URLPattern]:
        return [path("bild/<size:size>", deliver_image), path("titelbilder/<uuid:uuid>", deliver_previewed_cover)]

    def save_model(self, request: HttpRequest, obj: Event, form: Any, change: bool) -> None:
        if form.cleaned_data.get("renews_link"):
            obj.participant_key = uuid4()
        stored = Event.objects.published().filter(pk=obj.pk).first()
        form.calendar_before = calendar_days(stored) if stored else {}
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: list, change: bool) -> None:
        """Days follow the event's dates as the editor has confirmed; the calendar cancels those that have gone."""
        super().save_related(request, form, formsets, change)
        event = form.instance
        working_version(event)
        for move in [formset.move for formset in formsets if isinstance(formset, EventDayFormSet) and formset.move]:
            move.apply(event)
            messages.success(request, f"Die Tage wurden verschoben. {' · '.join(move.sentences)}")
        complete_days(event)
        keep_former_days(event, form.calendar_before, calendar_days(event))

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        event = context.get("original")
        if event is not None:
            context["steps"] = steps(event, self.has_publish_permission(request))
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        context["moves"] = [formset.move for formset in formsets if getattr(formset, "move", None)]
        return super().render_change_form(request, context, *args, **kwargs)
