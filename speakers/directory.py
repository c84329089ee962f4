"""The directory of speakers: search by words, and groups by initial letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from lernnetzwerk.slugs.german import german_slug, sort_key
from speakers.models import Speaker

QUERY_LENGTH = 100
TITLES = {"prof", "professor", "professorin", "dr", "dres", "pd", "med", "phil", "jur", "rer", "nat", "pol", "hc"}
PLAIN = str.maketrans("ıŁłØøĐđ", "iLlOoDd")  # letters that do not decompose into a plain one and an accent


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet with its speakers."""

    name: str
    speakers: list[Speaker]


def find_speakers(speakers: Iterable[Speaker], query: str) -> list[Speaker]:
    """Speakers whose name or affiliation contains every word of `query`; academic titles are ignored."""
    words = query.split()
    wanted = [word for word in map(_spelling, words) if word and word not in TITLES]
    if words and not wanted:
        return []
    return [speaker for speaker in speakers if _fits(speaker, wanted)]


def alphabet(speakers: Iterable[Speaker]) -> list[Letter]:
    """A to Z, with other initial letters before or after them; letters without speakers are empty."""
    groups = {letter: list(group) for letter, group in groupby(speakers, key=lambda speaker: speaker.letter)}
    return [Letter(letter, groups.get(letter, [])) for letter in sorted({*ascii_uppercase, *groups})]


def _fits(speaker: Speaker, wanted: list[str]) -> bool:
    text = f"{speaker.first_name} {speaker.last_name} {speaker.affiliation}"
    # Both spellings of umlauts: Müller is found as mueller and as muller.
    spellings = f"{_spelling(text)} {_spelling(sort_key(text))}"
    return all(word in spellings for word in wanted)


def _spelling(text: str) -> str:
    """Only lower-case letters, digits and hyphens, umlauts written out."""
    return german_slug(text.translate(PLAIN), max_length=2 * len(text) + 1)
