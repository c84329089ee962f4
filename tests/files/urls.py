"""An admin of nothing but upload fields, one on a form and one in an inline."""

from django.contrib import admin
from django.urls import path

from events.models import Attachment, Event
from lernnetzwerk.search.views import editors_search
from speakers.models import Speaker

site = admin.AdminSite(name="uploads")


@admin.register(Speaker, site=site)
class SpeakerAdmin(admin.ModelAdmin):
    fields = ["last_name", "photo", "photo_alt"]


class AttachmentInline(admin.TabularInline):
    model = Attachment
    fields = ["kind", "stored_file", "absence"]
    extra = 2


@admin.register(Event, site=site)
class EventAdmin(admin.ModelAdmin):
    fields = ["title"]
    inlines = [AttachmentInline]


urlpatterns = [
    path("uploads/", site.urls),
    path("suche/", editors_search, name="editors_search"),  # the box in the frame leads there
]
