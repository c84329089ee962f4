from collections.abc import Iterable, Iterator
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern

from lernnetzwerk.administration.confirmation import ObjectActionAdmin
from lernnetzwerk.administration.namesakes import NamesakeAdmin, NamesakeForm
from lernnetzwerk.administration.permissions import DependentInline, TableFormSet, may_publish
from lernnetzwerk.administration.sent_forms import create_once, find_created
from lernnetzwerk.administration.suggestions import SuggestionSelect
from lernnetzwerk.pictures.admin import PICTURE, PictureAdmin, picture_fields
from lernnetzwerk.visibility.models import Editorial
from speakers.merging import Merger, likely_duplicates, merge
from speakers.models import Speaker, SpeakerLink


class SpeakerLinkInline(DependentInline, admin.TabularInline):
    model = SpeakerLink
    formset = TableFormSet


class OrganisationFilter(admin.AllValuesFieldListFilter):
    """Labels the empty value, which Django shows without text."""

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or "ohne Angabe"}


class OtherSpeakerForm(forms.Form):
    """The other entry of the same speaker; `mit` is also a parameter of the page that shows both."""

    mit = forms.ModelChoiceField(
        Speaker.objects.all(),
        label="Andere Person",
        error_messages={
            "required": "Bitte die andere Person wählen.",
            "invalid_choice": "Diese Person gibt es nicht oder nicht mehr.",
        },
    )

    def __init__(self, speaker: Speaker, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.speaker = speaker
        suggesting = SuggestionSelect(SpeakerLink._meta.get_field("speaker"), admin.site)
        other = cast("forms.ModelChoiceField", self.fields["mit"])
        suggesting.choices = other.choices
        other.widget = suggesting

    def clean_mit(self) -> Speaker:
        if self.cleaned_data["mit"] == self.speaker:
            raise ValidationError("Das ist dieselbe Person. Bitte eine andere wählen.")
        return self.cleaned_data["mit"]


class MergingAdmin(ObjectActionAdmin):
    """Merges two speakers: choose the other one, review the result, confirm."""

    actions = ("merge_selected",)

    def get_urls(self) -> list[URLPattern]:
        return [self.action_path("zusammenfuehren", self.merge_view), *super().get_urls()]

    def object_actions(self, request: HttpRequest, instance: Speaker) -> list[tuple[str, str]]:
        offered = super().object_actions(request, instance)
        if self._may_change_and_delete(request, instance):
            offered.append(("zusammenfuehren", "Mit anderer Person zusammenführen"))
        return offered

    def merge_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        speaker = self.instance(request, pk)
        if not self._may_change_and_delete(request, speaker):
            raise PermissionDenied
        if request.method == "POST" and (merged := find_created(request)):
            return self._merged(request, cast("Speaker", merged), f"Zusammengeführt: „{merged}“.")
        form = OtherSpeakerForm(speaker, request.GET if "mit" in request.GET else None)
        if not form.is_valid():
            return self._choose(request, speaker, form)
        merger = Merger(speaker, form.cleaned_data["mit"])
        if not self._may_merge(request, merger):
            raise PermissionDenied
        return self._merge(request, merger) if request.method == "POST" else self._show(request, merger)

    @admin.action(description="Zusammenführen (genau zwei)", permissions=["delete"])
    def merge_selected(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Redirects to the page that shows both; by default the one created first is kept."""
        chosen = list(queryset.order_by("pk")[:3])
        if len(chosen) != 2:
            self.message_user(request, "Bitte genau zwei Personen ankreuzen.", messages.ERROR)
            return None
        return redirect(self._address(*chosen))

    def _address(self, kept: Speaker, absorbed: Speaker) -> str:
        return f"{self.action_url('zusammenfuehren', kept)}?mit={absorbed.pk}"

    def _may_change_and_delete(self, request: HttpRequest, speaker: Speaker) -> bool:
        return self.has_change_permission(request, speaker) and self.has_delete_permission(request, speaker)

    def _may_merge(self, request: HttpRequest, merger: Merger) -> bool:
        """Whether the user may change and delete both speakers and all rows that move."""
        speakers = (merger.kept, merger.absorbed)
        is_public = any(speaker.is_released() for speaker in speakers)
        models = {share.model for share in merger.shares if share.rows}
        return all(self._may_change_and_delete(request, speaker) for speaker in speakers) and all(
            self._may_move(request, model, is_public) for model in models
        )

    def _may_move(self, request: HttpRequest, model: type[Model], is_public: bool) -> bool:
        label, name = model._meta.app_label, model._meta.model_name
        rights = [f"{label}.{word}_{name}" for word in ("change", "delete")]
        needs_publish_permission = is_public and issubclass(model, Editorial)
        return request.user.has_perms(rights) and (not needs_publish_permission or may_publish(request, model))

    def _choose(self, request: HttpRequest, speaker: Speaker, form: OtherSpeakerForm) -> HttpResponse:
        likely = [(other, self._address(speaker, other)) for other in likely_duplicates(speaker)]
        context = {"form": form, "likely": likely, "media": self.media + form.media}
        return self._page(request, speaker, "choose_other", context)

    def _show(self, request: HttpRequest, merger: Merger, errors: Iterable[str] = ()) -> HttpResponse:
        context = {
            "merger": merger,
            "errors": [*errors, *filter(None, [merger.refusal])],
            "swapped": self._address(merger.absorbed, merger.kept),
            "media": self.media,
        }
        return self._page(request, merger.kept, "merge", context)

    def _page(self, request: HttpRequest, speaker: Speaker, name: str, context: dict) -> HttpResponse:
        frame = {**self.admin_site.each_context(request), "opts": self.opts, "original": speaker}
        title = {"title": "Personen zusammenführen"}
        return TemplateResponse(request, f"admin/speakers/{name}.html", {**frame, **title, **context})

    def _merge(self, request: HttpRequest, merger: Merger) -> HttpResponse:
        def merge_seen() -> Speaker:
            merged = merge(merger.kept, merger.absorbed, request.POST.get("seen", ""))
            self.log_deletions(request, [merged.absorbed])  # type: ignore[arg-type]  # takes any iterable
            self.log_change(request, merged.kept, f"„{merged.absorbed}“ wurde mit „{merged.kept}“ zusammengeführt.")
            return merged.kept

        try:
            kept, _ = create_once(request, merge_seen)
        except ValidationError as error:
            return self._after_refusal(request, merger, error)
        return self._merged(request, kept, f"„{merger.absorbed}“ wurde mit „{kept}“ zusammengeführt.")

    def _merged(self, request: HttpRequest, kept: Speaker, message: str) -> HttpResponse:
        self.message_user(request, message, messages.SUCCESS)
        return redirect("admin:speakers_speaker_change", kept.pk)

    def _after_refusal(self, request: HttpRequest, merger: Merger, error: ValidationError) -> HttpResponse:
        """Shows both as they are now, or redirects to the list if one of them was deleted."""
        for speaker in (merger.kept, merger.absorbed):
            if not Speaker.objects.filter(pk=speaker.pk).exists():
                self.message_user(request, f"„{speaker}“ gibt es nicht mehr.", messages.ERROR)
                return redirect("admin:speakers_speaker_changelist")
        fresh = Merger(*(Speaker.objects.get(pk=speaker.pk) for speaker in (merger.kept, merger.absorbed)))
        return self._show(request, fresh, error.messages)


class SpeakerForm(NamesakeForm):
    def describe(self, other: Speaker) -> str:
        return " – ".join(filter(None, [other.name, other.affiliation]))


@admin.register(Speaker)
class SpeakerAdmin(NamesakeAdmin, MergingAdmin, PictureAdmin):
    form = SpeakerForm
    list_display = ("last_name", "first_name", "academic_title", "organisation", "is_listed", "public_link")
    list_display_links = ("last_name", "first_name")
    list_filter = ("is_listed", ("organisation", OrganisationFilter))
    search_fields = ("folded",)
    readonly_fields = ("public_link",)
    inlines = (SpeakerLinkInline,)
    fieldsets = (
        (None, {"fields": ("academic_title", ("first_name", "last_name"), "is_listed", "public_link")}),
        (
            "Zugehörigkeit heute",
            {
                "fields": ("unit", "organisation", "place"),
                "description": "Vorschlag für neue Mitwirkungen; frühere bleiben unverändert.",
            },
        ),
        ("Zur Person", {"fields": ("biography",)}),
        ("Foto", {"fields": picture_fields("photo"), "description": PICTURE}),
        ("Adresse", {"fields": ("slug", "is_sample"), "classes": ("collapse",)}),
    )
