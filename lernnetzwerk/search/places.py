"""Where in its item a hit has the searched words: asked for the hits that are shown only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import connection

from lernnetzwerk.search.branches import branches
from lernnetzwerk.search.engine import PASSAGE, PLACE_BITS, Branch, any_of
from lernnetzwerk.search.matching import Row
from lernnetzwerk.search.query import Unit

MOST = 200  # passages of one item that are compared
STATEMENT = {
    "postgresql": """
        SELECT p.id, p.tokens, p.words
        FROM (VALUES {ranges}) AS among CROSS JOIN search_passage p
        WHERE p.id BETWEEN among.column1 AND among.column2 AND p.vector @@ CAST(%s AS tsquery) ORDER BY p.id
    """,
    "sqlite": """
        SELECT p.id, p.tokens, p.words
        FROM (VALUES {ranges}) AS among CROSS JOIN search_fts CROSS JOIN search_passage p
        WHERE search_fts.rowid BETWEEN among.column1 AND among.column2 AND search_fts MATCH %s
          AND p.id = search_fts.rowid ORDER BY p.id
    """,
}


@dataclass
class Place:
    """The passage of an item that shows most of the words, by its key, and how many of its passages have any."""

    points: int = 0
    passage: int = 0
    number: int = 0

    def compare(self, points: int, passage: int) -> None:
        self.number += 1
        if points > self.points:
            self.points, self.passage = points, passage


def places(rows: Sequence[Row], units: Sequence[Unit]) -> dict[int, Place]:
    """By item, for those that have any of the words in a passage; one query. Of equal passages it is the first.

    Of a long document the first 200 passages are compared, and the one that its row tells.
    """
    found = {row.item: Place() for row in rows if row.passage}
    located = [branch for branch in branches(units, PASSAGE) if branch.is_located]
    located.sort(key=lambda branch: -branch.points)
    ranges = sorted({one for row in rows if row.passage for one in _ranges(row.item, row.passage)})
    for key, tokens, words in _passages(ranges, located):
        found[key >> PLACE_BITS].compare(_worth(located, f" {tokens} ", words), key)
    return {item: place for item, place in found.items() if place.passage}


def _ranges(item: int, passage: int) -> Iterator[tuple[int, int]]:
    begin = item << PLACE_BITS
    yield begin, begin + MOST - 1
    if passage >= begin + MOST:
        yield passage, passage


def _passages(ranges: Sequence[tuple[int, int]], located: Iterable[Branch]) -> list[tuple[int, str, str]]:
    if not ranges:
        return []
    wanted = str(any_of(dict.fromkeys(chain.from_iterable(branch.wanted.parts for branch in located))))
    values = ", ".join(f"({begin}, {end})" for begin, end in ranges)
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT[connection.vendor].format(ranges=values), [wanted])
        return cursor.fetchall()


def _worth(located: Iterable[Branch], tokens: str, words: str) -> int:
    """The points of all words in one passage; `located` begins with those worth most."""
    best: dict[int, int] = {}
    for branch in located:
        if branch.word not in best and branch.holds(tokens, words):
            best[branch.word] = branch.points
    return sum(best.values())
