"""The directory of people: who fits the words someone looks for, and the letters they stand under."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from lernnetzwerk.slugs.german import german_slug, sort_key
from speakers.models import Speaker

QUERY_LENGTH = 100
TITLES = {"prof", "professor", "professorin", "dr", "dres", "pd", "med", "phil", "jur", "rer", "nat", "pol", "hc"}
PLAIN = str.maketrans("ıŁłØøĐđ", "iLlOoDd")  # letters that are no sum of a plain one and an accent


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet, and who stands under it."""

    name: str
    speakers: list[Speaker]


def find_speakers(speakers: Iterable[Speaker], query: str) -> list[Speaker]:
    """Those in whose name or office every word of `query` occurs; academic titles are no words to look for."""
    words = query.split()
    wanted = [word for word in map(_spelling, words) if word and word not in TITLES]
    if words and not wanted:
        return []
    return [speaker for speaker in speakers if _fits(speaker, wanted)]


def alphabet(speakers: Iterable[Speaker]) -> list[Letter]:
    """A to Z, and before or after them whatever else names begin with; letters without anyone are empty."""
    groups = {letter: list(group) for letter, group in groupby(speakers, key=lambda speaker: speaker.letter)}
    return [Letter(letter, groups.get(letter, [])) for letter in sorted({*ascii_uppercase, *groups})]


def _fits(speaker: Speaker, wanted: list[str]) -> bool:
    text = f"{speaker.first_name} {speaker.last_name} {speaker.affiliation}"
    # Both ways of writing umlauts without them: Müller is found as mueller and as muller.
    spellings = f"{_spelling(text)} {_spelling(sort_key(text))}"
    return all(word in spellings for word in wanted)


def _spelling(text: str) -> str:
    """Small letters, digits and hyphens only, umlauts written out."""
    return german_slug(text.translate(PLAIN), max_length=2 * len(text) + 1)
