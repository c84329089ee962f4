"""Context of the list of practice examples; with the visitor's own municipality, those like it come first."""

import heapq
from typing import Any

from django.core.paginator import Page
from django.http import QueryDict

from lernnetzwerk.search.sources import Likeness
from lernnetzwerk.web.filters import Filtered, without
from practice.filters import filtered_examples, sortings
from practice.likeness import preferred_examples
from practice.markers import Mark
from practice.models import Municipality, PracticeExample
from practice.municipality import example_marks

PER_PAGE = 24
LISTED = 20  # municipalities beside the map
OWN_MUNICIPALITY = "wie"  # its query parameter: a slug or a name


def example_index(query: QueryDict) -> dict:
    filters = filtered_examples(query)
    preferred = preferred_examples(query.get(OWN_MUNICIPALITY, ""), filters.keys)
    alike = preferred.likenesses
    if own := preferred.asked.own:
        _put_first(filters, own, alike)
    marks = example_marks(filters.keys)
    return {
        "section": "practice",
        "filters": filters,
        "page": _page(filters, query.get("seite"), alike),
        "sortings": sortings(filters),
        "marks": marks,
        "most": sorted(heapq.nlargest(LISTED, marks, key=lambda mark: mark.weight), key=_name),
        "preferred": preferred,
        "without_own": without(filters.query, OWN_MUNICIPALITY),
    }


def _name(mark: Mark) -> str:
    return mark.municipality.sort_name


def _put_first(filters: Filtered, own: Municipality, alike: dict[int, Likeness]) -> None:
    """The most alike first; those with the same points stay in the order of the list."""
    filters.keys.sort(key=lambda key: -alike[key].points if key in alike else 0)
    filters.query[OWN_MUNICIPALITY] = own.slug


def _page(filters: Filtered, number: str | None, alike: dict[int, Likeness]) -> Page:
    """Each example of the page has its `likeness`, None without one."""
    page = filters.page(number, PER_PAGE, PracticeExample.objects.for_cards())
    examples: list[Any] = list(page.object_list)
    for example in examples:
        example.likeness = alike.get(example.pk)
    return page
