"""Lists of the administration: an address can use the filters and words that the list offers, and no other lookups.

Django filters by any lookup of a list's own fields, regular expressions and unlimited numbers included.
"""

import re
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Page, Paginator
from django.http import HttpRequest

DATE_PARTS = {
    "year": re.compile("(?:19|20)[0-9]{2}"),
    "month": re.compile("[0-9]{1,2}"),
    "day": re.compile("[0-9]{1,2}"),
}


class OfferedFilters(ChangeList):
    def get_filters(self, request: HttpRequest) -> tuple[list, bool, dict, bool, bool]:
        """Raises IncorrectLookupParameters, which leads to the unfiltered list, for a lookup that no filter uses."""
        self._refuse_impossible_dates()
        found = super().get_filters(request)
        date = self.date_hierarchy
        from_date = {f"{date}__gte", f"{date}__lt"} if f"{date}__year" in self.filter_params else set()
        if found[2].keys() - from_date:
            raise IncorrectLookupParameters
        return found

    def _refuse_impossible_dates(self) -> None:
        for part, possible in DATE_PARTS.items():
            values = self.filter_params.get(f"{self.date_hierarchy}__{part}", [])
            if not all(possible.fullmatch(value) for value in values):
                raise IncorrectLookupParameters


class KeysFirst(Paginator):
    """Asks for the keys of a page first, so that the database computes nothing for the rows before it."""

    def page(self, number: int | str) -> Page:
        place = self.validate_number(number)
        start = (place - 1) * self.per_page
        rows: Any = self.object_list
        keys = list(rows.values_list("pk", flat=True)[start : start + self.per_page])
        return Page(rows.filter(pk__in=keys), place, self)


class BoundedListMixin(ModelAdmin):
    """Mixin for every admin class, in front of the others."""

    paginator = KeysFirst

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OfferedFilters


def with_bounded_list(admin_class: type[ModelAdmin]) -> type[ModelAdmin]:
    """The same class with a bounded list."""
    named = {"__module__": admin_class.__module__, "__doc__": admin_class.__doc__}
    metaclass: Any = type(admin_class)
    return metaclass(admin_class.__name__, (BoundedListMixin, admin_class), named)
