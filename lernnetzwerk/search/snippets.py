"""The part of a text that shows what was found, with the found words marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from lernnetzwerk.search.analyser import Token, tokens
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.query import Unit

LENGTH = 240  # characters
BEFORE = 60
READ = 20_000  # characters of a passage in which it looks
MOST_WINDOWS = 200


@dataclass(frozen=True)
class Part:
    """A piece of a text; `is_found` if it is a found word."""

    text: str
    is_found: bool = False


@dataclass(frozen=True)
class Wanted:
    """The forms and stems of all searched words, and the vocabulary that splits compounds."""

    written: frozenset[str]
    stems: frozenset[str]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, units: Iterable[Unit], vocabulary: Vocabulary) -> "Wanted":
        atoms = [atom for unit in units if not unit.is_excluded for one in unit.alternatives for atom in one]
        return cls(frozenset(form for form, _stem in atoms), frozenset(stem for _form, stem in atoms), vocabulary)

    def found(self, token: Token) -> str:
        """The searched form or stem that this word is; empty for other words."""
        for wanted, forms in ((self.written, token.written), (self.stems, token.stems), (self.stems, token.parts)):
            for form in forms:
                if form in wanted:
                    return form
        return ""


def marked(text: str, wanted: Wanted) -> list[Part]:
    """The whole text with its found words."""
    return _parts(text, 0, len(text), [token for token in tokens(text, wanted.vocabulary) if wanted.found(token)])


def snippet(text: str, wanted: Wanted) -> list[Part]:
    """The part of a text with the most of the searched words; empty without any."""
    text = text[:READ].strip()
    found = [(token, word) for token in tokens(text, wanted.vocabulary) if (word := wanted.found(token))]
    if not found:
        return []
    first = max(range(min(len(found), MOST_WINDOWS)), key=lambda place: (_words_from(found, place), -place))
    begin = _word_begin(text, max(0, found[first][0].begin - BEFORE))
    end = _word_end(text, begin + LENGTH)
    parts = _parts(text, begin, end, [token for token, _word in found if begin <= token.begin and token.end <= end])
    return [*([Part("… ")] if begin else []), *parts, *([Part(" …")] if end < len(text) else [])]


def _words_from(found: list[tuple[Token, str]], place: int) -> int:
    """How many different words stand within the window that begins here."""
    limit = found[place][0].begin + LENGTH - BEFORE
    words = set()
    for token, word in found[place:]:
        if token.end > limit:
            break
        words.add(word)
    return len(words)


def _word_begin(text: str, place: int) -> int:
    space = text.find(" ", place, place + BEFORE) if place else -1
    return space + 1 if space >= 0 else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", place - BEFORE, place)
    return space if space >= 0 else place


def _parts(text: str, begin: int, end: int, found: Iterable[Token]) -> list[Part]:
    parts, place = [], begin
    for token in found:
        parts += [Part(_line(text[place : token.begin])), Part(text[token.begin : token.end], is_found=True)]
        place = token.end
    return [part for part in [*parts, Part(_line(text[place:end]))] if part.text]


def _line(text: str) -> str:
    return text.replace("\n", " ")
