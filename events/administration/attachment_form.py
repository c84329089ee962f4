from typing import Any

from django.core.exceptions import ValidationError

from events.attachments.recording_times import recording_seconds
from events.models.chapters import refuse_after_end
from lernnetzwerk.administration.permissions import EditorialForm


class RecordingForm(EditorialForm):
    """Refuses new chapters after the recording's end; stored ones are only a finding and block no change."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        seconds = recording_seconds(cleaned.get("stored_file"))
        if seconds is not None and "chapters" in self.changed_data:
            self._refuse_late_chapters(cleaned.get("chapters", ""), seconds)
        return cleaned

    def _refuse_late_chapters(self, text: str, seconds: int) -> None:
        """The model's validator reports lines that are no chapters."""
        try:
            refuse_after_end(text, seconds)
        except ValidationError as error:
            self.add_error("chapters", error)
