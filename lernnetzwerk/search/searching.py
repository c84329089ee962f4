"""The public search: `find(Query)` gives `Results` in a fixed number of queries, whatever their number.

Nothing hidden is in them: the index has released rows only, the query asks for those that are public now, and the rows
of a page are asked themselves, should the index be late.
"""

import heapq
from collections import Counter
from dataclasses import replace
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from lernnetzwerk.search.compounds import NOTHING_KNOWN
from lernnetzwerk.search.corrections import corrected
from lernnetzwerk.search.facets import filtered
from lernnetzwerk.search.indexing import vocabulary
from lernnetzwerk.search.matching import Row, matched
from lernnetzwerk.search.models import Item, Passage, Synonyms, current_build
from lernnetzwerk.search.naming import BELONGING, Named, counted, named, still_public
from lernnetzwerk.search.query import Query, Unit, forms, units
from lernnetzwerk.search.ranking import Match, fewest, least, most, score
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
    if not any(not unit.is_excluded for unit in wanted):
        return Results(query)
    results = Results(query, query.text)
    rows = matched(wanted, at)
    if not rows and (better := corrected(wanted, at)):
        results.searched, results.is_corrected = better, True
        wanted = understood(better)
        rows = matched(wanted, at)
    results.is_grouped = is_grouped
    _fill(results, wanted, rows, at)
    return results


def understood(text: str) -> list[Unit]:
    """The searched words with their synonyms and the parts of compounds; two queries."""
    groups = [[forms(line) for line in synonyms.lines] for synonyms in Synonyms.objects.all()]
    build = current_build().first()
    return units(text, groups, vocabulary(build) if build else NOTHING_KNOWN)


def _fill(results: Results, wanted: list[Unit], rows: list[Row], at: datetime) -> None:
    query = results.query
    number = sum(not unit.is_excluded for unit in wanted)
    names = named(" ".join(unit.raw for unit in wanted if not unit.is_excluded), at)
    rows = _enough(rows, number)
    results.is_partial = bool(rows) and max(row.units for row in rows) < number
    results.unfiltered = len(rows)
    left = filtered(rows, query, results.facets)
    results.preferred = _preferred(left, query.own)
    ordered = _ordered(left, results, {one.item for one in names if one.is_all}, at)
    results.total, results.pages = len(ordered), max(1, -(-len(ordered) // PER_PAGE))
    results.page = min(query.page, results.pages)
    results.is_grouped = results.is_grouped and len({row.kind for row in ordered}) > 1
    shown = _first_of_each_kind(ordered) if results.is_grouped else _of_page(ordered, results.page)
    public = still_public([(row.kind, row.object_id) for row in shown] + [one.key for one in names], at)
    results.hits = _hits([row for row in shown if (row.kind, row.object_id) in public], wanted, results.preferred)
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


def _enough(rows: list[Row], units: int) -> list[Row]:
    """Rows with enough of the words; if none has, those with some."""
    return [row for row in rows if row.units >= fewest(units)] or rows


def _preferred(rows: list[Row], own: str) -> Preferred | None:
    for kind, source in SOURCES.items():
        keys = [row.object_id for row in rows if row.kind == kind]
        if keys and source.prefer:
            return source.prefer(own, keys)
    return None


def _ordered(rows: list[Row], results: Results, whole: set[int], at: datetime) -> list[Row]:
    """Those like the visitor's municipality first, then the latest if so asked, then by score.

    By score alone, scores are computed only of rows that can reach the pages up to the asked one.
    """
    today, is_by_date = timezone.localdate(at), results.query.order == "datum"

    def place(row: Row) -> tuple:
        like = _likeness(row, results.preferred)
        latest = -row.day.toordinal() if row.day and is_by_date else 0
        match = Match(row.kind, row.units, row.points, row.spot, row.day, row.item in whole)
        return (-like.points if like else 0, latest, -score(match, today), row.kind, row.object_id)

    asked = results.query.page * PER_PAGE
    is_by_score = not is_by_date and not results.preferred
    far = _out_of_reach(rows, asked, whole) if is_by_score and len(rows) > asked else []
    others = {row.item for row in far}
    return sorted((row for row in rows if row.item not in others), key=place) + far


def _out_of_reach(rows: list[Row], asked: int, whole: set[int]) -> list[Row]:
    """Rows that `asked` others precede, whatever the smaller parts of their scores are."""
    limit = heapq.nlargest(asked, (least(row.units, row.points) for row in rows))[-1]
    return [row for row in rows if row.item not in whole and most(row.units, row.points, row.spot) < limit]


def _likeness(row: Row, preferred: Preferred | None) -> Likeness | None:
    return preferred.likenesses.get(row.object_id) if preferred and SOURCES[row.kind].prefer else None


def _hits(rows: list[Row], wanted: list[Unit], preferred: Preferred | None) -> list[Hit]:
    best = [row.passage for row in rows if row.passage]
    own = [row.item for row in rows if not row.passage]
    first = Q(item__in=own, page__isnull=True, second__isnull=True)
    found = Passage.objects.filter(Q(pk__in=best) | first).select_related("item__build")
    passages = {passage.item_id: passage for passage in found}
    facts = _page_facts(rows, passages)
    hits = [
        (row, _hit(row, passages[row.item], wanted, facts.get((row.kind, row.object_id))))
        for row in rows
        if row.item in passages
    ]
    return [replace(hit, likeness=_likeness(row, preferred)) for row, hit in hits]


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
    is_located = passage.page is not None or passage.second is not None
    text = f"{passage.title}\n{passage.text}" if is_located and passage.title not in passage.text else passage.text
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
        more=max(0, row.places - 1) if is_located else 0,
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
