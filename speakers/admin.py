from django.contrib import admin

from lernnetzwerk.editorial import DependentInline, EditorialAdmin, public_link
from speakers.models import Speaker, SpeakerLink


class SpeakerLinkInline(DependentInline, admin.TabularInline):
    model = SpeakerLink


@admin.register(Speaker)
class SpeakerAdmin(EditorialAdmin):
    list_display = ("last_name", "first_name", "academic_title", "organisation", "is_listed", public_link)
    list_display_links = ("last_name", "first_name")
    list_filter = ("is_listed", "organisation")
    search_fields = ("last_name", "first_name", "organisation", "unit")
    readonly_fields = (public_link,)
    inlines = (SpeakerLinkInline,)
    fieldsets = (
        (None, {"fields": ("academic_title", ("first_name", "last_name"), "is_listed", public_link)}),
        (
            "Zugehörigkeit heute",
            {
                "fields": ("unit", "organisation", "place"),
                "description": "Neue Mitwirkungen übernehmen sie als Vorschlag; frühere bleiben, wie sie waren.",
            },
        ),
        ("Zur Person", {"fields": ("biography", "photo", "photo_alt", "photo_credit")}),
        ("Adresse", {"fields": ("slug", "is_sample"), "classes": ("collapse",)}),
    )
