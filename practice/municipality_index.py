"""Context of the list of municipalities: those with activity, those of a region, or those found by name or place."""

from collections.abc import Iterable

from django.core.paginator import Page, Paginator
from django.http import QueryDict

from lernnetzwerk.operation.prepared_statements import AT, Prepared
from lernnetzwerk.search.lists import found_keys
from lernnetzwerk.text.folding import LONGEST_QUERY
from practice.activities import Activity, activities, describe
from practice.directory import find_municipalities, neighbours
from practice.markers import JOINING_DISTANCE, Mark, grouped
from practice.models import Municipality
from practice.regions import by_region

PER_PAGE = 40
CONTRIBUTING = Prepared(lambda: Municipality.objects.contributing(AT).order_by().values_list("pk", flat=True))


def municipality_index(query: QueryDict) -> dict:
    """`q` finds by name, `um` shows those around one, `bezirk` those of a region; `seite` is a page of a long list."""
    text = query.get("q", "").strip()[:LONGEST_QUERY]
    everyone = list(Municipality.objects.defer("uuid", "created_at", "changed_at"))
    contributing = set(CONTRIBUTING.rows_now())
    active = [municipality for municipality in everyone if municipality.pk in contributing]
    regions = by_region(everyone, contributing)
    middle = next((one for one in everyone if not text and one.slug == query.get("um")), None)
    region = next((one for one in regions if not text and not middle and one.code == query.get("bezirk")), None)
    context = {
        "section": "municipalities",
        "query": text,
        "query_length": LONGEST_QUERY,
        "middle": middle,
        "region": region,
        "regions": regions,
        "contributing": len(active),
        "total": len(everyone),
    }
    if region:
        describe([one for group in region.groups for one in group.with_district], activities(contributing))
        return context
    if text:
        shown = find_municipalities(everyone, text, found_keys("municipality", text))
    else:
        shown = _joined(middle, active) if middle else active
    page = _described(shown, query.get("seite"))
    return {**context, "page": page, "kept": _kept(query), "marks": [] if text or middle else _marks(active, page)}


def _described(municipalities: list[Municipality], number: str | None) -> Page:
    """One page, each with its activity and its district."""
    page = Paginator(municipalities, PER_PAGE).get_page(number)
    keys = [one.pk for one in page.object_list]
    found = Municipality.objects.select_related("district").in_bulk(keys)
    page.object_list = describe((found[key] for key in keys), activities(keys))
    return page


def _kept(query: QueryDict) -> QueryDict:
    """What the other pages of the same list keep."""
    kept = QueryDict(mutable=True)
    for name in ("q", "um"):
        if value := query.get(name):
            kept[name] = str(value)
    return kept


def _marks(active: Iterable[Municipality], page: Page) -> list[Mark]:
    """Map marks of all with activity; if the page has all of them in words, else the largest names a group."""
    if not page.has_other_pages():
        return [Mark(one, _in_words(one.activity), one.activity.weight) for one in page.object_list]
    return [Mark(one, "", one.inhabitants or 0) for one in active]


def _in_words(activity: Activity) -> str:
    return f"{activity.words} (Beispiel)" if activity.is_sample else activity.words


def _joined(middle: Municipality, active: list[Municipality]) -> list[Municipality]:
    """Those with activity whose link on the map may be joined with that of `middle`, which comes first."""
    near = neighbours(middle, active, most=len(active))
    group = _group_of(middle, active) if len(active) > PER_PAGE else set()
    around = [one for one in near if (one.kilometres or 0) <= JOINING_DISTANCE or one.municipality.pk in group]
    return [*([middle] if middle in active else []), *(one.municipality for one in around)]


def _group_of(middle: Municipality, active: list[Municipality]) -> set[int]:
    groups = grouped(Mark(one, "", one.inhabitants or 0) for one in active)
    return {mark.municipality.pk for group in groups if group.municipality == middle for mark in group.marks}
