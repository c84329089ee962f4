"""What is shown of the found rows: the passage of each with its sentence, page and picture; and the card."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from lernnetzwerk.search.indexing import vocabulary
from lernnetzwerk.search.matching import Row
from lernnetzwerk.search.models import Item, Passage
from lernnetzwerk.search.naming import BELONGING, Named, counted
from lernnetzwerk.search.places import places
from lernnetzwerk.search.query import Unit
from lernnetzwerk.search.results import Card, Hit
from lernnetzwerk.search.snippets import READ, Wanted, marked, reasons, snippet
from lernnetzwerk.search.sources import SOURCES, Likeness, PageFacts, Place, Preferred


def likeness(row: Row, preferred: Preferred | None) -> Likeness | None:
    return preferred.likenesses.get(row.object_id) if preferred and SOURCES[row.kind].prefer else None


def hits(rows: list[Row], wanted: list[Unit], preferred: Preferred | None) -> list[Hit]:
    best = places(rows, wanted)
    own = [row.item for row in rows if row.item not in best]
    first = Q(item__in=own, page__isnull=True, second__isnull=True)
    found = Passage.objects.filter(Q(pk__in=[place.passage for place in best.values()]) | first)
    passages = {passage.item_id: passage for passage in found.select_related("item__build")}
    if not passages:
        return []
    facts = _page_facts(rows, passages)
    words = Wanted.of(wanted, vocabulary(next(iter(passages.values())).item.build))
    return [
        replace(
            _hit(row, passages[row.item], words, facts.get(row.key)),
            more=best[row.item].number - 1 if row.item in best and _is_located(passages[row.item]) else 0,
            likeness=likeness(row, preferred),
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


def _hit(row: Row, passage: Passage, words: Wanted, facts: PageFacts | None) -> Hit:
    item = passage.item
    is_located = _is_located(passage)
    text = f"{passage.title}\n{passage.text}" if is_located and passage.title not in passage.text else passage.text
    hit = Hit(
        kind=row.kind,
        label=SOURCES[row.kind].label,
        object_id=row.object_id,
        title=marked(item.title, words),
        summary=marked(item.summary, words),
        address=passage.address,
        snippet=snippet(text[:READ], words),
        page=passage.page,
        second=passage.second,
        held_on=item.held_on,
        is_sample=item.is_sample,
        facts=facts,
    )
    return hit if is_located or hit.shows_words else _with_reasons(hit, passage.title, words)


def _with_reasons(hit: Hit, context: str, words: Wanted) -> Hit:
    """With what of its context was found, instead of a snippet without a found word."""
    found = reasons(context, words)
    return replace(hit, reasons=found, snippet=[] if found else hit.snippet)


def card(names: list[Named], at: datetime) -> Card | None:
    """The first thing that the query names."""
    if not names:
        return None
    item: Item = names[0].row
    source = SOURCES[item.kind]
    counts = counted(item, at)
    shown = [(SOURCES[kind].label if number == 1 else SOURCES[kind].plural, number, kind) for kind, number in counts]
    lines = getattr(item, BELONGING[item.kind]) if item.kind in BELONGING else ""
    value = lines.partition("\t")[0]
    return Card(
        item.kind, source.label, item.object_id, item.title, item.summary, item.address, item.is_sample, value, shown
    )
