from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern

from events.materials.drop import DropAdmin
from events.materials.inlines import AttachmentInline
from events.meetings.models import Event, EventDay
from events.meetings.page import meeting_preview
from events.meetings.series import Series
from events.programme.desk import WRITTEN as DESK
from events.programme.structure import working_version
from lernnetzwerk.editorial import DependentFormSet, DependentInline, EditorialAdmin, public_link
from lernnetzwerk.preview import PreviewAdmin
from lernnetzwerk.publishing import PublishableAdmin


@admin.register(Series)
class SeriesAdmin(EditorialAdmin):
    list_display = ("name", "slug", public_link)
    search_fields = ("name",)
    readonly_fields = (public_link,)
    fields = ("name", "description", "slug", public_link)


class EventDayFormSet(DependentFormSet):
    def clean(self) -> None:
        """A programme begins on day 1."""
        super().clean()
        kept = [form for form in self.forms if form not in self.deleted_forms]
        numbers = {form.cleaned_data.get("number") for form in kept} - {None}
        if not any(self.errors) and numbers and 1 not in numbers:
            raise ValidationError("Der erste Tag trägt die Nummer 1.")


class EventDayInline(DependentInline, admin.TabularInline):
    model = EventDay
    formset = EventDayFormSet
    fields = ("number", "date")


class EventAttachmentInline(AttachmentInline):
    fk_name = "event"


@admin.register(Event)
class EventAdmin(DropAdmin, PreviewAdmin, PublishableAdmin):
    list_display = ("name", "series", "dates", "place", "state", "published_from", public_link)
    list_filter = ("state", "series", "format", "course")
    list_select_related = ("series", "host")
    search_fields = ("title", "motto", "short_code", "venue", "series__name", "host__name")
    date_hierarchy = "starts_on"
    autocomplete_fields = ("series", "host", "topics")
    readonly_fields = ("state", "published_from", public_link)
    inlines = (EventDayInline, EventAttachmentInline)
    preview_template = "events/detail.html"
    fieldsets = (
        ("Veröffentlichung", {"fields": (("state", "published_from"), public_link)}),
        ("Was", {"fields": ("series", ("number", "position"), "title", "is_title_editorial", "motto", "summary")}),
        ("Wann", {"fields": (("starts_on", "ends_on", "precision"), ("course", "course_note"))}),
        ("Wo", {"fields": ("format", "venue", "host", "directions")}),
        ("Texte", {"fields": ("description", "review", "topics")}),
        ("Bild", {"fields": ("image", "image_alt", "image_credit"), "classes": ("collapse",)}),
        ("Anmeldung", {"fields": ("registration_url", "registration_until"), "classes": ("collapse",)}),
        ("Kennungen", {"fields": ("slug", "short_code", "state_programme", "is_sample"), "classes": ("collapse",)}),
    )

    def get_urls(self) -> list[URLPattern]:
        return [self.deed_path("programm", self.programme_view), *super().get_urls()]

    def deeds(self, request: HttpRequest, thing: Event) -> list[tuple[str, str]]:
        return [("programm", "Programm"), *super().deeds(request, thing)]

    def programme_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """To the working version, which is made where there is none."""
        working = working_version(self.thing(request, pk))
        word = "schreibtisch" if request.user.has_perms(DESK) else "change"
        return redirect(f"admin:events_programme_{word}", working.pk)

    def preview_context(self, thing: Event) -> dict:
        return meeting_preview(thing, thing.programmes.working().first())

    def save_related(self, request: HttpRequest, form: object, formsets: list, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        working_version(form.instance)
