"""Times of day as editors type them, shown with 24 hours whatever the browser's language.

`<input type="time">` shows AM and PM in an English browser, hence plain text and one rule for reading it.
"""

import re
from datetime import time

from django import forms

# Hour, then minutes; the editor's script compiles the same pattern.
CLOCK = r"^([01]?[0-9]|2[0-3])(?: ?(?:[.:]|Uhr)? ?([0-5][0-9]))? ?(?:Uhr)?$"
UNREADABLE = "Eine Uhrzeit sieht so aus: 10:15."
TYPED = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 20, "placeholder": "10:15"}


class ClockField(forms.TimeField):
    """Reads "9", "9.30", "930" and "9:30 Uhr"."""

    widget = forms.TimeInput(format="%H:%M", attrs=TYPED)
    default_error_messages = {"invalid": UNREADABLE}

    def to_python(self, value: time | str | None) -> time | None:
        if isinstance(value, time):
            return value
        if value in self.empty_values:
            return None
        found = re.fullmatch(CLOCK, str(value).strip(), re.IGNORECASE)
        if not found:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return time(int(found[1]), int(found[2] or 0))
