"""The search in a list of one kind: besides the names, in which a part of a word is enough, what the index finds."""

from datetime import datetime

from django.utils import timezone

from lernnetzwerk.search.matching import matched_keys
from lernnetzwerk.search.query import units
from lernnetzwerk.search.searching import understood


def found_keys(kind: str, text: str, at: datetime | None = None) -> set[int]:
    """Keys of the public rows of this kind that the search page finds for `text`, in a fixed number of queries.

    Nothing is corrected and no hit has only some of the words: a list is there to be narrowed.
    """
    if all(unit.is_excluded for unit in units(text)):
        return set()
    return matched_keys(understood(text), kind, at or timezone.now())


def is_plain(text: str) -> bool:
    """Whether `text` has words only; phrases and excluded words are understood by the index alone."""
    return not any(unit.phrase or unit.is_excluded for unit in units(text))
