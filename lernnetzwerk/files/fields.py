from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import models

from lernnetzwerk.files.forms import UploadField
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.store import save
from lernnetzwerk.files.types import accepted


class StoredFileField(models.ForeignKey):
    """A foreign key to a stored file, which is an upload in forms.

    The form checks the upload and sets an unsaved StoredFile on the instance; saving the instance stores it.
    `accept` is "any" or a kind of `lernnetzwerk.files.types`, such as "image".
    """

    def __init__(
        self, to: Any = "files.StoredFile", on_delete: Any = models.PROTECT, *, accept: str = "any", **kwargs: Any
    ) -> None:
        accepted(accept)
        self.accept = accept
        super().__init__(to, on_delete, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs if self.accept == "any" else {**kwargs, "accept": self.accept}

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        known: dict[str, Any] = {
            name: kwargs[name] for name in ("label", "required", "help_text", "initial", "disabled") if name in kwargs
        }
        # Not ForeignKey.formfield(), which would query a list of choices.
        return models.Field.formfield(self, **{"form_class": UploadField, "accept": self.accept, **known})

    def unsaved(self, instance: models.Model) -> StoredFile | None:
        stored_file = self.get_cached_value(instance, default=None)
        return stored_file if isinstance(stored_file, StoredFile) and stored_file.pending is not None else None

    def validate(self, value: Any, model_instance: models.Model | None) -> None:
        unsaved = self.unsaved(model_instance) if model_instance is not None else None
        if unsaved is None or unsaved.pk != value:  # an unsaved file has no row to look up
            super().validate(value, model_instance)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        if unsaved := self.unsaved(model_instance):
            save(unsaved)
        return super().pre_save(model_instance, add)
