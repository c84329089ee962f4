"""The tokens and words that the index stores of the passages of one item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from lernnetzwerk.search.analyser import cleaned, tokens
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.engine import FIELDS, LEVELS, OF_ITEM, PASSAGE

MOST = 15_000  # different tokens of one passage
LONGEST = 400_000  # characters of them: a tsvector holds less than a megabyte, and has each token twice
SEPARATOR = "0"  # between the words of two fields, so that no phrase reaches from one to the other
STEM_OF = {PASSAGE[name, "part"]: PASSAGE[name, "stem"] for name in FIELDS}


def analysed(fields: Mapping[str, str], vocabulary: Vocabulary) -> tuple[list[str], str]:
    """The tokens and the words of one passage; `fields` are those of lernnetzwerk.search.engine."""
    found: dict[str, None] = {}
    words: list[str] = []
    for name, text in fields.items():
        if not text:
            continue
        letters = [PASSAGE[name, level] for level in LEVELS]
        for token in tokens(cleaned(text), vocabulary):
            for letter, forms in zip(letters, (token.written, token.stems, token.parts), strict=True):
                for form in forms:
                    found[letter + form] = None
            words.append(token.written[0])
        words.append(SEPARATOR)
    return list(_stored(found)), f" {' '.join(words)} "


def stored_tokens(passages: Sequence[Sequence[str]]) -> Iterator[str]:
    """What each passage of an item stores: its own tokens, then as those of the item what no earlier passage has.

    A part of a compound that also stands alone in the same field, and is worth more there, is no token of its own.
    """
    before: set[str] = set()
    all_own = {token for several in passages for token in several}
    for several in passages:
        own = set(several)
        here = [token for token in several if _better(token) not in own]
        new = [token for token in here if token not in before and _better(token) not in all_own]
        before.update(new)
        yield " ".join([*here, *(OF_ITEM[token[0]] + token[1:] for token in new)])


def _better(token: str) -> str:
    """The token of a stem that makes one of a part needless, empty for others."""
    return STEM_OF[token[0]] + token[1:] if token[0] in STEM_OF else ""


def _stored(found: Iterable[str]) -> Iterator[str]:
    length = 0
    for number, token in enumerate(found):
        length += len(token)
        if number == MOST or length > LONGEST:
            return
        yield token
