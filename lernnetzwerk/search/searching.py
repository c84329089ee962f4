"""The public search: `find(Query)` gives `Results` in a fixed number of queries, whatever their number.

Nothing hidden is in them: the index has released rows only, the query asks for those that are public now, and the rows
of a page are asked themselves, should the index be late.
"""

import heapq
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Q
from django.utils import timezone

from lernnetzwerk.search.compounds import NOTHING_KNOWN
from lernnetzwerk.search.corrections import corrected
from lernnetzwerk.search.indexing import vocabulary
from lernnetzwerk.search.matching import Row, matched
from lernnetzwerk.search.models import Item, Passage, Synonyms, current_build
from lernnetzwerk.search.naming import BELONGING, Named, counted, named, still_public
from lernnetzwerk.search.query import Query, Unit, forms, units
from lernnetzwerk.search.ranking import Match, fewest, least, most, score
from lernnetzwerk.search.snippets import READ, Part, Wanted, marked, snippet
from lernnetzwerk.search.sources import SOURCES, Likeness, PageFacts, Place, Preferred, Source
from lernnetzwerk.web.filters import Choice

PER_PAGE = 20
PER_KIND = 3  # hits of each kind in groups


@dataclass(frozen=True)
class Hit:
    """One item. `page` or `second` say where in it; then `address` opens it there, and `more` other places match.

    `object_id` is the key of the row that `kind` names, for what a page shows besides, such as the picture of a page.
    """

    kind: str
    label: str
    object_id: int
    title: list[Part]
    summary: list[Part]
    address: str
    snippet: list[Part]
    page: int | None
    second: int | None
    place_title: str
    more: int
    held_on: date | None
    is_sample: bool
    facts: PageFacts | None = None
    likeness: Likeness | None = None

    @property
    def page_word(self) -> str:
        return "Folie" if "#folie-" in self.address else "Seite"

    @property
    def time(self) -> str:
        """The second as `12:30` or `1:02:30`."""
        minutes, seconds = divmod(self.second or 0, 60)
        hours, rest = divmod(minutes, 60)
        return f"{hours}:{rest:02}:{seconds:02}" if hours else f"{rest}:{seconds:02}"


@dataclass(frozen=True)
class Card:
    """What the query names: `Lünen`, with the words, number and kind of the items that belong to it.

    `value` chooses it in its filter; only towns and topics have counts.
    """

    kind: str
    label: str
    object_id: int
    title: str
    summary: str
    address: str
    value: str
    counts: list[tuple[str, int, str]]


@dataclass(frozen=True)
class Group:
    """The first hits of a kind; `number` are there in all."""

    source: Source
    number: int
    hits: list[Hit]


@dataclass
class Results:
    """What was found. `searched` differs from the query's text if `is_corrected`; then the page must say so. It is
    empty if there is no word to search. `unfiltered` is the total without the chosen filters.

    `facets` maps kind, year, series, topic and municipality to their choices. `is_partial`: no hit has all the words.
    `preferred` is None if no hit can be like the visitor's municipality. If `is_grouped`, the hits are the first ones
    of each kind, and there are no further pages.
    """

    query: Query
    searched: str = ""
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    unfiltered: int = 0
    page: int = 1
    pages: int = 1
    facets: dict[str, list[Choice]] = field(default_factory=dict)
    card: Card | None = None
    preferred: Preferred | None = None
    is_corrected: bool = False
    is_partial: bool = False
    is_grouped: bool = False

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1

    @property
    def groups(self) -> list[Group]:
        """The hits by their kinds, the kind with the best hit first."""
        by_kind: dict[str, list[Hit]] = {}
        for hit in self.hits:
            by_kind.setdefault(hit.kind, []).append(hit)
        numbers = {choice.value: choice.number for choice in self.facets["kind"]}
        return [Group(SOURCES[kind], numbers[kind], hits) for kind, hits in by_kind.items()]


