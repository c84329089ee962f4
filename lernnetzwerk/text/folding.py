"""The one folding of names and titles: for searches, suggestions, matching, slugs and file names.

`transliterate` keeps a text readable in Latin letters. `fold` makes spellings equal that people type for the same name:
`Ährenfeld`, `AEHRENFELD` and `Ahrenfeld`, `Yıldırım` and `Yildirim`, composed and decomposed Unicode (NFKC), a letter
and its transliteration by anyascii. It needs no database, so all databases search alike.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii

from lernnetzwerk.formats.combining import normalized

LONGEST_QUERY = 100
MOST_WORDS = 10
GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
ALEF = dict.fromkeys("اأإآٱ", "a")  # anyascii omits it: أحمد would become hmd
TRANSLITERATED = {**GERMAN, **ALEF}
TATWEEL = "\u0640"  # an Arabic letter that only stretches others
APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʼʻ`´"))
WRITTEN_OUT = re.compile(r"(?<=[aou])e+")
WORD = re.compile(r"[^\W_]+")

# The spellings of one searched word; each of them finds it.
Spellings = tuple[str, ...]


def transliterate(text: str) -> str:
    """Letters and digits of all scripts in Latin ones, umlauts written out: `Müller Иванова` is `Mueller Ivanova`.

    Other signs stay; invisible format characters and single accents are removed.
    """
    return _in_latin(normalized("NFC", text))


def fold(text: str) -> str:
    """Lower-case words separated by one space, in which ä, ae and a are equal, as are ö, oe and o, and ü, ue and u."""
    return _shortened(written_out(text))


def written_out(text: str) -> str:
    """As `fold`, but with umlauts written out: `mueller luedenscheid`."""
    plain = normalized("NFKC", text.translate(APOSTROPHES))
    return " ".join(WORD.findall(_in_latin(plain).casefold()))


def stored_form(texts: Iterable[str]) -> str:
    """What a column contains to be found: all words folded, then those that are written out differently."""
    words = written_out(" ".join(texts)).split()
    longer = [word for word in dict.fromkeys(words) if _shortened(word) != word]
    return " ".join([*map(_shortened, words), *longer])


def search_words(query: str) -> list[Spellings]:
    """The words of a query, ten of its first 100 characters; a row must contain all of them, each in any spelling."""
    words = dict.fromkeys(written_out(query[:LONGEST_QUERY]).split())
    return [tuple(dict.fromkeys([_shortened(word), word])) for word in list(words)[:MOST_WORDS]]


def contains(stored: str, words: Iterable[Spellings]) -> bool:
    """Whether a stored form contains all the words."""
    return all(any(spelling in stored for spelling in spellings) for spellings in words)


def rank(name: str, query: str) -> int:
    """0 if the name is what was typed, 1 if it begins so, 2 if one of its words does, else 3."""
    name, query = fold(name), fold(query)
    if name == query:
        return 0
    return 1 if name.startswith(query) else 2 if f" {query}" in name else 3


def _in_latin(composed: str) -> str:
    return "".join(map(_latin, composed))


@lru_cache(maxsize=4096)
def _latin(char: str) -> str:
    category = unicodedata.category(char)
    if unicodedata.combining(char) or category == "Cf" or char == TATWEEL:
        return ""
    if char.isascii() or category[0] not in "LMN":
        return char
    latin = TRANSLITERATED.get(char) or anyascii(char)
    return "".join(filter(str.isalnum, latin)) if latin else char


def _shortened(word: str) -> str:
    return WRITTEN_OUT.sub("", word)
