"""The search of the administration: drafts too, within the rights of whoever searches."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lernnetzwerk.text.inflection import inflected_words
from tests.administration import address, signed_in
from tests.factories import (
    DRAFT,
    SCHEDULED,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_session,
    make_speaker,
)
from tests.reading import document, elements, links, text

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db, pytest.mark.usefixtures("no_pages")]

PAGE = "/verwaltung/suche/"


def found(who: str, query: str) -> list[str]:
    page = document(signed_in(who).get(PAGE, {"q": query}))
    return [link for group in elements(page, tag="section", style="missing-group") for link in links(group)]


def test_drafts_and_scheduled_rows_are_found_with_their_state():
    draft = make_example(title="Präventionsketten im Quartier", **DRAFT)
    scheduled = make_event(title="Ketten bilden", **SCHEDULED)

    page = document(signed_in("redaktion").get(PAGE, {"q": "Kette"}))

    assert set(found("redaktion", "Kette")) == {address(draft), address(scheduled)}
    assert {text(one) for one in elements(page, style="dashboard-note")} == {"Entwurf", "geplant"}


@pytest.mark.parametrize(
    ("title", "query"),
    [
        ("Schüler*innen beraten", "Schülerinnen"),
        ("Schüler beraten", "Schüler:innen"),
        ("Schülerinnen und Schüler", "SchülerInnen"),
        ("Jobcenter Lünen", "Jobcentern luenen"),
        ("Straße der Jugend", "strasse"),
    ],
)
def test_spellings_inflections_and_gender_forms_are_one(title, query):
    example = make_example(title=title, **DRAFT)

    assert address(example) in found("redaktion", query)


def test_texts_are_searched_after_names():
    in_text = make_example(title="Anderes", approach="<p>Alles über Übergänge</p>", **DRAFT)
    in_name = make_example(title="Übergänge", **DRAFT)

    assert found("redaktion", "übergänge") == [address(in_name), address(in_text)]


def test_only_what_a_user_may_see_is_found(django_user_model):
    make_speaker(last_name="Sonderbar")
    nobody = django_user_model.objects.create_user("nobody", is_staff=True)
    client = Client()
    client.force_login(nobody)

    assert len(found("redaktion", "Sonderbar")) == 1
    page = document(client.get(PAGE, {"q": "Sonderbar"}))
    assert elements(page, tag="section", style="missing-group") == []
    assert Client().get(PAGE, {"q": "Sonderbar"}).status_code == 302


@pytest.mark.parametrize("query", ["", " ", "%", "_", '"' * 900, "😀", "-", "a " * 500])
def test_any_query_is_answered(query):
    make_event()

    assert signed_in("redaktion").get(PAGE, {"q": query}).status_code == 200


def test_ten_rows_of_a_kind_are_shown_and_the_rest_in_the_list():
    for number in range(12):
        make_example(title=f"Bücherei {number}", **DRAFT)

    addresses = found("redaktion", "Bücherei")

    assert len(addresses) == 11
    assert addresses[-1] == "/verwaltung/practice/practiceexample/?q=B%C3%BCcherei"


def test_the_number_of_queries_does_not_grow():
    client = signed_in("redaktion")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(PAGE, {"q": "Wort"})
        return len(captured)

    def add() -> None:
        session = make_session(make_event(title="Wort"), title="Wort", municipalities=[make_municipality(name="Wort")])
        make_appearance(session, make_speaker(last_name="Wort"))
        make_attachment(session=session, title="Wort")
        make_example(title="Wort")

    add()
    first = queries()
    add()
    add()

    assert queries() == first


def test_the_words_of_a_query_are_bounded():
    assert len(inflected_words("wort1 " + " ".join(f"wort{number}" for number in range(2_000)))) <= 10
