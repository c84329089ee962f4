from dataclasses import fields
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.forms.models import ModelChoiceIterator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern

from events.administration.programme_editor.admin import EditorAdmin
from events.administration.release_form import ReleaseForm
from events.models import EventDay, Programme, Session, Slot
from events.programme.releases import OUTDATED, release, review
from events.programme.structure import Entry, check_structure, write_programme
from events.programme.time_field import ClockField
from lernnetzwerk.administration.permissions import TableFormSet
from lernnetzwerk.administration.sent_forms import create_once, find_created


class SlotForm(forms.ModelForm):
    """One line of the programme; place and indent determine the slot's order and parent."""

    place = forms.IntegerField(label="Platz", min_value=1)
    indent = forms.BooleanField(label="Unterpunkt", required=False, help_text="Gehört unter den Punkt darüber.")
    session = forms.ModelChoiceField(Session.objects.none(), label="Beitrag", required=False, empty_label="keiner")
    day = forms.ModelChoiceField(EventDay.objects.none(), label="Tag", required=False, empty_label="wie darüber")
    begins_at = ClockField(label="Beginn", required=False)
    duration = forms.IntegerField(label="Dauer in Minuten", required=False, min_value=0, max_value=24 * 60)

    class Meta:
        model = Slot
        fields = ("day", "session", "title", "is_parallel", "begins_at", "duration", "day_part", "room", "status")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["place"].initial = self.instance.order
            self.fields["indent"].initial = self.instance.parent_id is not None

    def _get_validation_exclusions(self) -> set[str]:
        """`check_structure` checks both: a day may be empty, and all slots are written anew."""
        excluded = super()._get_validation_exclusions()  # type: ignore[misc]  # Django's own, unknown to the stubs
        return excluded | {"day", "programme"}

    def entry(self) -> Entry:
        return Entry(**{field.name: self.cleaned_data[field.name] for field in fields(Entry)})


class SlotFormSet(TableFormSet):
    """All lines together are one programme, checked and written as a whole."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.offered: dict[type[Model], list] = {}
        super().__init__(*args, **kwargs)

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        event = self.instance.event
        self._offer(cast("forms.ModelChoiceField", form.fields["session"]), event.sessions.for_cards())
        self._offer(cast("forms.ModelChoiceField", form.fields["day"]), event.days.all())

    def _offer(self, field: forms.ModelChoiceField, rows: QuerySet) -> None:
        """The choices are read once for all lines; a sent key is looked up without what only names need."""
        field.queryset = rows
        if rows.model not in self.offered:
            self.offered[rows.model] = [*cast("ModelChoiceIterator", field.choices)]
        field.queryset = rows.prefetch_related(None)
        field.choices = self.offered[rows.model]

    def clean(self) -> None:
        super().clean()
        if not any(self.errors):
            check_structure(self.instance, self.entries())

    def entries(self) -> list[Entry]:
        lines = [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]
        return [cast("SlotForm", form).entry() for form in sorted(lines, key=lambda form: form.cleaned_data["place"])]


class SlotInline(admin.TabularInline):
    model = Slot
    form = SlotForm
    formset = SlotFormSet
    extra = 3
    fields = (
        "place",
        "indent",
        "session",
        "title",
        "is_parallel",
        "begins_at",
        "duration",
        "day_part",
        "room",
        "status",
        "day",
    )

    def has_add_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        return self._may_edit(request, obj)

    def has_view_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        return request.user.has_perm("events.view_programme")

    def _may_edit(self, request: HttpRequest, obj: Programme | None) -> bool:
        return (obj is None or obj.is_working) and request.user.has_perm("events.change_programme")

    def get_fields(self, request: HttpRequest, obj: Programme | None = None) -> list[Any] | tuple[Any, ...]:
        """A release is shown with its stored order; place and indent only exist while editing."""
        shown = super().get_fields(request, obj)
        return shown if self._may_edit(request, obj) else ("order", "parent", *shown[2:])


@admin.register(Programme)
class ProgrammeAdmin(EditorAdmin):
    list_display = ("event", "version", "released_at", "note", "is_current")
    list_filter = ("event__series",)
    list_select_related = ("event__series", "event__current_release")
    search_fields = ("folded", "event__folded")
    date_hierarchy = "released_at"
    readonly_fields = ("event", "version", "released_at", "is_current")
    fields = ("event", "version", "released_at", "is_current", "note")
    inlines = (SlotInline,)
    release_template = "admin/events/programme/release.html"

    @admin.display(description="Fassung", ordering="number")
    def version(self, programme: Programme) -> str:
        return "Arbeitsfassung" if programme.is_working else f"Fassung {programme.number}"

    @admin.display(description="auf der Seite", boolean=True)
    def is_current(self, programme: Programme) -> bool:
        return programme.event.current_release_id == programme.pk

    def has_add_permission(self, request: HttpRequest) -> bool:
        """An event has its working version already; releasing creates the others."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.is_working)

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        """Only together with its event; on its own it has no delete button and no delete view."""
        return obj is not None and super().has_delete_permission(request, obj)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict | None = None) -> HttpResponse:
        raise PermissionDenied

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().render_change_form(request, {**context, "show_delete": False}, *args, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        return [self.action_path("freigeben", self.release_view), *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: Programme) -> list[tuple[str, str]]:
        offered = super().object_actions(request, instance)
        if instance.is_working and self.has_publish_permission(request):
            offered.append(("freigeben", "Programm freigeben"))
        return offered

    def release_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """GET shows what would change, POST releases; if that has changed since, it is shown again first."""
        programme = self.instance(request, pk)
        if not (programme.is_working and self.has_publish_permission(request)):
            raise PermissionDenied
        if request.method == "POST" and (earlier := find_created(request)):
            return self._released(request, programme, cast("Programme", earlier), is_new=False)
        form = ReleaseForm(request.POST if request.method == "POST" else None, review=review(programme))
        if form.is_valid():
            try:
                version, is_new = create_once(request, lambda: release(programme.event, **form.cleaned_data))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                return self._released(request, programme, version, is_new)
        return self._ask_for_release(request, programme, form)

    def _ask_for_release(self, request: HttpRequest, programme: Programme, form: ReleaseForm) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": programme}
        context |= {"title": f"Programm „{programme.event}“ freigeben", "media": self.media, "outdated": ""}
        if form.is_outdated:
            programme.refresh_from_db()
            form, context["outdated"] = form.for_newer_review(review(programme)), OUTDATED
        return TemplateResponse(request, self.release_template, {**context, "form": form})

    def _released(self, request: HttpRequest, programme: Programme, version: Programme, is_new: bool) -> HttpResponse:
        """Redirects to the public page, or to the event's form while the event is not public."""
        message = f"Freigegeben: {version}."
        if is_new:
            self.log_change(request, programme, message)
        if programme.event.is_visible():
            return redirect(programme.event)
        messages.success(request, message)
        return redirect("admin:events_event_change", programme.event_id)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: SlotFormSet, change: bool) -> None:
        formset.save(commit=False)  # fills the lists of changes for the history
        write_programme(form.instance, formset.entries())
