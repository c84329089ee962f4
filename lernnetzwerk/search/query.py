"""What a visitor asks: words, phrases in quotation marks, words to exclude, filters, order and page.

Every other sign is harmless. Unknown values are ignored, so that no address leads to an error.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from lernnetzwerk.search.analyser import Token, cleaned, tokens
from lernnetzwerk.search.compounds import NOTHING_KNOWN, Vocabulary
from lernnetzwerk.search.words import is_stop_word, stem

LONGEST = 200  # characters that are read
MOST = 10  # words
MOST_DIVISIONS = 2  # of a compound
LONGEST_TERM = 6  # words of a synonym or a name
LAST_PAGE = 1_000
QUOTES = re.compile('["„“”«»]')
PIECE = re.compile(r'\s*(?P<minus>(?<!\S)-(?=[\w"]))?(?:"(?P<phrase>[^"]*)"|(?P<words>[^"]+?)(?=\s+-\S|\s*"|\s*\Z))')
ORDERS = ("", "datum")
PARAMETERS = {"kind": "art", "year": "jahr", "series": "reihe", "topic": "thema", "municipality": "kommune"}


@dataclass(frozen=True)
class Query:
    """`text` as typed; filters by their values in addresses, empty for all; `order` is "" (relevance) or `datum`.

    `own` is the slug or name of the visitor's municipality.
    """

    text: str = ""
    kind: str = ""
    year: str = ""
    series: str = ""
    topic: str = ""
    municipality: str = ""
    order: str = ""
    page: int = 1
    own: str = ""

    @classmethod
    def from_parameters(cls, sent: Mapping[str, str]) -> "Query":
        """From the parameters q, art, jahr, reihe, thema, kommune, sortierung, seite and wie; junk is ignored."""
        chosen = {name: cleaned((sent.get(parameter) or "")[:LONGEST]) for name, parameter in PARAMETERS.items()}
        order, page = sent.get("sortierung") or "", sent.get("seite") or ""
        is_number = page.isascii() and page.isdigit() and len(page) < 6
        return cls(
            text=cleaned((sent.get("q") or "")[:LONGEST]).strip(),
            own=cleaned((sent.get("wie") or "")[:LONGEST]).strip(),
            order=order if order in ORDERS else "",
            page=min(max(int(page), 1), LAST_PAGE) if is_number else 1,
            **chosen,
        )


# Terms of one or more words, each as a form and its stem.
Alternatives = tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True)
class Unit:
    """One searched word: satisfied by any of its alternatives, each of which needs all its atoms.

    An atom is a form as written and its stem. `raw` is what was typed; the first `typed` alternatives are its forms,
    the last `divided` ones are parts of a compound or longer words, all others are synonyms.
    """

    raw: str
    alternatives: Alternatives
    phrase: str = ""
    is_excluded: bool = False
    typed: int = 1
    divided: int = 0

    @property
    def forms(self) -> Alternatives:
        return self.alternatives[: self.typed]

    @property
    def synonyms(self) -> Alternatives:
        """The others of a group: a form as typed is worth more."""
        others = self.alternatives[self.typed : len(self.alternatives) - self.divided]
        return tuple(one for one in others if one not in self.forms)

    @property
    def parts(self) -> Alternatives:
        return self.alternatives[len(self.alternatives) - self.divided :]

    @property
    def halves(self) -> Alternatives:
        """The parts that are both of a searched compound, each less than it."""
        return tuple(one for one in self.parts if len(one) > 1)

    @property
    def whole(self) -> Alternatives:
        return tuple(one for one in self.alternatives if one not in self.halves)


# The searched terms of each group of synonyms, in forms.
Groups = Sequence[Sequence[tuple[str, ...]]]


def forms(text: str) -> tuple[str, ...]:
    return tuple(token.written[0] for token in tokens(cleaned(text)))


def units(text: str, groups: Groups = (), vocabulary: Vocabulary = NOTHING_KNOWN) -> list[Unit]:
    """At most ten units; words without a meaning of their own are left out if others remain.

    A compound is also found by its parts, if the vocabulary has them, an unknown word by known ones that contain it.
    """
    found: list[Unit] = []
    for match in PIECE.finditer(QUOTES.sub('"', cleaned(text[:LONGEST]))):
        is_excluded = match["minus"] is not None
        if match["phrase"] is not None:
            found += _phrase(match["phrase"], is_excluded)
        else:
            found += _words(match["words"], groups, is_excluded)
    meaningful = [unit for unit in found if unit.phrase or not is_stop_word(unit.raw)]
    return [_divided(unit, vocabulary) for unit in (meaningful or found)[:MOST]]


def _divided(unit: Unit, vocabulary: Vocabulary) -> Unit:
    if unit.phrase or unit.is_excluded:
        return unit
    single = [one[0][0] for one in unit.alternatives[: unit.typed] if len(one) == 1]
    pairs = [pair for form in single for pair in vocabulary.pairs(form)[:MOST_DIVISIONS]]
    longer = [(stem(word),) for form in single for word in vocabulary.longer(form)]
    added = tuple(tuple((part, part) for part in parts) for parts in dict.fromkeys([*pairs, *longer]))
    return replace(unit, alternatives=unit.alternatives + added, divided=len(added))


def _phrase(text: str, is_excluded: bool) -> list[Unit]:
    words = tokens(text)
    if not words:
        return []
    atoms = tuple((word.written[0], word.written[0]) for word in words[:MOST])
    return [Unit(text, (atoms,), " ".join(form for form, _stem in atoms), is_excluded)]


def _words(text: str, groups: Groups, is_excluded: bool) -> list[Unit]:
    """With a minus only the first word is excluded."""
    words, found = tokens(text), []
    place = 0
    while place < len(words):
        unit, width = _synonymous(words, place, groups) or _single(words, place)
        found.append(replace(unit, is_excluded=is_excluded and place == 0))
        place += width
    return found


def _single(words: list[Token], place: int) -> tuple[Unit, int]:
    word = words[place]
    alternatives = [(atom,) for atom in _atoms(word)]
    if not word.joined:
        return Unit(word.raw, tuple(alternatives), typed=len(alternatives)), 1
    chain = words[place : place + word.width]
    joined = ((word.joined, stem(word.joined)),)
    is_code = any(map(str.isdigit, word.joined)) or word.raw.lower() == "sgb"
    apart = tuple(_atoms(one)[0] for one in chain)
    raw = " ".join(one.raw for one in chain)
    return Unit(raw, (joined,) if is_code else (joined, apart), typed=2 - is_code), word.width


def _atoms(word: Token) -> list[tuple[str, str]]:
    """The word itself and its other gender form; not what it is part of."""
    return [(form, stem(form)) if form != word.written[0] else (form, word.stems[0]) for form in word.written[:2]]


def _synonymous(words: list[Token], place: int, groups: Groups) -> tuple[Unit, int] | None:
    written = [word.written[0] for word in words[place : place + LONGEST_TERM]]
    for width in range(len(written), words[place].width - 1, -1):
        group = next((group for group in groups if tuple(written[:width]) in group), None)
        if group:
            own = _single(words, place)[0].alternatives if width == 1 else _of_group([tuple(written[:width])])
            raw = " ".join(word.raw for word in words[place : place + width])
            return Unit(raw, own + _of_group(group), typed=len(own)), width
    return None


def _of_group(group: Iterable[tuple[str, ...]]) -> Alternatives:
    return tuple(tuple((form, stem(form)) for form in term if not is_stop_word(form)) for term in group)
