from django import forms
from django.contrib import admin

from events.models import Attachment
from lernnetzwerk.administration.permissions import EditorialFormSet, EditorialInline


class AttachmentFormSet(EditorialFormSet):
    def save_existing(self, form: forms.ModelForm, obj: Attachment, commit: bool = True) -> Attachment:
        form.instance.changed_by = self.request.user
        return super().save_existing(form, obj, commit)


class AttachmentInline(EditorialInline, admin.StackedInline):
    """Attachments in their owner's form; they are published on their own page."""

    model = Attachment
    formset = AttachmentFormSet
    fields = ("kind", "title", "stored_file", "url", "absence", ("language", "licence", "position"), "state")
    readonly_fields = ("state",)
    show_change_link = True
