"""Queries without a hit: counted by day, without anything about a person."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lernnetzwerk.search import missed
from lernnetzwerk.search.missed import count_missed, forget_missed, latest_missed
from lernnetzwerk.search.models import MissedQuery, Synonyms
from tests.administration import signed_in
from tests.reading import document, elements, links, text

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]


def counted() -> dict[str, int]:
    return dict(MissedQuery.objects.values_list("words", "number"))


def test_the_page_counts_what_it_does_not_find(client):
    for query in ("Quasseltüte", "quasseltuete", ""):
        client.get("/suche/", {"q": query})
    client.head("/suche/", {"q": "Quasseltüte"})
    client.get("/suche/")

    assert counted() == {"quasseltuete": 2}


@pytest.mark.parametrize(
    "query",
    ["max@stadt-hamm.de", "02381 17-0 44", "+49 (2381) 1704", "0171/1234567", "w" * 61, "wort " * 20, "", "?!", "\0"],
)
def test_personal_data_and_texts_are_not_kept(query):
    count_missed(query)

    assert counted() == {}


def test_codes_and_years_are_kept():
    for query in ("§ 16h SGB II", "Treffen 2024", "U25"):
        count_missed(query)

    assert counted() == {"16h sgb ii": 1, "treffen 2024": 1, "u25": 1}


def test_a_day_has_a_bounded_number_of_rows(monkeypatch):
    monkeypatch.setattr(missed, "MOST_PER_DAY", 3)
    for number in (1, 2, 3, 4, 5, 1):
        count_missed(f"wort{number}")

    assert counted() == {"wort1": 2, "wort2": 1, "wort3": 1}


def test_sums_go_over_all_days_and_old_ones_are_forgotten():
    today = timezone.localdate()
    for days, number in ((0, 2), (3, 4), (365, 1), (366, 8)):
        MissedQuery.objects.create(words="hilfe", day=today - timedelta(days=days), number=number)
    MissedQuery.objects.create(words="anderes", day=today, number=3)

    forget_missed()

    assert [(row.words, row.total, row.day) for row in latest_missed()] == [("hilfe", 7, today), ("anderes", 3, today)]


@pytest.mark.parametrize(("who", "is_shown"), [("freigabe", True), ("redaktion", False)])
def test_the_list_of_tasks_leads_to_a_filled_form(who, is_shown):
    MissedQuery.objects.create(words="kita", day=date(2026, 11, 1), number=2)
    client = signed_in(who)

    page = document(client.get("/verwaltung/was-fehlt/"))

    found = [group for group in elements(page, tag="section", style="missing-group") if "Gesucht und" in text(group)]
    assert [links(group) for group in found] == ([["/verwaltung/search/synonyms/add/?terms=kita"]] if is_shown else [])
    if is_shown:
        assert "2-mal gesucht, zuletzt am 1. November 2026." in text(found[0])
        assert ">\nkita</textarea>" in client.get(links(found[0])[0]).content.decode()


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ("KiTa", "Bitte mindestens zwei Begriffe angeben, in jeder Zeile einen."),
        ("KiTa\n?!", "Bitte mindestens zwei Begriffe angeben, in jeder Zeile einen."),
        ("KiTa\nKrippe\nKITA", "„KiTa“ und „KITA“ sind für die Suche gleich. Bitte eine Zeile löschen."),
        ("KiTa\na b c d e f g", "„a b c d e f g“ ist zu lang. Ein Begriff hat höchstens sechs Wörter."),
    ],
)
def test_lines_of_synonyms_are_checked(terms, message):
    with pytest.raises(ValidationError) as refused:
        Synonyms(terms=terms).full_clean()

    assert refused.value.message_dict["terms"] == [message]
    Synonyms(terms="Kita X\nKrippe X").full_clean()
