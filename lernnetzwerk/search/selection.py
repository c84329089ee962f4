"""Which of the found items a search returns: one page of them, or the first ones of each kind."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db import connection

from lernnetzwerk.search.engine import PLACE, YEAR

PAGE = "SELECT * FROM found WHERE {condition} ORDER BY {order} LIMIT {number} OFFSET {skipped}"
OF_EACH_KIND = """
SELECT * FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY kind ORDER BY {order}) AS number FROM found WHERE {condition}
) AS numbered WHERE number <= {number}
"""
AMONG = " AND facets IN (SELECT facets FROM choice WHERE {conditions})"
CHOSEN = "({condition} OR NOT EXISTS (SELECT 1 FROM choice WHERE {condition}))"
LINES = {"series": "series", "topic": "topics", "municipality": "municipalities"}


@dataclass(frozen=True)
class Selection:
    """`number` items after the `skipped` first ones, or so many of each kind: the best or, if `is_by_date`, the latest.

    `chosen` are values of facets; one that none of the found items has is ignored. `named` maps items to the points for
    being named by the query. Kinds of `first_kinds` stand before all others.
    """

    number: int
    skipped: int = 0
    is_of_each_kind: bool = False
    is_by_date: bool = False
    chosen: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[int, int] = field(default_factory=dict)
    first_kinds: Collection[str] = ()

    def statement(self, enough: str) -> tuple[str, list[str]]:
        """SQL on `found` and `choice` of lernnetzwerk.search.matching, and its parameters."""
        condition, parameters = self._chosen()
        statement = OF_EACH_KIND if self.is_of_each_kind else PAGE
        words = {"condition": f"{enough}{condition}", "order": self._order(), "skipped": self.skipped}
        return statement.format(**words, number=self.number), parameters

    def _order(self) -> str:
        kinds = ", ".join(f"'{kind}'" for kind in self.first_kinds)
        first = f"CASE WHEN kind IN ({kinds}) THEN 0 ELSE 1 END, " if kinds else ""
        return f"{first}{'held_on DESC NULLS LAST, ' if self.is_by_date else ''}score DESC, kind, object_id"

    def _chosen(self) -> tuple[str, list[str]]:
        conditions, parameters = [], []
        for name, value in self.chosen.items():
            condition, wanted = _has(name, value)
            conditions.append(CHOSEN.format(condition=condition))
            parameters += [*wanted, *wanted]
        if not conditions:
            return "", []
        return AMONG.format(conditions=" AND ".join(conditions)), parameters


def _has(name: str, value: str) -> tuple[str, list[str]]:
    if name == "kind":
        return "kind = %s", [value]
    if name == "year":
        return f"COALESCE({YEAR[connection.vendor]}, 'ohne') = %s", [value]
    return f"{PLACE[connection.vendor].format(f'%s || {LINES[name]}')} > 0", ["\n", f"\n{value}\t"]
