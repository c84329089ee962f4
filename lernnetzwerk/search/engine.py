"""The full-text index of the database: PostgreSQL's GIN on a tsvector, SQLite's FTS5. Both only tell which passages
contain which tokens; score, order, counts and snippets are computed the same way for both.

A token is a letter for its scope, its field and its level, followed by a form. A passage has the tokens of its own
words (`PASSAGE`), and again those that no earlier passage of its item has (`ITEM`). So a query for a token of an item
reads one row for each item, however many pages have the word, and this row tells the first of them.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from django.db import connection

# `heading` is the title of a page or of a chapter, `summary` also the names and the context of the item.
FIELDS = ("title", "summary", "heading", "text")
LEVELS = ("written", "stem", "part")
Letters = dict[tuple[str, str], str]
PASSAGE: Letters = dict(zip(product(FIELDS, LEVELS), "abcdefghijkl", strict=True))
ITEM: Letters = dict(zip(product(FIELDS, LEVELS), "mnopqrstuvwx", strict=True))
OF_ITEM = dict(zip(PASSAGE.values(), ITEM.values(), strict=True))
LOCATED = FIELDS[2:]  # what is found there has a place in the item at which it can be opened

VECTOR = """
ALTER TABLE search_passage ADD COLUMN vector tsvector
  GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED
"""
FTS = """
CREATE VIRTUAL TABLE search_fts
  USING fts5(tokens, content='search_passage', content_rowid='id', detail=none, tokenize='ascii')
"""
AFTER_INSERT = """
CREATE TRIGGER search_passage_insert AFTER INSERT ON search_passage BEGIN
  INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens);
END
"""
AFTER_DELETE = """
CREATE TRIGGER search_passage_delete AFTER DELETE ON search_passage BEGIN
  INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END
"""
AFTER_UPDATE = """
CREATE TRIGGER search_passage_update AFTER UPDATE OF id, tokens ON search_passage BEGIN
  INSERT INTO search_fts(search_fts, rowid, tokens) VALUES ('delete', old.id, old.tokens);
  INSERT INTO search_fts(rowid, tokens) VALUES (new.id, new.tokens);
END
"""
# Texts are stored aside, so that reading keys reads few blocks.
NARROW = "ALTER TABLE search_passage SET (toast_tuple_target = 128)"
CREATE = {
    "postgresql": (VECTOR, "CREATE INDEX search_passage_vector ON search_passage USING gin (vector)"),
    "sqlite": (FTS, AFTER_INSERT, AFTER_DELETE, AFTER_UPDATE),
}
DROP = {
    "postgresql": ("ALTER TABLE search_passage DROP COLUMN vector",),
    "sqlite": (
        "DROP TRIGGER search_passage_update",
        "DROP TRIGGER search_passage_delete",
        "DROP TRIGGER search_passage_insert",
        "DROP TABLE search_fts",
    ),
}
# For frequent words the planner prefers to read all rows, because it does not know that vectors are stored aside and
# compressed. Only a function can forbid this for one part of a statement.
MATCHING_FUNCTION = """
CREATE FUNCTION search_matching(wanted tsquery) RETURNS SETOF bigint
  LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
BEGIN
  RETURN QUERY SELECT id FROM search_passage WHERE vector @@ wanted;
