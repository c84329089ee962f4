import json
import re
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django import forms

from lernnetzwerk.barriers.models import DESCRIPTION_LENGTH, BarrierReport

KERN = "kern-form-input__input"
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class LineField(forms.CharField):
    """One line without invisible characters, so that no visitor can add lines to a mail."""

    def to_python(self, value: str | None) -> str:
        return " ".join(INVISIBLE.sub(" ", super().to_python(value) or "").split())


class LinesField(forms.CharField):
    """Counts a line break as one character; browsers send two."""

    def to_python(self, value: str | None) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return INVISIBLE.sub("", text).strip()

    def widget_attrs(self, widget: forms.Widget) -> dict:
        """Without `maxlength`: a browser would truncate a long text silently."""
        return {}


class ReportForm(forms.Form):
    use_required_attribute = False

    page = LineField(
        label="Um welche Seite geht es?",
        required=False,
        max_length=500,
        help_text="Adresse oder Name der Seite. Leer lassen, wenn es das ganze Portal betrifft.",
        error_messages={"max_length": "Bitte kürzen Sie die Adresse auf höchstens 500 Zeichen."},
        widget=forms.TextInput(attrs={"class": KERN, "autocomplete": "off", "spellcheck": "false"}),
    )
    description = LinesField(
        label="Was geht nicht?",
        max_length=DESCRIPTION_LENGTH,
        help_text="Was wollten Sie tun, und was ist passiert? Nennen Sie auch Ihr Vorleseprogramm, wenn Sie eines "
        "nutzen.",
        error_messages={
            "required": "Bitte beschreiben Sie kurz, was nicht geht.",
            "max_length": "Bitte kürzen Sie den Text auf höchstens 5.000 Zeichen. Jetzt sind es %(show_value)d.",
        },
        widget=forms.Textarea(attrs={"class": KERN, "rows": 7}),
    )
    name = LineField(
        label="Ihr Name",
        required=False,
        max_length=200,
        error_messages={"max_length": "Bitte kürzen Sie den Namen auf höchstens 200 Zeichen."},
        widget=forms.TextInput(attrs={"class": KERN, "autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Ihre E-Mail-Adresse",
        required=False,
        max_length=254,
        help_text="Nur nötig, wenn wir Ihnen antworten sollen.",
        error_messages={
            "invalid": "Diese E-Mail-Adresse ist nicht vollständig. Richtig wäre zum Beispiel name@ort.example.",
            "max_length": "Bitte kürzen Sie die E-Mail-Adresse auf höchstens 254 Zeichen.",
        },
        widget=forms.EmailInput(attrs={"class": KERN, "autocomplete": "email"}),
    )
    website = forms.Field(
        label="Dieses Feld bitte leer lassen",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    key = forms.Field(required=False, initial=uuid4, widget=forms.HiddenInput)

    def is_honeypot_filled(self) -> bool:
        """Whether the field that visitors cannot see was filled in."""
        return bool(self.data.get("website", "").strip())

    def typed(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("page", "description", "name", "email")}

    def submission(self) -> UUID:
        """Equal for equal input from the same form, so that sending it twice is one report."""
        return uuid5(NAMESPACE_URL, json.dumps([self.data.get("key", ""), *self.typed().values()]))

    def report(self) -> BarrierReport:
        return BarrierReport(**self.typed(), submission=self.submission())
