"""The public search: `find(Query)` gives `Results` in a fixed number of queries, whatever their number.

Nothing hidden is in them: the index has released rows only, the query asks for those that are public now, and the rows
of a page are asked themselves, should the index be late.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from lernnetzwerk.search.compounds import NOTHING_KNOWN
from lernnetzwerk.search.corrections import corrected
from lernnetzwerk.search.facets import chosen_values, filtered
from lernnetzwerk.search.indexing import vocabulary
from lernnetzwerk.search.matching import MOST, Combination, Row, Selection, matched
from lernnetzwerk.search.models import Item, Passage, Synonyms, current_build
from lernnetzwerk.search.naming import BELONGING, Named, counted, named, still_public
from lernnetzwerk.search.places import places
from lernnetzwerk.search.query import Query, Unit, forms, units
from lernnetzwerk.search.ranking import Match, score
from lernnetzwerk.search.results import Card, Hit, Results
from lernnetzwerk.search.snippets import READ, Wanted, marked, snippet
from lernnetzwerk.search.sources import SOURCES, Likeness, PageFacts, Place, Preferred

PER_PAGE = 20
PER_KIND = 3  # hits of each kind in groups


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
    if not found.rows and (better := corrected(wanted, at)):
        results.searched, results.is_corrected = better, True
        wanted = understood(better)
        found = _found(query, wanted, is_grouped, at)
    _fill(results, wanted, found, at)
    return results


@dataclass(frozen=True)
class _Found:
    """What the database tells of the items with the words, and what the words name."""

    combinations: list[Combination]
    rows: list[Row]
    names: list[Named]


def _found(query: Query, wanted: list[Unit], is_grouped: bool, at: datetime) -> _Found:
    names = named(" ".join(unit.raw for unit in wanted if not unit.is_excluded), at)
    selection = Selection(
        chosen=chosen_values(query),
        first=[one.item for one in names if one.is_all],
        first_kinds=[kind for kind, source in SOURCES.items() if source.prefer and query.own],
        is_by_date=query.order == "datum",
        is_of_each_kind=is_grouped,
    )
    return _Found(*matched(wanted, at, selection), names)


def understood(text: str) -> list[Unit]:
    """The searched words with their synonyms and the parts of compounds; two queries."""
    groups = [[forms(line) for line in synonyms.lines] for synonyms in Synonyms.objects.all()]
    build = current_build().first()
    return units(text, groups, vocabulary(build) if build else NOTHING_KNOWN)


def _fill(results: Results, wanted: list[Unit], found: _Found, at: datetime) -> None:
    query, names = results.query, found.names
    number = sum(not unit.is_excluded for unit in wanted)
    results.is_partial = bool(found.rows) and max(one.units for one in found.combinations) < number
    results.unfiltered = sum(one.number for one in found.combinations)
    left = filtered(found.combinations, query, results.facets)
    results.total = sum(one.number for one in left)
    results.preferred = _preferred(found.rows, query.own)
    ordered = _ordered(found.rows, results, {one.item for one in names if one.is_all}, at)
    results.pages = max(1, -(-min(results.total, MOST) // PER_PAGE))
    results.page = min(query.page, results.pages)
    results.is_grouped = results.is_grouped and len({one.kind for one in left}) > 1
    shown = _first_of_each_kind(ordered) if results.is_grouped else _of_page(ordered, results.page)
    public = still_public([row.key for row in shown] + [one.key for one in names], at)
    results.hits = _hits([row for row in shown if row.key in public], wanted, results.preferred)
    results.card = _card([one for one in names if one.key in public], at)


def _of_page(rows: list[Row], page: int) -> list[Row]:
    return rows[(page - 1) * PER_PAGE : page * PER_PAGE]


def _first_of_each_kind(rows: list[Row]) -> list[Row]:
    seen: Counter[str] = Counter()
    first = []
    for row in rows:
        seen[row.kind] += 1
        if seen[row.kind] <= PER_KIND:
            first.append(row)
    return first


def _preferred(rows: list[Row], own: str) -> Preferred | None:
    for kind, source in SOURCES.items():
        keys = [row.object_id for row in rows if row.kind == kind]
        if keys and source.prefer:
            return source.prefer(own, keys)
    return None


def _ordered(rows: list[Row], results: Results, whole: set[int], at: datetime) -> list[Row]:
    """Those like the visitor's municipality first, then the latest if so asked, then by score."""
    today, is_by_date = timezone.localdate(at), results.query.order == "datum"

    def place(row: Row) -> tuple:
        like = _likeness(row, results.preferred)
        latest = -row.day.toordinal() if row.day and is_by_date else 0
        match = Match(row.kind, row.units, row.points, row.spot, row.day, row.item in whole)
        return (-like.points if like else 0, latest, -score(match, today), row.kind, row.object_id)

    return sorted(rows, key=place)


