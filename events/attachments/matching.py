"""Guesses session and kind of a file from its name, without access to database or file.

An editor sees the reasons and confirms the guess; if two sessions fit equally well, there is none.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from lernnetzwerk.files.names import split_extension
from lernnetzwerk.formats.combining import normalized
from lernnetzwerk.text.folding import fold, written_out

NAME, CHAIR, MUNICIPALITY, WORD, WORDS_AT_MOST = 10.0, 4.0, 6.0, 2.0, 8.0
MINIMUM_SCORE, MINIMUM_LEAD = 4.0, 2.0
LONGEST_READ = 300
MEANINGFUL = 4  # letters that a word of a title needs
STOP_WORD_LIST = """
    aber alle als auch auf aus bei beim bis das dass dem den der des die durch ein eine einem einen einer eines
    endfassung entwurf final finale folien forum foren für fachvortrag im in ins ist jahr kann lernnetzwerk
    lernnetzwerktreffen mehr mit nach neu neue nicht nrw oder pdf praxisforum präsentation sich sind slides stadt
    kreis treffen über um und unter version vom von vor vortrag was wenn wie wir wird workshop zu zum zur zwischen
"""
STOP_WORDS = frozenset(STOP_WORD_LIST.split())


@dataclass(frozen=True)
class Candidate:
    """What file names may mention of a session; `chairs` are last names of those who only moderate."""

    key: int
    speakers: tuple[str, ...] = ()
    chairs: tuple[str, ...] = ()
    municipalities: tuple[str, ...] = ()
    title: str = ""

    @cached_property
    def names(self) -> list[tuple[float, str, set[str]]]:
        """For each name the score for finding it, the name with what it is, and its spellings."""
        return [
            (score, f"{what} {name}", spellings(name))
            for score, what, names in (
                (NAME, "Nachname", self.speakers),
                (CHAIR, "Nachname (Moderation)", self.chairs),
                (MUNICIPALITY, "Ort", self.municipalities),
            )
            for name in dict.fromkeys(names)
        ]

    @cached_property
    def title_words(self) -> dict[str, tuple[str, set[str]]]:
        """Folded word → word as written and its spellings, without short words, numbers and stop words."""
        shown = re.findall(r"[^\W_]+", self.title[:LONGEST_READ])
        folded = {"-".join(words(word)): word for word in shown if word.casefold() not in STOP_WORDS}
        return {
            word: (shown, spellings(shown))
            for word, shown in folded.items()
            if len(word) >= MEANINGFUL and not word.isdigit()
        }


@dataclass(frozen=True)
class Match:
    key: int
    score: float
    reasons: tuple[str, ...]


@dataclass
class _Rating:
    score: float = 0.0
    reasons: list[str] = field(default_factory=list)

    def add(self, score: float, reason: str) -> None:
        self.score += score
        self.reasons.append(reason)


def words(text: str) -> list[str]:
    """`Müller_AktivierenFINAL2018` becomes mueller, aktivieren, final, 2018."""
    return written_out(_separated(text)).split()


def _separated(text: str) -> str:
    """Separates words at capitals and digits; NFC, because some systems write a + ¨ for ä."""
    text = normalized("NFC", text[:LONGEST_READ])
    return "".join(f" {char}" if _begins_word(before, char) else char for before, char in pairwise(f" {text}"))


def _begins_word(before: str, char: str) -> bool:
    if before.isdigit() or char.isdigit():
        return before.isalpha() or char.isalpha()
    return before.islower() and char.isupper()


def spellings(text: str) -> set[str]:
    """The name or text folded, with spaces around: ` lunen `; empty without words. Names are also read as one word."""
    return {f" {form} " for form in map(fold, {_separated(text), text[:LONGEST_READ]}) if form}


def found_in(forms: set[str], places: list[tuple[str, set[str]]]) -> str | None:
    """The first of the places whose texts contain one of these spellings of a name."""
    return next((where for where, texts in places if any(form in text for form in forms for text in texts)), None)


def matches(file_name: str, candidates: Sequence[Candidate], title: str = "") -> list[Match]:
    """The candidates that fit, the best first; equal ones in the order given."""
    places = [(where, spellings(text)) for where, text in _texts(file_name, title)]
    frequent = Counter(word for candidate in candidates for word in candidate.title_words)
    rated = [(candidate, _rating(candidate, places, frequent)) for candidate in candidates]
    found = [Match(one.key, rating.score, tuple(rating.reasons)) for one, rating in rated if rating.score]
    return sorted(found, key=lambda match: -match.score)


def suggestion(found: Sequence[Match]) -> Match | None:
    """The best match if it is good enough and clearly better than the next, else None."""
    if not found or found[0].score < MINIMUM_SCORE:
        return None
    is_clear = len(found) == 1 or found[0].score - found[1].score >= MINIMUM_LEAD
    return found[0] if is_clear else None


def _texts(file_name: str, title: str) -> Iterable[tuple[str, str]]:
    yield "Dateinamen", split_extension(file_name)[0]
    if title:
        yield "Titel der Datei", title


def _rating(candidate: Candidate, places: list[tuple[str, set[str]]], frequent: Counter) -> _Rating:
    rating = _Rating()
    for score, name, forms in candidate.names:
        if where := found_in(forms, places):
            rating.add(score, f"{name} im {where}")
    shared = {word: shown for word, (shown, forms) in candidate.title_words.items() if found_in(forms, places)}
    if shared:
        score = sum(WORD / frequent[word] for word in shared)
        rating.add(min(score, WORDS_AT_MOST), f"aus dem Titel: {', '.join(shared.values())}")
    return rating


KIND_NAMES = {
    "agenda": "agenda tagesordnung programm ablauf ablaufplan einladung",
    "handout": "handout handreichung handzettel merkblatt thesenpapier arbeitsblatt checkliste flyer",
    "documentation": "dokumentation protokoll fotoprotokoll ergebnisse bericht mitschrift doku",
    "slides": "präsentation folien vortrag slides ppt",
}
KIND_WORDS = {kind: frozenset(words(names)) for kind, names in KIND_NAMES.items()}
KIND_BY_EXTENSION = {
    ".pptx": "slides",
    ".odp": "slides",
    ".docx": "documentation",
    ".odt": "documentation",
    ".xlsx": "handout",
    ".ods": "handout",
    ".jpg": "documentation",
    ".jpeg": "documentation",
    ".png": "documentation",
    ".webp": "documentation",
}
KIND_BY_RECORDING = {".mp4": "video", ".m4v": "video", ".webm": "video", ".mp3": "audio"}


def kind_of(file_name: str) -> str:
    """A kind of `Attachment`: for video and audio by extension, else by words of the name, then by extension."""
    stem, extension = split_extension(file_name)
    extension = extension.lower()
    if extension in KIND_BY_RECORDING:
        return KIND_BY_RECORDING[extension]
    said = set(words(stem))
    for kind, names in KIND_WORDS.items():
        if said & names:
            return kind
    return KIND_BY_EXTENSION.get(extension, "slides")
