from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

# The years whose first and last moment, and the next year, are within the calendar in every time zone.
FIRST, LAST = 2, 9998


class BoundedChangeList(ChangeList):
    """A year beyond the calendar in the address of a date hierarchy is as wrong as any other junk there."""

    def get_filters(self, request: HttpRequest) -> Any:
        for year in request.GET.getlist(f"{self.date_hierarchy}__year"):
            if not (year.isdecimal() and len(year) <= len(str(LAST)) and FIRST <= int(year) <= LAST):
                raise IncorrectLookupParameters(year)
        return super().get_filters(request)


class BoundedListAdmin(admin.ModelAdmin):
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return BoundedChangeList
