"""The directory of speakers: search by words, and groups by initial letter."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from string import ascii_uppercase
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet
from django.db.models.functions import Left
from django.http import QueryDict

from lernnetzwerk.operation.prepared_statements import AT, Prepared
from lernnetzwerk.search.lists import found_keys, is_plain
from lernnetzwerk.text.folding import LONGEST_QUERY, contains, search_words
from speakers.models import Speaker
from speakers.names import without_titles

PER_PAGE = 100
INITIAL = Left("sort_name", 1)
INITIALS = Prepared(
    lambda: (
        Speaker.objects.published(AT).order_by().annotate(initial=INITIAL).values_list("initial").annotate(Count("pk"))
    )
)
Row = TypeVar("Row", bound=Any)  # a speaker, or another row with `pk` and `folded`


@dataclass(frozen=True)
class Letter:
    """A letter of the alphabet, the number of its speakers, and those of them that the page shows."""

    name: str
    number: int = 0
    speakers: list[Speaker] = field(default_factory=list)


def directory(query: QueryDict) -> dict:
    """`q` finds by words; a directory that is longer than a page shows one letter, `buchstabe`; `seite` is its page."""
    text = query.get("q", "").strip()[:LONGEST_QUERY]
    everyone: QuerySet[Any] = Speaker.objects.published()
    initials = dict(INITIALS.rows_now())
    total = sum(initials.values())
    letter = chosen_letter(initials, query.get("buchstabe", "")) if total > PER_PAGE and not text else ""
    if letter:
        everyone = everyone.alias(initial=INITIAL).filter(
            initial__in=[initial for initial in initials if initial.upper() == letter]
        )
    page = _page(everyone, text, query.get("seite"))
    return {
        "section": "speakers",
        "query": text,
        "query_length": LONGEST_QUERY,
        "total": total,
        "letter": letter,
        "letters": alphabet(page.object_list, initials),
        "page": page,
        "kept": _kept(text, letter),
    }


def chosen_letter(initials: Iterable[str], wanted: str) -> str:
    """`wanted` if a name begins with it, else the first letter of the directory."""
    letters = sorted({initial.upper() for initial in initials})
    return wanted if wanted in letters else letters[0]


def _page(speakers: QuerySet[Any], text: str, number: str | None) -> Page:
    """One page of those that `text` finds, or of all, each with the number of appearances."""
    rows = speakers.values_list("pk", "folded", named=True)
    found = find_speakers(rows, text, found_keys("speaker", without_titles(text))) if text else rows
    page = Paginator([row.pk for row in found], PER_PAGE).get_page(number)
    page.object_list = list(Speaker.objects.filter(pk__in=page.object_list).with_counts("appearances"))
    return page


def _kept(text: str, letter: str) -> QueryDict:
    """The parameters that other pages of the same list have."""
    kept = QueryDict(mutable=True)
    kept.update({name: value for name, value in (("q", text), ("buchstabe", letter)) if value})
    return kept


def find_speakers(speakers: Iterable[Row], query: str, found: Collection[int] = ()) -> list[Row]:
    """Speakers whose name or affiliation contains every word of `query`, and those with a key in `found`.

    Academic titles are ignored.
    """
    if not query.strip():
        return list(speakers)
    words = search_words(without_titles(query)) if is_plain(query) else []
    return [one for one in speakers if one.pk in found or (words and contains(one.folded, words))]


def alphabet(speakers: Iterable[Speaker], initials: Mapping[str, int]) -> list[Letter]:
    """A to Z, with other initial letters before or after them; `initials` has the number of speakers of each."""
    groups = {letter: list(group) for letter, group in groupby(speakers, key=lambda speaker: speaker.letter)}
    numbers: Counter[str] = Counter()
    for initial, number in initials.items():
        numbers[initial.upper()] += number
    return [Letter(letter, numbers[letter], groups.get(letter, [])) for letter in sorted({*ascii_uppercase, *numbers})]
