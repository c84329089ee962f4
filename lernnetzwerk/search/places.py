"""Where in its item a hit has the searched words: asked for the hits that are shown only."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from lernnetzwerk.search.branches import branches
from lernnetzwerk.search.engine import PASSAGE, PLACE_BITS
from lernnetzwerk.search.matching import Row
from lernnetzwerk.search.query import Unit

MOST = 200  # passages of one item that are compared
PASSAGES = """
SELECT id, tokens, {words} FROM (VALUES {ranges}) AS among CROSS JOIN search_passage
WHERE id BETWEEN among.column1 AND among.column2
"""


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
    scale = _Scale(units)
    found = {row.item: Place() for row in rows if row.passage}
    for key, tokens, words in _passages([row for row in rows if row.passage], bool(scale.phrases)):
        if points := scale.points(tokens, words):
            found[key >> PLACE_BITS].compare(points, key)
    return {item: place for item, place in found.items() if place.passage}


def _passages(rows: Sequence[Row], with_words: bool) -> list[tuple[int, str, str]]:
    """Keys, tokens and, if asked for, words of the passages that are compared."""
    if not rows:
        return []
    ranges = {(row.item << PLACE_BITS, (row.item << PLACE_BITS) + MOST - 1) for row in rows}
    ranges |= {(row.passage, row.passage) for row in rows if row.passage}
    values = ", ".join(f"({begin}, {end})" for begin, end in sorted(ranges))
    with connection.cursor() as cursor:
        cursor.execute(PASSAGES.format(words="words" if with_words else "''", ranges=values))
        return sorted(set(cursor.fetchall()))


class _Scale:
    """What the words of a query are worth in one passage."""

    def __init__(self, units: Sequence[Unit]) -> None:
        located = [branch for branch in branches(units, PASSAGE) if branch.is_located]
        self._branches = sorted(located, key=lambda branch: -branch.points)
        self.phrases = {branch.phrase for branch in located if branch.phrase}
        self._wanted = {token for branch in located for token in branch.wanted.tokens()}
        self._known: dict[frozenset[str], int] = {}

    def points(self, tokens: str, words: str) -> int:
        """Most passages have the same few of the wanted tokens, so that they are counted once."""
        present = frozenset(self._wanted.intersection(tokens.split()))
        present |= {phrase for phrase in self.phrases if f" {phrase} " in words}
        if present not in self._known:
            self._known[present] = self._counted(present)
        return self._known[present]

    def _counted(self, present: frozenset[str]) -> int:
        best: dict[int, int] = {}
        for branch in self._branches:
            is_there = not branch.phrase or branch.phrase in present
            if branch.word not in best and is_there and branch.wanted.holds(present):
                best[branch.word] = branch.points
        return sum(best.values())
