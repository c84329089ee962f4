"""The part of a text that shows what was found, with the found words marked."""

from collections.abc import Iterable
from dataclasses import dataclass

from lernnetzwerk.search.analyser import Token, tokens
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.query import Unit
from lernnetzwerk.search.sources import SEPARATOR

LENGTH = 240  # characters
BEFORE = 60
READ = 20_000  # characters of a passage in which it looks
MOST_WINDOWS = 200
MOST_REASONS = 3


@dataclass(frozen=True)
class Part:
    """A piece of a text; `is_found` if it is a found word."""

    text: str
    is_found: bool = False


@dataclass(frozen=True)
class Wanted:
    """The forms and stems of all searched words, and the vocabulary that splits compounds.

    `halves` are the stems of both parts of a searched compound: each is less than what was searched.
    """

    written: frozenset[str]
    stems: frozenset[str]
    halves: frozenset[str]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, units: Iterable[Unit], vocabulary: Vocabulary) -> "Wanted":
        wanted = [unit for unit in units if not unit.is_excluded]
        halves = {stem for unit in wanted for one in unit.halves for _form, stem in one}
        atoms = [atom for unit in wanted for one in unit.whole for atom in one]
        written, stems = {form for form, _stem in atoms}, {stem for _form, stem in atoms}
        return cls(frozenset(written), frozenset(stems), frozenset(halves), vocabulary)

    def found(self, token: Token) -> str:
        """The searched form or stem that this word is or contains; empty for other words."""
        return _first(token.written, self.written) or _first(token.stems + token.parts, self.stems)

    def half(self, token: Token) -> str:
        """The half of a searched compound that this word is."""
        return _first(token.stems, self.halves)

    def shared(self, token: Token) -> str:
        """The half of a searched compound that this word contains: `jugend` of *Jugendhilfe* in *Jugendamt*."""
        return _first(token.parts, self.halves)


def _first(forms: Iterable[str], wanted: frozenset[str]) -> str:
    return next((form for form in forms if form in wanted), "")


def occurrences(text: str, wanted: Wanted) -> list[tuple[Token, str]]:
    """The words of a text that are or contain searched ones, else the halves of searched compounds."""
    words = tokens(text, wanted.vocabulary)
    for kind in (wanted.found, wanted.half):
        if found := [(token, word) for token in words if (word := kind(token))]:
            return found
    return []


def marked(text: str, wanted: Wanted) -> list[Part]:
    """The whole text with its found words."""
    return _parts(text, 0, len(text), [token for token, _word in occurrences(text, wanted)])


def snippet(text: str, wanted: Wanted) -> list[Part]:
    """The part of a text with the most of the searched words; empty without any.

    Where words only share a half with a searched compound, the part begins at the first of them, and nothing is marked.
    """
    text = text[:READ].strip()
    found = occurrences(text, wanted)
    if not found:
        return _shared(text, wanted)
    first = max(range(min(len(found), MOST_WINDOWS)), key=lambda place: (_words_from(found, place), -place))
    return _window(text, found[first][0].begin, [token for token, _word in found])


def _shared(text: str, wanted: Wanted) -> list[Part]:
    words = tokens(text, wanted.vocabulary) if wanted.halves else []
    first = next((token for token in words if wanted.shared(token)), None)
    return _window(text, first.begin, []) if first else []


def _window(text: str, place: int, found: list[Token]) -> list[Part]:
    """The text around `place`, with the found words that stand in it."""
    begin = _word_begin(text, max(0, place - BEFORE))
    end = _word_end(text, begin + LENGTH)
    parts = _parts(text, begin, end, [token for token in found if begin <= token.begin and token.end <= end])
    return [*([Part("… ")] if begin else []), *parts, *([Part(" …")] if end < len(text) else [])]


def reasons(context: str, wanted: Wanted) -> list[list[Part]]:
    """The parts of a context that have searched words, else those that share a half with a searched compound."""
    parts = [marked(part, wanted) for part in dict.fromkeys(context.split(SEPARATOR))]
    found = [part for part in parts if any(piece.is_found for piece in part)]
    shared = (part for part in parts if _shared("".join(piece.text for piece in part), wanted))
    return (found or list(shared))[:MOST_REASONS]


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
