"""The work of a search does not grow with what is found: counted in statements, branches and rows, not in seconds."""

from urllib.parse import quote_from_bytes

import pytest
from django.urls import reverse
from django.utils import timezone

from lernnetzwerk.search import places
from lernnetzwerk.search.branches import branches
from lernnetzwerk.search.compounds import NOTHING_KNOWN
from lernnetzwerk.search.engine import PLACE_BITS
from lernnetzwerk.search.index_tokens import analysed, stored_tokens
from lernnetzwerk.search.matching import matched
from lernnetzwerk.search.models import Build, Item, Passage
from lernnetzwerk.search.query import units
from lernnetzwerk.search.selection import Selection

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SEARCH, SUGGESTIONS = reverse("search:search"), reverse("search:suggestions")
HOSTILE = {
    "100,000 characters": b"a" * 100_000,
    "100,000 words": b"a " * 50_000,
    "quotation marks": b'"' * 50_000,
    "minus signs": b" -a" * 20_000,
    "unbalanced": '(((("[{<„»*:^&|!NEAR(AND OR NOT'.encode() * 100,
    "lone surrogates": b"\xed\xa0\x80" * 100,
    "NUL": b"Kinder\0armut",
    "no UTF-8": b"\xff\xfe\x80" * 100,
    "emoji": "🧑‍🤝‍🧑".encode() * 1_000,
    "right to left": "שלום \u202eabc\u202c مرحبا ".encode() * 100,
}


@pytest.mark.parametrize("address", [SEARCH, SUGGESTIONS])
@pytest.mark.parametrize("name", HOSTILE)
def test_no_query_costs_more_statements_than_another(client, address, name, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        response = client.get(f"{address}?q={quote_from_bytes(HOSTILE[name])}")

    assert 200 <= response.status_code < 500


@pytest.mark.parametrize("text", ["Kinder " * 100, '"Kinder Familie" ' * 50, "Kinder- und Jugendhilfe " * 50])
def test_a_query_has_no_more_branches_than_ten_words_have(text):
    assert len(list(branches(units(text)))) <= 10 * 40


def write(number: int, pages: int, text: str) -> None:
    """Items with so many pages each, all with the same text."""
    build = Build.objects.get_or_create(is_current=True)[0]
    facts = {"visible_from": timezone.now(), "held_on": "2024-05-06", "digest": ""}
    items = Item.objects.bulk_create(
        Item(build=build, kind="event", object_id=key, title=f"{key}", **facts) for key in range(1, number + 1)
    )
    tokens, words = analysed({"text": text}, NOTHING_KNOWN)
    stored = list(stored_tokens([tokens] * pages))
    for item in items:
        Passage.objects.bulk_create(
            Passage(pk=(item.pk << PLACE_BITS) + page, item=item, page=page, tokens=stored[page], words=words)
            for page in range(pages)
        )


@pytest.mark.parametrize("text", ["Kinder", "Kinder Familie"])
def test_one_page_of_hits_leaves_the_database_however_many_there_are(text, django_assert_num_queries):
    write(300, 2, "Kinder und Familie")

    with django_assert_num_queries(1):
        combinations, rows = matched(units(text), timezone.now(), Selection(20, 40))

    assert [(one.number, one.year) for one in combinations] == [(300, "2024")]
    assert [row.object_id for row in rows] == list(range(41, 61))


def test_of_a_long_document_a_part_is_compared(django_assert_num_queries):
    write(1, 1_000, "Kinder und Familie")
    asked = units("Kinder Familie")
    (row,) = matched(asked, timezone.now(), Selection(20))[1]

    with django_assert_num_queries(1):
        (place,) = places.places([row], asked).values()

    assert (place.number, place.passage & 0xFFFFF) == (places.MOST, 0)
