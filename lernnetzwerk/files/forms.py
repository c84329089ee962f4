from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.widgets import FILE_INPUT_CONTRADICTION

from lernnetzwerk.files.check import check
from lernnetzwerk.files.facts import format_size
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.types import accepted, in_words


class UploadInput(forms.ClearableFileInput):
    """Shows the facts of the current file, and a checkbox to remove an optional one."""

    template_name = "files/upload_widget.html"
    clear_checkbox_label = "Datei entfernen"
    initial_text = "Jetzt gespeichert"
    input_text = "Durch eine andere Datei ersetzen"

    def is_initial(self, value: Any) -> bool:
        return isinstance(value, StoredFile)


class UploadField(forms.FileField):
    """An upload that the form checks. The value is a StoredFile, stored or unsaved, or None."""

    default_error_messages = {
        "required": "Bitte wählen Sie eine Datei aus.",
        "contradiction": "Bitte entweder eine neue Datei auswählen oder die bisherige entfernen, nicht beides.",
    }

    def __init__(self, *, accept: str = "any", help_text: str = "", **kwargs: Any) -> None:
        self.accept = accept
        types = accepted(accept)
        allowed = f"Erlaubt: {in_words(types)}; höchstens {format_size(settings.FILES_MAX_SIZE)}."
        super().__init__(help_text=f"{help_text} {allowed}".strip(), **kwargs)
        self.widget.attrs["accept"] = ",".join(extension for one in types for extension in one.extensions)

    @property
    def widget(self) -> forms.Widget | type[forms.Widget]:
        return self.__dict__.get("_widget", UploadInput)

    @widget.setter
    def widget(self, widget: forms.Widget) -> None:
        # The admin wraps each foreign key's widget in links to edit and add; an upload has neither page.
        self._widget = getattr(widget, "widget", widget)

    def prepare_value(self, value: Any) -> StoredFile | None:
        return find(value) or None

    def clean(self, data: Any, initial: Any = None) -> StoredFile | None:
        if data is FILE_INPUT_CONTRADICTION:
            raise ValidationError(self.error_messages["contradiction"], code="contradiction")
        if data is False and not self.required:
            return None
        if data:
            return StoredFile.unsaved(check(data, self.accept))
        current = find(initial)
        if current is None and self.required:
            raise ValidationError(self.error_messages["required"], code="required")
        return current


def find(value: Any) -> StoredFile | None:
    """The stored file behind a form's initial value: itself, its key, or nothing."""
    if value is None or isinstance(value, StoredFile):
        return value
    return StoredFile.objects.filter(pk=value).first() if isinstance(value, UUID) else None