def _likeness(row: Row, preferred: Preferred | None) -> Likeness | None:
    return preferred.likenesses.get(row.object_id) if preferred and SOURCES[row.kind].prefer else None


def _hits(rows: list[Row], wanted: list[Unit], preferred: Preferred | None) -> list[Hit]:
    best = places(rows, wanted)
    own = [row.item for row in rows if row.item not in best]
    first = Q(item__in=own, page__isnull=True, second__isnull=True)
    found = Passage.objects.filter(Q(pk__in=[place.passage for place in best.values()]) | first)
    passages = {passage.item_id: passage for passage in found.select_related("item__build")}
    facts = _page_facts(rows, passages)
    return [
        replace(
            _hit(row, passages[row.item], wanted, facts.get(row.key)),
            more=best[row.item].number - 1 if row.item in best and _is_located(passages[row.item]) else 0,
            likeness=_likeness(row, preferred),
        )
        for row in rows
        if row.item in passages
    ]


def _is_located(passage: Passage) -> bool:
    return passage.page is not None or passage.second is not None


def _page_facts(rows: list[Row], passages: dict[int, Passage]) -> dict[tuple[str, int], PageFacts]:
    """Of the page that each hit shows, by kind and key."""
    places: dict[str, list[Place]] = {}
    for row in rows:
        passage = passages.get(row.item)
        if passage and passage.page is not None:
            places.setdefault(row.kind, []).append((row.object_id, passage.page))
    return {
        (kind, key): facts
        for kind, several in places.items()
        for (key, _page), facts in SOURCES[kind].page_facts(several).items()
    }


def _hit(row: Row, passage: Passage, wanted: list[Unit], facts: PageFacts | None) -> Hit:
    item = passage.item
    words = Wanted.of(wanted, vocabulary(item.build))
    text = (
        f"{passage.title}\n{passage.text}"
        if _is_located(passage) and passage.title not in passage.text
        else passage.text
    )
    return Hit(
        kind=row.kind,
        label=SOURCES[row.kind].label,
        object_id=row.object_id,
        title=marked(item.title, words),
        summary=marked(item.summary, words),
        address=passage.address,
        snippet=snippet(text[:READ], words),
        page=passage.page,
        second=passage.second,
        place_title=passage.title,
        held_on=item.held_on,
        is_sample=item.is_sample,
        facts=facts,
    )


def _card(names: list[Named], at: datetime) -> Card | None:
    """The first thing that the query names."""
    if not names:
        return None
    item: Item = names[0].row
    source = SOURCES[item.kind]
    counts = counted(item, at)
    shown = [(SOURCES[kind].label if number == 1 else SOURCES[kind].plural, number, kind) for kind, number in counts]
    lines = getattr(item, BELONGING[item.kind]) if item.kind in BELONGING else ""
    value = lines.partition("\t")[0]
    return Card(item.kind, source.label, item.object_id, item.title, item.summary, item.address, value, shown)
