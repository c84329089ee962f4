"""The form that releases a programme; it detects changes since its review was shown."""

from typing import Any, Self

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from events.programme.releases import OUTDATED, UNCHANGED, Review

PROVISIONAL, FINAL = "vorlaeufig", "endgueltig"


class ReleaseForm(forms.Form):
    is_final = forms.TypedChoiceField(
        label="Wie fest steht das Programm?",
        choices=[(PROVISIONAL, "vorläufig"), (FINAL, "endgültig")],
        coerce=lambda value: value == FINAL,
        widget=forms.RadioSelect,
        help_text="Bei „vorläufig“ steht vor und während des Treffens „Vorläufiges Programm“ auf der Seite.",
    )
    note = forms.CharField(
        label="Anmerkung",
        required=False,
        max_length=250,
        help_text="Steht öffentlich bei den Änderungen, auf der Seite des Treffens und im Feed, etwa der Grund.",
    )
    is_read = forms.BooleanField(
        label="Ich habe die Hinweise gelesen und gebe trotzdem frei",
        error_messages={"required": "Bitte bestätigen Sie, dass Sie die Hinweise gelesen haben."},
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, review: Review, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "label_suffix": ""})
        self.review = review
        self.fields["is_final"].initial = FINAL if _is_probably_final(review) else PROVISIONAL
        self.fields["seen"].initial = review.seen
        if review.refusal:
            self.fields.clear()
        elif not review.warnings:
            del self.fields["is_read"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        cleaned = self.cleaned_data
        if self.review.refusal:
            raise ValidationError(self.review.refusal)
        if cleaned.get("seen") != self.review.seen:
            raise ValidationError(OUTDATED, code="outdated")
        if self.review.becomes_only_final and cleaned.get("is_final") is False:
            raise ValidationError(UNCHANGED)
        return {name: cleaned.get(name) for name in ("is_final", "note", "seen")}

    @property
    def is_outdated(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, "outdated")

    def for_newer_review(self, review: Review) -> Self:
        """The form for a newer review: keeps typed values, but not the confirmation of the warnings."""
        typed = {name: self.data[name] for name in ("is_final", "note") if name in self.data}
        return type(self)(initial=typed, review=review)


def _is_probably_final(review: Review) -> bool:
    """As in the last release; always for an event that is over."""
    return review.becomes_only_final or review.is_over or (review.current is not None and review.current.is_final)
