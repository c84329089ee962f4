"""The search in the lists of people and municipalities: names at once, and what the index finds."""

import pytest

from lernnetzwerk.search.lists import is_plain
from tests.factories import make_municipality, make_visible_speaker
from tests.reading import document, texts

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def people(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_visible_speaker(first_name="Eva", last_name="Ahlers", organisation="Jobcenter Hamm")
        make_visible_speaker(first_name="Udo", last_name="Bär", biography="<p>Er baut Präventionsketten auf.</p>")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("Jobcentern", ["Eva Ahlers"]),
        ("präventionskette", ["Udo Bär"]),
        ("ahl", ["Eva Ahlers"]),
        ("Jobcenter -Hamm", []),
        ("Jobcenter -Köln", ["Eva Ahlers"]),
        ('"Hamm Jobcenter"', []),
        ("Dr. Jobcentern", ["Eva Ahlers"]),
        ("Schulsozialarbeit", []),
    ],
)
def test_people_are_found_by_stems_also_in_their_text(client, people, query, names):
    page = document(client.get("/personen/", {"q": query}))

    assert texts(page, style="speaker__name") == names


def test_a_municipality_is_found_by_its_district_after_those_with_the_name(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        district = make_municipality(name="Kreis Unna", kind="district")
        make_municipality(name="Lünen", kind="town", district=district)
        make_municipality(name="Unna", kind="town", district=district)
        make_municipality(name="Hamm")

    page = document(client.get("/kommunen/", {"q": "Unna"}))

    assert texts(page, style="municipality__name") == ["Unna", "Kreis Unna", "Lünen"]


def test_an_unpublished_person_is_found_by_no_word(client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        speaker = make_visible_speaker(last_name="Ahlers", organisation="Jobcenter Hamm")
    speaker.appearances.all().delete()

    assert not texts(document(client.get("/personen/", {"q": "Jobcentern"})), style="speaker__name")


@pytest.mark.parametrize(
    ("text", "plain"), [("Bad Salzuflen", True), ('"Bad Salzuflen"', False), ("Unna -Kreis", False)]
)
def test_phrases_and_excluded_words_are_left_to_the_index(text, plain):
    assert is_plain(text) is plain
