"""How editors change rows in the administration: who may change what, and how concurrent changes are detected.

Every admin class and inline of editorial models is built from these. A row that is public, or will become so by
itself, is changed and deleted only by publishers; the rule covers its state before and after the change.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import DateField, Exists, Field, Model, OuterRef, QuerySet, URLField
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import format_html
from js_asset.media import Media

from lernnetzwerk.administration.saving import SavingAdmin
from lernnetzwerk.administration.suggestions import AutocompleteAdminMixin
from lernnetzwerk.templatetags.richtext import richtext
from lernnetzwerk.text.dates import plausible
from lernnetzwerk.text.prose_hints import hints_by_field, message, with_hints
from lernnetzwerk.text.richtext import RichTextField
from lernnetzwerk.text.search_admin import FoldedSearchAdmin
from lernnetzwerk.visibility.models import Editorial, rows_of
from lernnetzwerk.web import security_policy

# The rich-text editor writes one fixed style element into the page; its hash allows that text and nothing else.
EDITOR_STYLE = "'sha256-PlumsSlvJ7vvWzjqibGAYKq92O3y/4JTxWWsWJvyUYA='"
NEEDS_RELEASE = "Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf."
FORM_FIELDS: dict[type[Field[Any, Any]], dict[str, Any]] = {
    URLField: {"assume_scheme": "https"},
    DateField: {"validators": [plausible]},
}


def may_publish(request: HttpRequest, model: type[Model]) -> bool:
    return request.user.has_perm(f"{model._meta.app_label}.publish_{model._meta.model_name}")


class SeenAtField(forms.CharField):
    """A hidden field with the state of the row that a form shows; not part of the row."""

    widget = forms.HiddenInput

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        return False


class SeenForm(forms.ModelForm):
    """Tells the second of two editors that the first has saved meanwhile, and keeps the second's input."""

    seen_at = SeenAtField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["seen_at"].initial = self.instance.changed_at.isoformat()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.instance.pk:
            self._refuse_overwriting(self.cleaned_data.get("seen_at", ""))
        return self.cleaned_data

    def _refuse_overwriting(self, seen_at: str) -> None:
        rows = type(self.instance)._base_manager.select_for_update().filter(pk=self.instance.pk)
        saved_at = rows.values_list("changed_at", flat=True).first()
        if saved_at is None or saved_at.isoformat() == seen_at:
            return
        typed = cast("QueryDict", self.data).copy()
        typed[self.add_prefix("seen_at")] = saved_at.isoformat()
        self.data = typed
        self.add_error(
            None,
            "Jemand anderes hat inzwischen gespeichert. Ihre Eingaben stehen noch hier; die andere Fassung sehen Sie "
            "in einem zweiten Fenster. Wenn Sie noch einmal speichern, wird sie ersetzt. Bitte wählen Sie Dateien "
            "noch einmal aus.",
        )


class EditorialForm(SeenForm):
    """Refuses to save a row that is public, or would become so, without the publish permission."""

    request: HttpRequest

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, said in hints_by_field(self.instance).items():
            if name in self.fields:
                self.fields[name].help_text = with_hints(str(self.fields[name].help_text), said)

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own method, missing in the stubs
        is_released = not self.errors and self.instance.is_released()
        if is_released and not may_publish(self.request, type(self.instance)):
            self.add_error(None, NEEDS_RELEASE)


EditorialT = TypeVar("EditorialT", bound=Editorial)


