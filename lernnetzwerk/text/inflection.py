"""The words of an editor's query in any inflection and for any gender, as parts of folded words.

A stem finds inflected words and the compounds that contain them: `Ketten` finds `Präventionsketten`.
"""

import re
import threading

import Stemmer

from lernnetzwerk.text.folding import LONGEST_QUERY, Spellings, fold, search_words

SHORTEST_STEM = 4  # letters; shorter ones are part of too many words
GENDER_ENDING = re.compile(r"(?<=[^\W\d_]{2})(?:(?:[:*_·•]|/-?|\(-?)(?:innen|in)\b\)?|Innen\b)")

_local = threading.local()


def inflected_words(query: str) -> list[Spellings]:
    """As `search_words`; each word also in its stem, and feminine plurals without their ending."""
    words = search_words(GENDER_ENDING.sub("", query[:LONGEST_QUERY]))
    return [tuple(dict.fromkeys([*spellings, *_stems(spellings[-1])])) for spellings in words]


def _stems(word: str) -> list[str]:
    stem = fold(word.removesuffix("innen") if word.endswith("innen") else _stemmer().stemWord(word))
    return [stem] if len(stem) >= SHORTEST_STEM else []


def _stemmer() -> Stemmer.Stemmer:
    """One for each thread, because it is not thread-safe."""
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("german", 0)
    return _local.stemmer
