"""The tokens and words that the index stores of one passage."""

from collections.abc import Iterable, Mapping

from lernnetzwerk.search.analyser import cleaned, tokens
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.engine import LETTERS, LEVELS

MOST = 15_000  # tokens of one passage: a tsvector holds less than a megabyte
SEPARATOR = "0"  # between the words of two fields, so that no phrase reaches from one to the other


def analysed(fields: Mapping[str, str], vocabulary: Vocabulary) -> tuple[str, str]:
    """The stored tokens and words of a passage; `fields` are those of lernnetzwerk.search.engine."""
    found: dict[str, None] = {}
    words: list[str] = []
    for name, text in fields.items():
        for token in tokens(cleaned(text), vocabulary):
            for level, forms in zip(LEVELS, (token.written, token.stems, token.parts), strict=True):
                _add(found, LETTERS[name, level], forms)
            words.append(token.written[0])
        words.append(SEPARATOR)
    return " ".join(list(found)[:MOST]), f" {' '.join(words)} "


def _add(found: dict[str, None], letter: str, forms: Iterable[str]) -> None:
    for form in forms:
        found[letter + form] = None
