from django.contrib import admin

from events.materials.models import Attachment
from lernnetzwerk.editorial import EditorialInline


class AttachmentInline(EditorialInline, admin.StackedInline):
    """Materials below their owner; whether they are public is decided on their own page."""

    model = Attachment
    fields = ("kind", "title", "stored_file", "url", "absence", ("language", "licence", "position"), "state")
    readonly_fields = ("state",)
    show_change_link = True