class EditorialAdmin(AutocompleteAdminMixin, SavingAdmin, FoldedSearchAdmin, Generic[EditorialT]):
    form = EditorialForm
    formfield_overrides = FORM_FIELDS
    is_always_public = False
    save_on_top = True
    view_on_site = False  # `public_link` replaces it and links only to existing pages
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        rows = super().get_queryset(request)
        if "public_link" not in self.list_display:
            return rows
        shown = rows_of(self.model).published().filter(pk=OuterRef("pk"))
        return rows.annotate(is_shown=Exists(shown.order_by()))

    def has_add_permission(self, request: HttpRequest) -> bool:
        allowed = super().has_add_permission(request)
        return allowed and (not self.is_always_public or may_publish(request, self.model))

    def has_change_permission(self, request: HttpRequest, obj: EditorialT | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: EditorialT | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_change(request, obj)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return may_publish(request, self.model)

    def _may_change(self, request: HttpRequest, obj: EditorialT | None) -> bool:
        return obj is None or may_publish(request, self.model) or not obj.is_released()

    def get_form(
        self, request: HttpRequest, obj: EditorialT | None = None, change: bool = False, **kwargs: Any
    ) -> type:
        form = cast("type[EditorialForm]", super().get_form(request, obj, change, **kwargs))
        form.request = request
        return form

    def save_model(self, request: HttpRequest, obj: EditorialT, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for name, said in hints_by_field(obj).items():
            if name in form.changed_data:
                messages.warning(request, message(str(form.fields[name].label), said))

    def get_fieldsets(self, request: HttpRequest, obj: EditorialT | None = None) -> list:
        """Adds the hidden field `seen_at` to every form that can be changed."""
        fieldsets: list[tuple[Any, dict[str, Any]]] = [
            (title, {**options}) for title, options in super().get_fieldsets(request, obj)
        ]
        if obj is None:
            return fieldsets
        if not self.has_change_permission(request, obj):
            return [(title, {**options, "fields": self._readable(options["fields"])}) for title, options in fieldsets]
        title, options = fieldsets[-1]
        fieldsets[-1] = (title, {**options, "fields": [*options["fields"], "seen_at"]})
        return fieldsets

    @admin.display(description="auf der Seite")
    def public_link(self, instance: Any) -> str:
        """A link to the public page if there is one; the changelist queries this for all rows at once."""
        is_shown = getattr(instance, "is_shown", None)
        if instance.pk and (instance.is_visible() if is_shown is None else is_shown):
            return format_html('<a href="{}">ansehen</a>', instance.get_absolute_url())
        return "noch nicht zu sehen"

    def _readable(self, names: Sequence) -> list:
        """Users who may only view see formatted texts as on the page, not their markup."""
        formatted = {field.name: field for field in self.opts.get_fields() if isinstance(field, RichTextField)}
        return [as_page_shows(formatted[name]) if name in formatted else name for name in names]

    def get_fields(self, request: HttpRequest, obj: EditorialT | None = None) -> list:
        return [name for name in super().get_fields(request, obj) if name != "seen_at"]

    def render_change_form(self, request: HttpRequest, context: dict, *args: Any, **kwargs: Any) -> HttpResponse:
        """The editor's import map is an inline script, so it needs the nonce of this response."""
        context["media"] = Media.from_media(context["media"], nonce=security_policy.nonce(request))
        response = super().render_change_form(request, context, *args, **kwargs)
        security_policy.extend(response, {"style-src": [EDITOR_STYLE]})
        return response


class DependentFormSet(forms.BaseInlineFormSet):
    """Rows that another editor has deleted meanwhile stay on the form, as new ones."""

    model: type[Model]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.is_stored: dict[forms.ModelForm, bool] = {}
        super().__init__(*args, **kwargs)

    def _construct_form(self, i: int, **kwargs: Any) -> forms.ModelForm:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc]  # Django's own method, missing in the stubs
        self.is_stored[form] = form.instance.pk is not None
        if self.is_bound and not self.is_stored[form]:
            form.fields[self.model._meta.pk.name] = forms.Field(disabled=True, required=False, widget=forms.HiddenInput)
        return form

    @property
    def initial_forms(self) -> list[forms.ModelForm]:
        return [form for form in self.forms if self.is_stored[form]]

    @property
    def extra_forms(self) -> list[forms.ModelForm]:
        return [form for form in self.forms if not self.is_stored[form]]


class EditorialRowForm(SeenForm):
    """One row of an inline. An unchanged row is not saved, so others may have changed it meanwhile."""

    def _refuse_overwriting(self, seen_at: str) -> None:
        if self.has_changed():
            super()._refuse_overwriting(seen_at)


class EditorialFormSet(DependentFormSet):
    """Public rows of an inline follow the same rule as on their own form."""

    request: HttpRequest

    def clean(self) -> None:
        super().clean()
        if may_publish(self.request, self.model):
            return
        for form in self.forms:
            touched = form.has_changed() or form in self.deleted_forms
            if touched and form.instance.is_released():
                raise ValidationError(NEEDS_RELEASE)


class TableFormSet(DependentFormSet):
    """Rows of a table: a column heading is not the label of its fields, so each field gets an `aria-label`."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if field.label and not field.widget.is_hidden:
                field.widget.attrs.setdefault("aria-label", field.label)


class DependentInline(AutocompleteAdminMixin, InlineModelAdmin):
    """Mixin for inlines of rows without their own visibility: the owner's permissions apply."""

    extra = 0
    formset = DependentFormSet
    formfield_overrides = FORM_FIELDS
    view_on_site = False

    def has_add_permission(self, request: HttpRequest, obj: Editorial | None = None) -> bool:
        return super().has_add_permission(request, obj) and self._may_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Editorial | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._may_change(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Editorial | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._may_change(request, obj)

    def _may_change(self, request: HttpRequest, parent: Editorial | None) -> bool:
        return parent is None or may_publish(request, type(parent)) or not parent.is_released()


class EditorialInline(DependentInline):
    """Mixin for inlines of editorial rows: the owner's permissions and each row's own state apply."""

    form = EditorialRowForm
    formset = EditorialFormSet

    def get_fields(self, request: HttpRequest, obj: Editorial | None = None) -> tuple:
        shown = tuple(super().get_fields(request, obj))
        return (*shown, "seen_at") if self.has_change_permission(request, obj) else shown

    def get_formset(self, request: HttpRequest, obj: Editorial | None = None, **kwargs: Any) -> type:
        formset = cast("type[EditorialFormSet]", super().get_formset(request, obj, **kwargs))
        formset.request = request
        return formset


def as_page_shows(field: RichTextField) -> Callable[[Model], str]:
    @admin.display(description=field.verbose_name)
    def text(instance: Model) -> str:
        return richtext(getattr(instance, field.name)) or "–"

    text.__name__ = field.name  # which the form names its row by
    return text
