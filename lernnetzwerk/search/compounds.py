"""Splits German compounds at words that the portal's own texts also use alone."""

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property, lru_cache

from lernnetzwerk.search.words import LONGEST, stem

# Between the parts: Arbeit|s|verwaltung, Kind|er|garten, Kette|n|glied, Kind|es|wohl.
LINKS = ("", "s", "n", "en", "er", "es", "e", "ens", "ns")
SHORTEST = 4
SHORT = frozenset({"amt", "rat", "hof", "tag"})  # shorter words that end compounds
# A known word at the edge is enough if it is long, and what remains is no mere ending.
SHORTEST_BEGIN, SHORTEST_END, SHORTEST_REST = 6, 5, 4
ENDINGS = (
    "lich", "keit", "heit", "losig", "los", "isch", "bar", "sam", "haft", "schaft", "ung", "end", "ig", "chen", "lein",
    "voll", "innen", "nis", "tum", "ling", "erin", "ern", "ter", "ten", "test",
)  # fmt: skip
MOST_LONGER = 4
VOWELS = frozenset("aeiouy")
REMEMBERED = 100_000  # words: more than a large portal has, some 20 MB


class Vocabulary:
    """Words in folded form that occur alone; it never changes, so that one index is made with one vocabulary.

    `frequent` are those of which enough is found without their parts.
    """

    def __init__(self, words: Iterable[str] = (), frequent: Iterable[str] = ()) -> None:
        self.words = frozenset(word for word in words if len(word) >= 3)
        self.frequent = frozenset(frequent)
        self.stems = frozenset(map(stem, self.words))
        self.begins_of_stems = frozenset(known[:3] for known in self.stems)
        self.divisions = lru_cache(maxsize=REMEMBERED)(self._divisions)
        self.is_whole = lru_cache(maxsize=REMEMBERED)(self._is_whole)
        self.parts = lru_cache(maxsize=REMEMBERED)(self._parts)

    def _parts(self, word: str) -> tuple[str, ...]:
        """The stems of the parts of a word in folded form, and of their parts; empty if it is no compound."""
        found: dict[str, None] = {}
        for division, _place in self.divisions(word):
            for side in division.split("|"):
                if known := self._stem_of(side) or (stem(side) if self.is_whole(side) else ""):
                    found[known] = None
                if len(side) >= 2 * SHORTEST:
                    found.update(dict.fromkeys(self.parts(side)))
        return tuple(found)

    def pairs(self, word: str) -> list[tuple[str, str]]:
        """The stems of both parts of a compound, for each division at which both are known; none of a frequent word."""
        if word in self.frequent:
            return []
        sides = (division.split("|") for division, _place in self.divisions(word))
        return [(stem(begin), stem(end)) for begin, end in sides if self._stem_of(begin) and self._is_end(end)]

    def longer(self, word: str) -> list[str]:
        """Some known words that begin or end with an unknown one: `kinderarmutsquote` for `armutsquote`."""
        if len(word) < SHORTEST_BEGIN or word in self.words:
            return []
        return [*_beginning(self.forwards, word), *(one[::-1] for one in _beginning(self.backwards, word[::-1]))]

    @cached_property
    def forwards(self) -> list[str]:
        return sorted(self.words)

    @cached_property
    def backwards(self) -> list[str]:
        return sorted(word[::-1] for word in self.words)

    def heads(self, word: str) -> list[str]:
        """The ends of a compound that are words: `verwaltung` of `sozialverwaltung`."""
        return [word[place:] for _begin, place in self.divisions(word)]

    def begins(self, word: str) -> list[str]:
        """Its beginnings with their linking elements: `kinder` of `kinderarmut`."""
        return [word[:place] for _begin, place in self.divisions(word)]

    def _divisions(self, word: str) -> tuple[tuple[str, int], ...]:
        """`begin|end` without the linking element, and the place where the end begins."""
        if len(word) > LONGEST or not word.isalpha():
            return ()
        whole, edges = [], []
        for place in range(3, len(word) - 2):
            end = word[place:]
            begin = self._begin(word[:place])
            knows_end = self._is_end(end)
            if begin and knows_end:
                whole.append((f"{begin}|{end}", place))
            elif (begin and len(begin) >= SHORTEST_BEGIN and _is_rest(end)) or (
                knows_end and len(end) >= SHORTEST_END and len(word) - len(end) >= SHORTEST_REST
            ):
                edges.append((f"{begin or word[:place]}|{end}", place))
        return tuple(whole or edges)

    def _begin(self, text: str) -> str:
        """The known word that `text` is, with or without a linking element; empty if there is none."""
        for link in LINKS:
            word = text.removesuffix(link) if link else text
            if (not link or text.endswith(link)) and len(word) >= SHORTEST and self._stem_of(word):
                return word
        return ""

    def _is_end(self, text: str) -> bool:
        is_known = (len(text) >= SHORTEST or text in SHORT) and bool(self._stem_of(text))
        return is_known or self.is_whole(text)

    def _is_whole(self, text: str) -> bool:
        """Whether it consists of known words only: `sozialarbeit`."""
        places = range(SHORTEST, len(text) - 2)
        return any(self._begin(text[:place]) and self._is_end(text[place:]) for place in places)

    def _stem_of(self, text: str) -> str:
        """The stem under which the vocabulary has `text`; `schul` is that of Schule."""
        if text[:3] not in self.begins_of_stems:
            return ""  # most texts: without computing their stems
        if (found := stem(text)) in self.stems:
            return found
        return text if len(text) >= SHORTEST and text in self.stems else ""


def _beginning(ordered: list[str], begin: str) -> list[str]:
    place = bisect_left(ordered, begin)
    return [word for word in ordered[place : place + MOST_LONGER] if word.startswith(begin)]


def _is_rest(text: str) -> bool:
    return len(text) >= SHORTEST_REST and not text.startswith(ENDINGS) and not VOWELS.isdisjoint(text)


NOTHING_KNOWN = Vocabulary()
