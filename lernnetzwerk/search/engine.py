"""The full-text index of the database: PostgreSQL's GIN on a tsvector, SQLite's FTS5. Both only tell which passages
contain which tokens; score, order, counts and snippets are computed the same way for both.

A token is a letter for its field and its level, and a form: `a` to `c` in the title, `d` to `f` in the summary, `g` to
`i` in the text; in each as written, as a stem, as part of a compound.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

FIELDS = ("title", "summary", "text")
LEVELS = ("written", "stem", "part")
LETTERS = {(name, level): "abcdefghi"[3 * i + j] for i, name in enumerate(FIELDS) for j, level in enumerate(LEVELS)}

# Each inner group is satisfied by any of its tokens, the expression by all of its groups.
Expression = tuple[tuple[str, ...], ...]

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
# The key of a passage is that of its item, followed by PLACE_BITS for its number in it. So the key alone tells what has
# to be grouped, and the large rows of the passages need not be read.
PLACE_BITS = 20
COLUMNS = (
    f"SELECT {{key}} >> {PLACE_BITS} AS item_id, {{key}} & {(1 << PLACE_BITS) - 1} AS place,"
    f" {{word}} AS word, {{points}} AS points,"
    f" CASE WHEN {{is_text}} = 1 OR {{key}} & {(1 << PLACE_BITS) - 1} > 0 THEN {{points}} ELSE 0 END AS spot"
)
KEY = {"postgresql": "p.id", "sqlite": "search_fts.rowid"}
MATCHING = {
    "postgresql": f"{COLUMNS} FROM search_passage p WHERE p.vector @@ CAST(%s AS tsquery)",
    "sqlite": f"{COLUMNS} FROM search_fts WHERE search_fts MATCH %s",
}
CONTAINING = {
    "postgresql": " AND p.words LIKE %s",
    "sqlite": " AND (SELECT words FROM search_passage WHERE id = search_fts.rowid) LIKE %s",
}
OPERATORS = {"postgresql": ("|", "&", "&!"), "sqlite": (" OR ", " AND ", " NOT ")}


@dataclass(frozen=True)
class Branch:
    """Passages that match `expression`, and contain `phrase` if there is one, are worth `points` for word `word`.

    `is_text`: the place that matches is the passage itself, not the title or summary of its item. Passages with a token
    of `better` are left out, because another branch gives them more points for the same word.
    """

    word: int
    points: int
    expression: Expression
    is_text: bool = False
    phrase: str = ""
    better: tuple[str, ...] = ()


def union(branches: Iterable[Branch]) -> tuple[str, list[str]]:
    """SQL and its parameters for rows of item_id, place, word, points, spot; place 0 is the item's own text."""
    statements, parameters = [], []
    for branch in branches:
        numbers = {"word": int(branch.word), "points": int(branch.points), "is_text": int(branch.is_text)}
        statement = MATCHING[connection.vendor].format(key=KEY[connection.vendor], **numbers)
        parameters.append(_written(branch))
        if branch.phrase:
            statement += CONTAINING[connection.vendor]
            parameters.append(f"% {branch.phrase} %")
        statements.append(statement)
    return " UNION ALL ".join(statements), parameters


def _written(branch: Branch) -> str:
    either, both, without = OPERATORS[connection.vendor]
    wanted = both.join(f"({either.join(group)})" for group in branch.expression)
    return f"{wanted}{without}({either.join(branch.better)})" if branch.better else wanted
