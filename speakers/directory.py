"""The directory of speakers: search by words, and groups by initial letter."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from string import ascii_uppercase

from lernnetzwerk.search.lists import is_plain
from lernnetzwerk.text.folding import contains, search_words
from speakers.models import Speaker
from speakers.names import without_titles


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet with its speakers."""

    name: str
    speakers: list[Speaker]


def find_speakers(speakers: Iterable[Speaker], query: str, found: Collection[int] = ()) -> list[Speaker]:
    """Speakers whose name or affiliation contains every word of `query`, and those with a key in `found`.

    Academic titles are ignored.
    """
    if not query.strip():
        return list(speakers)
    words = search_words(without_titles(query)) if is_plain(query) else []
    return [one for one in speakers if one.pk in found or (words and contains(one.folded, words))]


def alphabet(speakers: Iterable[Speaker]) -> list[Letter]:
    """A to Z, with other initial letters before or after them; letters without speakers are empty."""
    groups = {letter: list(group) for letter, group in groupby(speakers, key=lambda speaker: speaker.letter)}
    return [Letter(letter, groups.get(letter, [])) for letter in sorted({*ascii_uppercase, *groups})]
