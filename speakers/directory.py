"""The directory of speakers: search by words, and groups by initial letter."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from lernnetzwerk.text.folding import contains, search_words
from speakers.models import Speaker
from speakers.names import without_titles


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet with its speakers."""

    name: str
    speakers: list[Speaker]


def find_speakers(speakers: Iterable[Speaker], query: str) -> list[Speaker]:
    """Speakers whose name or affiliation contains every word of `query`; academic titles are ignored."""
    words = search_words(without_titles(query))
    if query.strip() and not words:
        return []
    return [speaker for speaker in speakers if contains(speaker.folded, words)]


def alphabet(speakers: Iterable[Speaker]) -> list[Letter]:
    """A to Z, with other initial letters before or after them; letters without speakers are empty."""
    groups = {letter: list(group) for letter, group in groupby(speakers, key=lambda speaker: speaker.letter)}
    return [Letter(letter, groups.get(letter, [])) for letter in sorted({*ascii_uppercase, *groups})]
