"""Asks the database which visible items have the searched words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F

from lernnetzwerk.search.engine import FIELDS, LETTERS, LEVELS, Branch, Expression, union
from lernnetzwerk.search.models import Item
from lernnetzwerk.search.query import Unit
from lernnetzwerk.search.ranking import points

EXCLUDED = -1
# Points and key of a passage in one number, so that the maximum tells both; the earliest passage wins.
SCALE = 1_000_000_000_000
FIELDS_READ = ("item", "kind", "object_id", "held_on", "series", "topics", "municipalities")
MATCHED = """
WITH hit AS (
  SELECT item_id, passage_id, word, MAX(points) AS points, MAX(spot) AS spot
  FROM ({union}) AS raw GROUP BY item_id, passage_id, word
), passage AS (
  SELECT item_id, passage_id, SUM(spot) AS spot FROM hit WHERE word >= 0 GROUP BY item_id, passage_id
), best AS (
  SELECT item_id, MAX(spot * {scale} - passage_id) AS place, SUM(CASE WHEN spot > 0 THEN 1 ELSE 0 END) AS places
  FROM passage GROUP BY item_id
), each_word AS (
  SELECT item_id, word, MAX(points) AS points FROM hit GROUP BY item_id, word
), total AS (
  SELECT item_id, COUNT(*) AS units, SUM(points) AS points FROM each_word
  GROUP BY item_id HAVING MIN(word) >= 0
)
SELECT visible.*, total.units, total.points, best.place, best.places
FROM ({visible}) AS visible JOIN total ON total.item_id = visible.item JOIN best ON best.item_id = visible.item
"""
MATCHED_WORDS = """
SELECT DISTINCT raw.word FROM ({union}) AS raw JOIN ({visible}) AS visible ON visible.item = raw.item_id
"""


@dataclass(frozen=True)
class Row:
    """A visible item with some of the searched words. `passage` is the best one, None if no passage has any."""

    item: int
    kind: str
    object_id: int
    held_on: date | None
    series: str
    topics: str
    municipalities: str
    units: int
    points: int
    spot: int
    passage: int | None
    places: int

    @property
    def year(self) -> str:
        return str(self.held_on.year) if self.held_on else "ohne"


def matched(units: list[Unit], at: datetime) -> list[Row]:
    """Items with any unit that is not excluded, and none that is; one query."""
    branches = list(_branches(units))
    if not any(branch.word >= 0 for branch in branches):
        return []
    found, parameters = union(branches)
    visible, moments = _visible(at, *FIELDS_READ)
    statement = MATCHED.format(union=found, visible=visible, scale=SCALE)
    return [_row(*values) for values in _all(statement, [*parameters, *moments])]


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


def _row(
    item: int,
    kind: str,
    object_id: int,
    held_on: date | str | None,
    series: str,
    topics: str,
    municipalities: str,
    units: int,
    number: int,
    place: int,
    places: int,
) -> Row:
    """From the columns of MATCHED; SQLite's dates are texts, PostgreSQL's sums are decimals."""
    spot = -(-int(place) // SCALE)
    passage = spot * SCALE - int(place) if spot > 0 else None
    day = date.fromisoformat(held_on) if isinstance(held_on, str) else held_on
    facets = (series, topics, municipalities)
    return Row(item, kind, object_id, day, *facets, int(units), int(number), spot, passage, int(places))


def _branches(units: list[Unit]) -> Iterator[Branch]:
    for place, unit in enumerate(units):
        word = EXCLUDED if unit.is_excluded else place
        for number, alternative in enumerate(unit.alternatives):
            is_synonym = number >= unit.typed
            for field in FIELDS:
                yield from _of_field(word, field, alternative, unit.phrase, is_synonym)


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
