from typing import Any

from django import forms
from django.conf import settings

from events.models import Attachment, Invitation
from events.models.invitation import MEGABYTE
from lernnetzwerk.files.types import accepted

KERN = "kern-form-input__input"
ENDINGS = ",".join(extension for one in accepted("any") if one.kind != "subtitles" for extension in one.extensions)


class InviteForm(forms.ModelForm):
    """For editors: validity and limits of a link."""

    days = forms.IntegerField(
        label="Tage gültig", initial=14, min_value=1, max_value=90, help_text="Danach ist der Link ungültig."
    )

    class Meta:
        model = Invitation
        fields = ("recipient", "days", "most_files", "most_megabytes")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "most_megabytes"
        ].help_text = f"Eine einzelne Datei: höchstens {settings.FILES_MAX_SIZE // MEGABYTE} MB."


class ReleaseForm(forms.Form):
    """For speakers: licence, name and consent."""

    use_required_attribute = False

    licence = forms.ChoiceField(
        label="Lizenz",
        choices=[choice for choice in Attachment.Licence.choices if choice[0]],
        error_messages={"required": "Bitte wählen Sie eine Lizenz für Ihre Dateien."},
        help_text="CC BY: Andere dürfen sie mit Ihrem Namen weiterverwenden. Im Zweifel: Alle Rechte vorbehalten.",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label="Ihr Name",
        max_length=200,
        error_messages={"required": "Bitte nennen Sie Ihren Namen."},
        widget=forms.TextInput(attrs={"class": KERN, "autocomplete": "name"}),
    )
    agreed = forms.BooleanField(
        label="Ich darf diese Dateien weitergeben, und das Lernnetzwerk darf sie im Portal veröffentlichen.",
        error_messages={"required": "Ohne Ihre Zustimmung können wir die Dateien nicht veröffentlichen."},
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())
