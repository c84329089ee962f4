"""Stills of stored videos: the editor's browser takes the picture from the video, the form uploads it.

The server decodes no video; the upload is checked like any picture.
"""

from django.contrib import admin
from django.http import HttpRequest
from django.template.loader import render_to_string

from events.models import Attachment
from lernnetzwerk.administration.confirmation import ObjectActionAdmin


class StillAdmin(ObjectActionAdmin):
    """Mixed into the admin of attachments: shows the video below the field of its still."""

    def get_fieldsets(self, request: HttpRequest, obj: Attachment | None = None) -> list:
        fieldsets = super().get_fieldsets(request, obj)
        file = obj.stored_file if obj else None
        if file is None or not file.is_video or not self.has_change_permission(request, obj):
            return fieldsets
        return [(title, {**options, "fields": _below_poster(options["fields"])}) for title, options in fieldsets]

    @admin.display(description="Aus dem Video")
    def still(self, attachment: Attachment) -> str:
        address = self.action_url("datei", attachment)
        return render_to_string("admin/events/attachment/_still.html", {"address": address})


def _below_poster(fields: list) -> list:
    return [shown for name in fields for shown in ((name, "still") if name == "poster" else (name,))]