def find(query: Query, at: datetime | None = None, is_grouped: bool = False) -> Results:
    """The hits of one page at the moment `at` (default: now), or with `is_grouped` the first ones of each kind.

    Hits of a single kind are never grouped.
    """
    at = at or timezone.now()
    groups = [[forms(line) for line in synonyms.lines] for synonyms in Synonyms.objects.all()]
    build = current_build().first()
    known = vocabulary(build) if build else NOTHING_KNOWN
    wanted = units(query.text, groups, known)
    if not any(not unit.is_excluded for unit in wanted):
        return Results(query)
    results = Results(query, query.text)
    rows = matched(wanted, at)
    if not rows and (better := corrected(wanted, at)):
        results.searched, results.is_corrected = better, True
        wanted = units(better, groups, known)
        rows = matched(wanted, at)
    results.is_grouped = is_grouped
    _fill(results, wanted, rows, at)
    return results


def _fill(results: Results, wanted: list[Unit], rows: list[Row], at: datetime) -> None:
    query = results.query
    number = sum(not unit.is_excluded for unit in wanted)
    names = named(" ".join(unit.raw for unit in wanted if not unit.is_excluded), at)
    rows = _enough(rows, number)
    results.is_partial = bool(rows) and max(row.units for row in rows) < number
    results.unfiltered = len(rows)
    left = _filtered(rows, query, results.facets)
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


# --- facets -----------------------------------------------------------------------------------------------------------


def _of_lines(text: str) -> list[tuple[str, str]]:
    return [(line.partition("\t")[0], line.partition("\t")[2]) for line in text.split("\n") if line]


# What of a row decides a facet's values, and these with their names.
FACETS: dict[str, tuple[Callable[[Row], str], Callable[[str], list[tuple[str, str]]]]] = {
    "kind": (attrgetter("kind"), lambda kind: [(kind, SOURCES[kind].plural)]),
    "year": (attrgetter("year"), lambda year: [(year, "ohne Jahr" if year == "ohne" else year)]),
    "series": (attrgetter("series"), _of_lines),
    "topic": (attrgetter("topics"), _of_lines),
    "municipality": (attrgetter("municipalities"), _of_lines),
}
# For each facet the values and names of each text that decides them.
Held = dict[str, dict[str, dict[str, str]]]


def _filtered(rows: list[Row], query: Query, facets: dict[str, list[Choice]]) -> list[Row]:
    """The rows that match all chosen values. The numbers of one facet ignore its own choice, as in lists."""
    held: Held = {
        name: {text: dict(values(text)) for text in set(map(read, rows))} for name, (read, values) in FACETS.items()
    }
    chosen = {name: getattr(query, name) for name in FACETS}
    chosen = {name: value for name, value in chosen.items() if any(value in values for values in held[name].values())}
    for name, (read, _values) in FACETS.items():
        left = _chosen(rows, {other: value for other, value in chosen.items() if other != name}, held)
        facets[name] = _choices(name, Counter(map(read, left)), held[name], chosen.get(name, ""))
    return _chosen(rows, chosen, held)


def _chosen(rows: list[Row], chosen: dict[str, str], held: Held) -> list[Row]:
    for name, value in chosen.items():
        read = FACETS[name][0]
        texts = {text for text, values in held[name].items() if value in values}
        rows = [row for row in rows if read(row) in texts]
    return rows


def _choices(name: str, texts: Counter[str], held: dict[str, dict[str, str]], chosen: str) -> list[Choice]:
    """A chosen value is one of them even if no row is left, so that it can be removed."""
    numbers: Counter[str] = Counter({chosen: 0} if chosen else {})
    for text, number in texts.items():
        numbers.update(dict.fromkeys(held[text], number))
    labels = {value: label for values in held.values() for value, label in values.items()}
    found = [Choice(value, labels[value], number, value == chosen) for value, number in numbers.items()]
    if name == "kind":
        return sorted(found, key=lambda choice: list(SOURCES).index(choice.value))
    if name == "year":
        return sorted(found, key=lambda choice: choice.value.replace("ohne", "0"), reverse=True)
    return sorted(found, key=lambda choice: (-choice.number, choice.label))


# --- hits and card ----------------------------------------------------------------------------------------------------


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
