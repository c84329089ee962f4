from django.contrib import admin

from lernnetzwerk.administration.permissions import EditorialAdmin
from lernnetzwerk.search.models import Synonyms


@admin.register(Synonyms)
class SynonymsAdmin(EditorialAdmin):
    is_always_public = True
    list_display = ("__str__", "changed_at")
    search_fields = ("terms",)
    fields = ("terms",)
    view_on_site = False
