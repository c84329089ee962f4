"""The forms of one word: how it is written, its stem, and the end of a suspended compound."""

import re
import threading
from functools import lru_cache

import Stemmer

from lernnetzwerk.formats.combining import normalized
from lernnetzwerk.text.folding import fold, written_out

LONGEST = 60  # characters of a word; what is longer is no word
ALPHANUMERIC = re.compile(r"[a-z0-9]+")
# Words that say nothing about a subject; a query of nothing else keeps them.
STOP_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        aber als am an auch auf aus bei beim bin bis da das dass dem den der des die dies doch durch ein eine einem
        einen  einer eines er es fuer gibt hat haben hinter ich ihr ihre im in ins ist ja kann man mein mit nach nicht
        noch nun  ob oder ohne schon sich sie sind so sowie ueber um und uns unter vom von vor war warum was welche
        welcher welches  wenn wer werden wie wird wir wo zu zum zur
        """,
    )
)

_local = threading.local()


def is_stop_word(word: str) -> bool:
    return written_out(word) in STOP_WORDS


@lru_cache(maxsize=100_000)
def form(word: str) -> str:
    """The word as it is compared: `Lünen`, `Luenen` are `lunen`; with digits umlauts stay (`Ü25` is not `U25`)."""
    is_code = any(map(str.isdigit, word))
    return _ascii(written_out(word) if is_code else fold(word))


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The folded Snowball stem: `Jobcentern` and `Jobcenter` are `jobcent`, `Häuser` and `Haus` are `haus`."""
    if not word.isalpha() or len(word) > LONGEST:
        return form(word)
    plain = normalized("NFKC", word).casefold()
    return form(_stemmer().stemWord(plain)) or form(word)


def _stemmer() -> Stemmer.Stemmer:
    """One for each thread, because it is not thread-safe."""
    if not hasattr(_local, "stemmer"):
        _local.stemmer = Stemmer.Stemmer("german", 0)  # it caches nothing: `stem` does
    return _local.stemmer


def _ascii(folded: str) -> str:
    """Letters without a Latin transliteration as their code points, so that both databases store the same."""
    joined = folded.replace(" ", "")[:LONGEST]
    if ALPHANUMERIC.fullmatch(joined):
        return joined
    return "".join(sign if sign.isascii() else f"x{ord(sign):x}" for sign in joined)
