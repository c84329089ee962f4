"""The nearest known words for mistyped ones, asked only when nothing was found.

A word is offered only if a visible item has it: the known words of a build may have become hidden since.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from lernnetzwerk.search.matching import matched_words
from lernnetzwerk.search.models import Build, KnownWord
from lernnetzwerk.search.query import Unit, units
from lernnetzwerk.search.words import form

SHORTEST = 4
LONG = 7  # letters from which two mistakes are forgiven
OFFERED = 4  # candidates for each word


@dataclass(frozen=True)
class Known:
    form: str
    shown: str
    number: int
    letters: int  # one bit for each letter


def corrected(searched: list[Unit], at: datetime) -> str:
    """The query with its mistyped words replaced; empty if there is nothing better. Three queries."""
    build = Build.objects.filter(is_current=True).first()
    if build is None or any(unit.phrase for unit in searched):
        return ""
    candidates = [_nearest(unit.raw, build) for unit in searched]
    offered = [known for several in candidates for known in several]
    if not offered:
        return ""
    asked = [unit for known in offered for unit in units(known.form)[:1]]
    public = {offered[place].form for place in matched_words(asked, at)}
    found = [next((known for known in several if known.form in public), None) for several in candidates]
    words = [_word(unit, better) for unit, better in zip(searched, found, strict=True)]
    return " ".join(words) if any(found) else ""


def _word(unit: Unit, better: Known | None) -> str:
    return ("-" if unit.is_excluded else "") + (better.shown if better else unit.raw)


def _nearest(raw: str, build: Build) -> list[Known]:
    """Known words one or two mistakes away, the nearest and most frequent first; none for a known word."""
    word = form(raw)
    known = _known(build.pk, build.started_at)
    if len(word) < SHORTEST or not word.isalpha() or any(one.form == word for one in known):
        return []
    most = 2 if len(word) >= LONG else 1
    found = [(distance, one) for one in _similar(word, known, most) if (distance := _distance(word, one.form, most))]
    found.sort(key=lambda pair: (pair[0], -pair[1].number, pair[1].form))
    return [one for _distance_, one in found[:OFFERED]]


def _similar(word: str, known: tuple[Known, ...], most: int) -> Iterator[Known]:
    """Words whose letters differ by as many as mistakes can explain: cheap for a hundred thousand of them."""
    letters, length = _letters(word), len(word)
    for one in known:
        if abs(len(one.form) - length) <= most and (one.letters ^ letters).bit_count() <= 2 * most:
            yield one


@lru_cache(maxsize=2)
def _known(build: int, _started_at: datetime) -> tuple[Known, ...]:
    rows = KnownWord.objects.filter(build=build).values_list("form", "shown", "number")
    return tuple(Known(word, shown, number, _letters(word)) for word, shown, number in rows)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 32)
    return bits


def _distance(one: str, other: str, most: int) -> int:
    """Missing, additional, wrong and exchanged letters (Damerau–Levenshtein); 0 if more than `most`."""
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for place, letter in enumerate(one, start=1):
        last, before, row = before, row, [place]
        for column, sign in enumerate(other, start=1):
            cost = min(before[column] + 1, row[-1] + 1, before[column - 1] + (letter != sign))
            if place > 1 and column > 1 and letter == other[column - 2] and one[place - 2] == sign:
                cost = min(cost, last[column - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return 0
    return row[-1] if row[-1] <= most else 0
