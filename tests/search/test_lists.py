"""The search in the lists of people and municipalities: names at once, and what the index finds."""

from collections.abc import Iterator

import pytest
from django.test import TestCase

from lernnetzwerk.search.lists import is_plain
from tests.factories import make_municipality, make_visible_speaker
from tests.reading import document, texts
from tests.shared import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(scope="module")
def people(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """Two people, whom the index follows; created once for the module."""
    with made_once(django_db_blocker, tmp_path_factory):
        with TestCase.captureOnCommitCallbacks(execute=True):
            make_visible_speaker(first_name="Eva", last_name="Ahlers", organisation="Jobcenter Hamm")
            make_visible_speaker(first_name="Udo", last_name="Bär", biography="<p>Er baut Präventionsketten auf.</p>")
        yield


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
        speaker = make_visible_speaker(last_name="Ahlers", organisation="Kreissportbund Hamm")
    speaker.appearances.all().delete()

    assert not texts(document(client.get("/personen/", {"q": "Kreissportbundes"})), style="speaker__name")


@pytest.mark.parametrize(
    ("text", "plain"), [("Bad Salzuflen", True), ('"Bad Salzuflen"', False), ("Unna -Kreis", False)]
)
def test_phrases_and_excluded_words_are_left_to_the_index(text, plain):
    assert is_plain(text) is plain
