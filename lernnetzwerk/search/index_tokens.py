"""The tokens and words that the index stores of one passage."""

from collections.abc import Iterable, Iterator, Mapping

from lernnetzwerk.search.analyser import cleaned, tokens
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.engine import LEVELS, OF_ITEM, PASSAGE

MOST = 15_000  # different tokens of one passage
LONGEST = 400_000  # characters of them: a tsvector holds less than a megabyte, and has each token twice
SEPARATOR = "0"  # between the words of two fields, so that no phrase reaches from one to the other


def analysed(fields: Mapping[str, str], vocabulary: Vocabulary, before: set[str] | None = None) -> tuple[str, str]:
    """The stored tokens and words of a passage; `fields` are those of lernnetzwerk.search.engine.

    `before` has the tokens of the earlier passages of the same item, and gets those of this one.
    """
    found: dict[str, None] = {}
    words: list[str] = []
    for name, text in fields.items():
        letters = [PASSAGE[name, level] for level in LEVELS]
        for token in tokens(cleaned(text), vocabulary):
            for letter, forms in zip(letters, (token.written, token.stems, token.parts), strict=True):
                for form in forms:
                    found[letter + form] = None
            words.append(token.written[0])
        words.append(SEPARATOR)
    stored = list(_stored(found))
    new = set(stored).difference(before or ())
    if before is not None:
        before |= new
    return " ".join([*stored, *(OF_ITEM[one[0]] + one[1:] for one in stored if one in new)]), f" {' '.join(words)} "


def _stored(found: Iterable[str]) -> Iterator[str]:
    length = 0
    for number, token in enumerate(found):
        length += len(token)
        if number == MOST or length > LONGEST:
            return
        yield token