END
$$
"""
# After many changes: one list for each token instead of several.
TIDY = {
    "postgresql": "SELECT gin_clean_pending_list('search_passage_vector')",
    "sqlite": "INSERT INTO search_fts(search_fts) VALUES ('optimize')",
}
# The key of a passage is that of its item, followed by PLACE_BITS for its number in it. So the key alone tells what has
# to be grouped, and the large rows of the passages need not be read.
PLACE_BITS = 20
# Points and number of a passage in one number, so that the maximum tells both; the earliest passage wins.
SCALE = 1 << PLACE_BITS
COLUMNS = (
    f"SELECT {{key}} >> {PLACE_BITS} AS item, {{word}} AS word, {{points}} AS points,"
    f" {{spot}} - ({{key}} & {{mask}}) AS spot"
)
KEY = {"postgresql": "p.id", "sqlite": "search_fts.rowid"}
MATCHING = {
    "postgresql": f"{COLUMNS} FROM search_matching(CAST(%s AS tsquery)) AS p(id) WHERE TRUE",
    "sqlite": f"{COLUMNS} FROM search_fts WHERE search_fts MATCH %s",
}
CONTAINING = " AND (SELECT words FROM search_passage WHERE id = {key}) LIKE %s"
OPERATORS = {
    "postgresql": {"any": "|", "all": "&", "not": "&!"},
    "sqlite": {"any": " OR ", "all": " AND ", "not": " NOT "},
}


@dataclass(frozen=True)
class Group:
    """A condition on the tokens of a passage: it needs any of the parts, or all of them."""

    operator: str
    parts: tuple["Group | str", ...]

    def __str__(self) -> str:
        """In the language of the database."""
        return f"({OPERATORS[connection.vendor][self.operator].join(map(str, self.parts))})"

    def tokens(self) -> Iterator[str]:
        """All tokens that it mentions."""
        for part in self.parts:
            yield from part.tokens() if isinstance(part, Group) else (part,)

    def holds(self, tokens: Collection[str]) -> bool:
        """Whether these tokens satisfy it."""
        each = (part.holds(tokens) if isinstance(part, Group) else part in tokens for part in self.parts)
        return any(each) if self.operator == "any" else all(each)


def any_of(parts: Iterable[Group | str]) -> Group:
    return Group("any", tuple(parts))


def all_of(parts: Iterable[Group | str]) -> Group:
    return Group("all", tuple(parts))


@dataclass(frozen=True)
class Branch:
    """Passages with the `wanted` tokens, and with `phrase` if there is one, are worth `points` for word `word`.

    `is_located`: the word has its place in the passage, not in the title or summary of the item. Passages with a token
    of `better` are left out, because another branch gives them more points for the same word.
    """

    word: int
    points: int
    wanted: Group
    is_located: bool = False
    phrase: str = ""
    better: tuple[str, ...] = ()


def union(branches: Iterable[Branch]) -> tuple[str, list[str]]:
    """SQL and its parameters for rows of item, word, points, spot.

    `spot` is the points of located words times SCALE, less the number of the passage; 0 for others.
    """
    statements, parameters = [], []
    for branch in branches:
        statement, several = passages(branch)
        statements.append(statement)
        parameters += several
    return " UNION ALL ".join(statements), parameters


def passages(branch: Branch) -> tuple[str, list[str]]:
    numbers = {"word": int(branch.word), "points": int(branch.points)}
    numbers |= {"spot": branch.points * SCALE, "mask": SCALE - 1} if branch.is_located else {"spot": 0, "mask": 0}
    statement = MATCHING[connection.vendor].format(key=KEY[connection.vendor], **numbers)
    if not branch.phrase:
        return statement, [_written(branch)]
    return statement + CONTAINING.format(key=KEY[connection.vendor]), [_written(branch), f"% {branch.phrase} %"]


def _written(branch: Branch) -> str:
    without = OPERATORS[connection.vendor]["not"]
    return f"{branch.wanted}{without}{any_of(branch.better)}" if branch.better else str(branch.wanted)


# The greater of several values; the days that `held_on` is after the day so many days before a given one; the year of
# `held_on`; the place of a given text in another.
GREATER = {"postgresql": "GREATEST", "sqlite": "MAX"}
RECENT = {
    "postgresql": "GREATEST(0, LEAST({0}, {0} - (CAST(%s AS date) - held_on)))",
    "sqlite": "MAX(0, MIN({0}, {0} - CAST(julianday(%s) - julianday(held_on) AS integer)))",
}
YEAR = {"postgresql": "to_char(held_on, 'YYYY')", "sqlite": "substr(held_on, 1, 4)"}
PLACE = {"postgresql": "strpos({0}, %s)", "sqlite": "instr({0}, %s)"}


def tidy() -> None:
    """Makes queries faster after many changes; seconds for 100,000 passages."""
    with connection.cursor() as cursor:
        cursor.execute(TIDY[connection.vendor])
