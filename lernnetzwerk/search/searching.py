"""The public search: `find(Query)` gives `Results` in a fixed number of queries, whatever their number.

Nothing hidden is in them: the index has released rows only, the query asks for those that are public now, and the rows
of a page are asked themselves, should the index be late.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from lernnetzwerk.search.compounds import NOTHING_KNOWN
from lernnetzwerk.search.corrections import corrected
from lernnetzwerk.search.facets import chosen_values, filtered
from lernnetzwerk.search.hits import card, hits, likeness
from lernnetzwerk.search.indexing import vocabulary
from lernnetzwerk.search.matching import Combination, Row, matched
from lernnetzwerk.search.models import Synonyms, current_build
from lernnetzwerk.search.naming import Named, named, still_public
from lernnetzwerk.search.query import Query, Unit, forms, units
from lernnetzwerk.search.ranking import NAME_POINTS, Match, score
from lernnetzwerk.search.results import Results
from lernnetzwerk.search.selection import Selection
from lernnetzwerk.search.sources import SOURCES, Preferred

PER_PAGE = 20
PER_KIND = 3  # hits of each kind in groups
MOST = 1_000  # hits that are compared with the visitor's municipality


def find(query: Query, at: datetime | None = None, is_grouped: bool = False) -> Results:
    """The hits of one page at the moment `at` (default: now), or with `is_grouped` the first ones of each kind.

    Hits of a single kind are never grouped.
    """
    at = at or timezone.now()
    wanted = understood(query.text)
    if all(unit.is_excluded for unit in wanted):
        return Results(query)
    results = Results(query, query.text, is_grouped=is_grouped)
    found = _found(query, wanted, is_grouped, at)
    if not found.combinations and (better := corrected(wanted, at)):
        results.searched, results.is_corrected = better, True
        wanted = understood(better)
        found = _found(query, wanted, is_grouped, at)
    _fill(results, wanted, found, at)
    return results


def understood(text: str) -> list[Unit]:
    """The searched words with their synonyms and the parts of compounds; two queries."""
    groups = [[forms(line) for line in synonyms.lines] for synonyms in Synonyms.objects.all()]
    build = current_build().first()
    return units(text, groups, vocabulary(build) if build else NOTHING_KNOWN)


@dataclass(frozen=True)
class _Found:
    """What the database tells of all items with the words, of those to be shown, and of what the words name."""

    combinations: list[Combination]
    rows: list[Row]
    names: list[Named]

    @property
    def whole(self) -> set[int]:
        """The items whose name is the whole query."""
        return {one.item for one in self.names if one.is_all}


def _found(query: Query, wanted: list[Unit], is_grouped: bool, at: datetime) -> _Found:
    names = named(" ".join(unit.raw for unit in wanted if not unit.is_excluded), at)
    return _Found(*matched(wanted, at, _selection(query, names, is_grouped)), names)


def _selection(query: Query, names: list[Named], is_grouped: bool) -> Selection:
    """One page; with a visitor's municipality all hits that may be like it, because those stand first."""
    preferring = [kind for kind, source in SOURCES.items() if source.prefer] if query.own else []
    return Selection(
        number=max(MOST, query.page * PER_PAGE) if preferring else PER_PAGE,
        skipped=0 if preferring else (query.page - 1) * PER_PAGE,
        is_of_each_kind=is_grouped,
        is_by_date=query.order == "datum",
        chosen=chosen_values(query),
        named={one.item: NAME_POINTS[one.row.kind] for one in names if one.is_all},
        first_kinds=preferring,
    )


def _fill(results: Results, wanted: list[Unit], found: _Found, at: datetime) -> None:
    query, names = results.query, found.names
    kinds = _count(results, found.combinations, sum(not unit.is_excluded for unit in wanted))
    if results.page < query.page:
        found = _found(replace(query, page=results.page), wanted, is_grouped=False, at=at)
    results.preferred = _preferred(kinds, found.rows, query.own)
    ordered = _ordered(found.rows, results, found.whole, at)
    shown = _first_of_each_kind(ordered) if results.is_grouped else _of_page(ordered, results)
    public = still_public([row.key for row in shown] + [one.key for one in names], at)
    results.hits = hits([row for row in shown if row.key in public], wanted, results.preferred)
    results.card = card([one for one in names if one.key in public], at)


def _count(results: Results, combinations: list[Combination], words: int) -> set[str]:
    """Sets what depends on all hits: facets, totals, pages. Returns the kinds of those that the filters leave."""
    results.is_partial = bool(combinations) and max(one.units for one in combinations) < words
    results.unfiltered = sum(one.number for one in combinations)
    left = filtered(combinations, results.query, results.facets)
    results.total = sum(one.number for one in left)
    results.pages = max(1, -(-results.total // PER_PAGE))
    results.page = min(results.query.page, results.pages)
    kinds = {one.kind for one in left}
    results.is_grouped = results.is_grouped and len(kinds) > 1
    return kinds


def _of_page(rows: list[Row], results: Results) -> list[Row]:
    """Those of the page, if the rows begin with the first page."""
    skipped = (results.page - 1) * PER_PAGE if results.query.own else 0
    return rows[skipped : skipped + PER_PAGE]


def _first_of_each_kind(rows: list[Row]) -> list[Row]:
    seen: Counter[str] = Counter()
    first = []
    for row in rows:
        seen[row.kind] += 1
        if seen[row.kind] <= PER_KIND:
            first.append(row)
    return first


def _preferred(kinds: set[str], rows: list[Row], own: str) -> Preferred | None:
    for kind, source in SOURCES.items():
        if kind in kinds and source.prefer:
            return source.prefer(own, [row.object_id for row in rows if row.kind == kind])
    return None


def _ordered(rows: list[Row], results: Results, whole: set[int], at: datetime) -> list[Row]:
    """Those like the visitor's municipality first, then the latest if so asked, then by score."""
    today, is_by_date = timezone.localdate(at), results.query.order == "datum"

    def place(row: Row) -> tuple:
        like = likeness(row, results.preferred)
        latest = -row.day.toordinal() if row.day and is_by_date else 0
        match = Match(row.kind, row.units, row.points, row.spot, row.day, row.item in whole)
        return (-like.points if like else 0, latest, -score(match, today), row.kind, row.object_id)

    return sorted(rows, key=place)
