"""Asks the database which visible items have the searched words."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F

from lernnetzwerk.search.engine import FIELDS, LETTERS, LEVELS, PLACE_BITS, Branch, Expression, union
from lernnetzwerk.search.models import Item
from lernnetzwerk.search.query import Unit
from lernnetzwerk.search.ranking import points

EXCLUDED = -1
# Points and number of a passage in one number, so that the maximum tells both; the earliest passage wins.
SCALE = 1 << PLACE_BITS
FIELDS_READ = ("item", "kind", "object_id", "held_on", "series", "topics", "municipalities")
MATCHED = """
WITH hit AS (
  SELECT item_id, place, word, MAX(points) AS points, MAX(spot) AS spot
  FROM ({union}) AS raw GROUP BY item_id, place, word
), passage AS (
  SELECT item_id, place, SUM(spot) AS spot FROM hit WHERE word >= 0 GROUP BY item_id, place
), best AS (
  SELECT item_id, MAX(spot * {scale} - place) AS place, SUM(CASE WHEN spot > 0 THEN 1 ELSE 0 END) AS places
  FROM passage GROUP BY item_id
), each_word AS (
  SELECT item_id, word, MAX(points) AS points FROM hit GROUP BY item_id, word
), total AS (
  SELECT item_id, COUNT(*) AS units, SUM(points) AS points FROM each_word
  GROUP BY item_id HAVING MIN(word) >= 0
)
SELECT visible.*, CAST(total.units AS bigint), CAST(total.points AS bigint), CAST(best.place AS bigint), best.places
FROM ({visible}) AS visible JOIN total ON total.item_id = visible.item JOIN best ON best.item_id = visible.item
"""
MATCHED_WORDS = """
SELECT DISTINCT raw.word FROM ({union}) AS raw JOIN ({visible}) AS visible ON visible.item = raw.item_id
"""


class Row(NamedTuple):
    """A visible item with some of the searched words, as the database tells it: thousands for a frequent word.

    `best` has the points and the number of the passage with the most of them, `places` is how many passages have any.
    """

    item: int
    kind: str
    object_id: int
    held_on: date | str | None
    series: str
    topics: str
    municipalities: str
    units: int
    points: int
    best: int
    places: int

    @property
    def day(self) -> date | None:
        """SQLite's dates are texts."""
        return date.fromisoformat(self.held_on) if isinstance(self.held_on, str) else self.held_on

    @property
    def spot(self) -> int:
        """The points of the best passage."""
        return -(-self.best // SCALE)

    @property
    def passage(self) -> int | None:
        """The key of the best passage, None if no passage has any of the words."""
        return (self.item << PLACE_BITS) + self.spot * SCALE - self.best if self.spot > 0 else None

    @property
    def year(self) -> str:
        return str(self.held_on)[:4] if self.held_on else "ohne"


def matched(units: list[Unit], at: datetime) -> list[Row]:
    """Items with any unit that is not excluded, and none that is; one query."""
    branches = list(_branches(units))
    if not any(branch.word >= 0 for branch in branches):
        return []
    found, parameters = union(branches)
    visible, moments = _visible(at, *FIELDS_READ)
    statement = MATCHED.format(union=found, visible=visible, scale=SCALE)
    return list(map(Row._make, _all(statement, [*parameters, *moments])))


def matched_words(units: list[Unit], at: datetime) -> set[int]:
    """The places of the units that any visible item has; one query."""
    found, parameters = union(_branches(units))
    visible, moments = _visible(at, "item")
    statement = MATCHED_WORDS.format(union=found, visible=visible)
    return {word for (word,) in _all(statement, [*parameters, *moments])}


def _visible(at: datetime, *fields: str) -> tuple[str, tuple[Any, ...]]:
    """SQL for the items that are public at this moment, in the build that is read."""
    visible = Item.objects.published(at).filter(build__is_current=True)
    return visible.annotate(item=F("pk")).order_by().values_list(*fields).query.sql_with_params()


def _all(statement: str, parameters: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()


def _branches(units: list[Unit]) -> Iterator[Branch]:
    for place, unit in enumerate(units):
        word = EXCLUDED if unit.is_excluded else place
        for number, alternative in enumerate(unit.alternatives):
            if number >= len(unit.alternatives) - unit.divided:
                yield from _of_parts(word, alternative)
                continue
            is_synonym = number >= unit.typed
            for field in FIELDS:
                yield from _of_field(word, field, alternative, unit.phrase, is_synonym)


def _of_parts(word: int, atoms: tuple[tuple[str, str], ...]) -> Iterator[Branch]:
    """The parts of a searched compound, all in the title, in the summary, or anywhere; or a longer word."""
    level = "divided" if len(atoms) > 1 else "part"
    for field, places in (("title", FIELDS[:1]), ("summary", FIELDS[1:2]), ("text", FIELDS)):
        groups = (_groups(place, atoms, ("stem", "part")) for place in places)
        anywhere = tuple(tuple(chain(*several)) for several in zip(*groups, strict=True))
        yield Branch(word, points(field, level), anywhere, is_text=field == "text")


def _of_field(
    word: int, field: str, atoms: tuple[tuple[str, str], ...], phrase: str, is_synonym: bool
) -> Iterator[Branch]:
    """For each level; several atoms must all be in the field, each as written or with its stem."""
    is_text = field == "text"
    if phrase:
        yield Branch(word, points(field, "written"), _groups(field, atoms, ("written",)), is_text, phrase)
    elif len(atoms) > 1:
        levels = ("written", "stem")
        yield Branch(word, points(field, "written", is_synonym), _groups(field, atoms, levels), is_text)
    else:
        better: tuple[str, ...] = ()
        for level in LEVELS if word >= 0 else LEVELS[:2]:
            groups = _groups(field, atoms, (level,))
            yield Branch(word, points(field, level, is_synonym), groups, is_text, better=better)
            better += groups[0]


def _groups(field: str, atoms: tuple[tuple[str, str], ...], levels: Iterable[str]) -> Expression:
    """For each atom the tokens of which a passage needs one."""
    by_level = [[(level, form if level == "written" else stem) for level in levels] for form, stem in atoms]
    return tuple(tuple(LETTERS[field, level] + text for level, text in group) for group in by_level)
