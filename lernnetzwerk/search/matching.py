"""Asks the database which visible items have the searched words: what there is to choose, and the first of them.

One statement reads the rows of the full-text index, groups them by item, counts the choices of the filters, and returns
the hits of one page, so that Python handles these only.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Subquery
from django.utils import timezone

from lernnetzwerk.search.branches import EXCLUDED, TOGETHER, branches
from lernnetzwerk.search.engine import GREATER, PLACE_BITS, RECENT, SCALE, union
from lernnetzwerk.search.models import Item, current_build
from lernnetzwerk.search.query import Unit
from lernnetzwerk.search.ranking import RECENT_DAYS, fewest, score_in_sql
from lernnetzwerk.search.selection import Selection

FOUND = """
WITH each_word AS (
  SELECT item, {columns} FROM ({union}) AS hit GROUP BY item HAVING MIN(word) > {excluded}
), total AS (
  SELECT item, {units} AS units, {points} AS points, {spot} AS spot, {place} AS place FROM each_word
), found AS (
  SELECT total.item, units, points, spot, place, kind, object_id, held_on, facets, {score} AS score
  FROM total CROSS JOIN ({visible}) AS visible WHERE visible.item = total.item AND units > 0
)
"""
ENOUGH = "units >= CASE WHEN (SELECT MAX(units) FROM found) >= {fewest} THEN {fewest} ELSE 1 END"
MATCHED = """
{found}, combination AS (
  SELECT MIN(item) AS item, COUNT(*) AS number, MAX(units) AS units FROM found WHERE {enough} GROUP BY facets
), choice AS (
  SELECT i.facets, number, units, i.kind, i.held_on, i.series, i.topics, i.municipalities
  FROM combination CROSS JOIN search_item i WHERE i.id = combination.item
)
SELECT 0, 0, number, CAST(units AS bigint), 0, 0, kind, held_on, series, topics, municipalities FROM choice
UNION ALL
SELECT item, object_id, CAST(units AS bigint), CAST(points AS bigint), CAST(spot AS bigint), CAST(place AS bigint),
  kind, held_on, '', '', ''
FROM ({selected}) AS selected
"""
KEYS = "{found} SELECT object_id FROM found WHERE kind = %s AND units >= {fewest}"
WORDS = "SELECT {word} WHERE EXISTS (SELECT 1 FROM ({union}) AS hit JOIN ({visible}) AS visible USING (item))"


class Row(NamedTuple):
    """A visible item with some of the searched words. `place` has the number of the passage that shows most of them."""

    item: int
    object_id: int
    units: int
    points: int
    spot: int
    place: int
    kind: str
    held_on: date | str | None
    series: str = ""
    topics: str = ""
    municipalities: str = ""

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.object_id

    @property
    def day(self) -> date | None:
        """SQLite's dates are texts."""
        return date.fromisoformat(self.held_on) if isinstance(self.held_on, str) else self.held_on

    @property
    def passage(self) -> int | None:
        """The key of the passage, None if the words are in the title or the summary only."""
        return (self.item << PLACE_BITS) + -self.place % SCALE if self.place > 0 else None


class Combination(NamedTuple):
    """How many of the found items have these facets; `units` is the largest number of words that one of them has."""

    number: int
    units: int
    kind: str
    year: str
    series: str
    topics: str
    municipalities: str


def matched(units: Sequence[Unit], at: datetime, selection: Selection) -> tuple[list[Combination], list[Row]]:
    """The combinations of facets of all items with enough of the words, and the selected ones; one query."""
    parts, parameters = _found(units, at, selection.named)
    if not parts:
        return [], []
    enough = ENOUGH.format(**parts) if parts["fewest"] > 1 else "units > 0"
    selected, chosen = selection.statement(enough)
    statement = MATCHED.format(found=FOUND.format(**parts), enough=enough, selected=selected)
    rows = _all(statement, [*parameters, *chosen])
    return [_combination(row) for row in rows if not row[0]], [Row._make(row) for row in rows if row[0]]


def matched_keys(units: Sequence[Unit], kind: str, at: datetime) -> set[int]:
    """The keys of all rows of one kind with enough of the words, none with fewer; one query."""
    parts, parameters = _found(units, at, {})
    if not parts:
        return set()
    statement = KEYS.format(found=FOUND.format(**parts), fewest=parts["fewest"])
    return {key for (key,) in _all(statement, [*parameters, kind])}


def matched_words(units: Sequence[Unit], at: datetime) -> set[int]:
    """The places of the units that any visible item has; one query."""
    visible, moments = _visible(at, "item")
    statements, parameters = [], []
    for place, unit in enumerate(units):
        found, several = union(branches([unit]))
        statements.append(WORDS.format(word=place, union=found, visible=visible))
        parameters += [*several, *moments]
    return {word for (word,) in _all(" UNION ALL ".join(statements), parameters)}


def _found(units: Sequence[Unit], at: datetime, named: Mapping[int, int]) -> tuple[dict[str, Any], list[Any]]:
    """The parts of FOUND and their parameters; none if there is no word to search."""
    places = [place for place, unit in enumerate(units) if not unit.is_excluded]
    if not places:
        return {}, []
    found, parameters = union(branches(units))
    visible, moments = _visible(at, "item", "kind", "object_id", "held_on", "facets")
    parts = {"union": found, "visible": visible, "excluded": EXCLUDED, "fewest": fewest(len(places)), **_sums(places)}
    parts["score"] = score_in_sql(RECENT[connection.vendor].format(RECENT_DAYS), named)
    return parts, [*parameters, timezone.localdate(at).isoformat(), *moments]


def _sums(places: list[int]) -> dict[str, str]:
    """SQL for what all words are worth together, from what each is worth at most."""
    columns = [
        f"MAX(CASE WHEN word = {place} THEN {name} ELSE 0 END) AS {name}_{place}"
        for place in (*places, TOGETHER)
        for name in ("points", "spot")
    ]
    spots = [f"((spot_{place} + {SCALE - 1}) >> {PLACE_BITS})" for place in places]
    best = _greatest([f"spot_{place}" for place in places])
    return {
        "columns": ", ".join(columns),
        "units": " + ".join(f"CASE WHEN points_{place} > 0 THEN 1 ELSE 0 END" for place in places),
        "points": " + ".join(f"points_{place}" for place in places),
        "spot": f"CASE WHEN spot_{TOGETHER} > 0 THEN {' + '.join(spots)} ELSE {_greatest(spots)} END",
        "place": f"CASE WHEN spot_{TOGETHER} > 0 THEN spot_{TOGETHER} ELSE {best} END",
    }


def _greatest(values: list[str]) -> str:
    return f"{GREATER[connection.vendor]}({', '.join(values)})" if len(values) > 1 else values[0]


def _combination(row: tuple) -> Combination:
    _item, _key, number, units, _spot, _place, kind, held_on, series, topics, municipalities = row
    year = str(held_on)[:4] if held_on else "ohne"
    return Combination(number, units, kind, year, series, topics, municipalities)


def _visible(at: datetime, *fields: str) -> tuple[str, tuple[Any, ...]]:
    """SQL for the items that are public at this moment, in the build that is read."""
    visible = Item.objects.published(at).filter(build=Subquery(current_build().values("pk")))
    return visible.annotate(item=F("pk")).order_by().values_list(*fields).query.sql_with_params()


def _all(statement: str, parameters: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
