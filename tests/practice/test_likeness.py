"""Practice examples of municipalities like the visitor's own come first and say why."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lernnetzwerk.search.sources import Likeness
from practice.likeness import asked_municipality, likeness, likenesses
from tests.factories import DRAFT, make_event, make_example, make_municipality, rewrite
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LUENEN = {"kind": "town", "region": "arnsberg", "inhabitants": 86_000, "latitude": "51.6142", "longitude": "7.5228"}
ELSEWHERE = {"region": "koeln", "latitude": "50.7344", "longitude": "7.0955"}
UNPLACED = {"latitude": None, "longitude": None}


@pytest.fixture
def district():
    return make_municipality(name="Kreis Unna", kind="district", inhabitants=394_000)


@pytest.fixture
def luenen(district):
    return make_municipality(name="Lünen", district=district, **LUENEN)


def read(client, **query):
    return document(client.get("/praxis/", query))


def read_own(page) -> str:
    """What stands in the field."""
    return next(attribute(field, "value") for field in elements(page, tag="input") if attribute(field, "name") == "wie")


@pytest.mark.parametrize(
    ("fields", "points", "words"),
    [
        ({}, 8, "ähnlich groß, ebenfalls kreisangehörige Stadt im Kreis Unna"),
        ({"inhabitants": 129_000}, 8, "ähnlich groß, ebenfalls kreisangehörige Stadt im Kreis Unna"),
        ({"inhabitants": 129_001}, 5, "ebenfalls kreisangehörige Stadt im Kreis Unna"),
        ({"inhabitants": 57_333}, 5, "ebenfalls kreisangehörige Stadt im Kreis Unna"),
        ({"inhabitants": None, "kind": "commune"}, 3, "ebenfalls im Kreis Unna"),
        ({"kind": "city", "longitude": "7.6665"}, 5, "ähnlich groß, 10 km entfernt"),
        ({"kind": "city"}, 5, "ähnlich groß, unter 1 km entfernt"),
        ({"kind": "city", "inhabitants": 600_000, **UNPLACED}, 1, "ebenfalls im Regierungsbezirk Arnsberg"),
        ({"kind": "city", "inhabitants": None, **ELSEWHERE}, 0, ""),
        ({"kind": "city", **ELSEWHERE}, 3, "ähnlich groß"),
    ],
)
def test_size_kind_and_neighbourhood_make_municipalities_alike(luenen, district, fields, points, words):
    is_free = fields.get("kind") == "city"
    other = make_municipality(district=None if is_free else district, **{**LUENEN, **fields})

    assert likeness(luenen, other) == Likeness(points, words)


def test_towns_of_other_districts_are_alike_by_kind_and_region(luenen):
    other = make_municipality(
        district=make_municipality(name="Kreis Soest", kind="district"), **{**LUENEN, **UNPLACED, "inhabitants": 9}
    )

    assert likeness(luenen, other).words == "ebenfalls kreisangehörige Stadt im Regierungsbezirk Arnsberg"


def test_a_district_and_its_towns_are_neighbours_without_positions(luenen, district):
    assert likeness(luenen, district) == Likeness(3, "der eigene Kreis")
    assert likeness(district, luenen) == Likeness(3, "im Kreis Unna")
    assert likeness(luenen, luenen) == Likeness(9, "Ihre Kommune")


def test_an_example_of_several_has_the_likeness_of_the_most_alike(luenen, district):
    kamen = make_municipality(name="Kamen", district=district, **{**LUENEN, "inhabitants": 70_000})
    far = make_municipality(name="Aachen", kind="city", **ELSEWHERE)
    both, alone, unlike = make_example([far, kamen]), make_example([kamen]), make_example([far])

    with CaptureQueriesContext(connection) as captured:
        found = likenesses(luenen, [both.pk, alone.pk, unlike.pk])

    words = "ähnlich groß, ebenfalls kreisangehörige Stadt im Kreis Unna"
    assert found == {both.pk: Likeness(8, f"Kamen: {words}"), alone.pk: Likeness(8, words)}
    assert len(captured) == 1


@pytest.mark.parametrize("typed", ["luenen", "Lünen", " LUENEN ", "Lunen", "lün"])
def test_the_own_municipality_is_known_by_slug_name_or_beginning(luenen, typed):
    assert asked_municipality(typed).own == luenen


def test_a_former_slug_leads_to_its_municipality(luenen):
    rewrite(luenen, slug="luenen-an-der-lippe")

    assert asked_municipality("luenen").own == luenen


def test_of_several_names_the_exact_one_is_meant_else_they_are_offered(client):
    for name in ("Neunkirchen", "Neunkirchen-Seelscheid"):
        make_municipality(name=name)
    make_example()

    page = read(client, wie="neun")

    assert read_own(read(client, wie="Neunkirchen")) == "Neunkirchen"
    assert "Welche Kommune meinen Sie mit „neun“?" in text(page)
    assert {"?wie=neunkirchen", "?wie=neunkirchen-seelscheid"} <= set(links(page))


def test_examples_of_municipalities_like_the_own_one_come_first_and_say_why(client, luenen, district):
    kamen = make_municipality(name="Kamen", district=district, **{**LUENEN, "inhabitants": 43_000})
    bonn = make_municipality(name="Bonn", kind="city", **ELSEWHERE)
    for day, title, place in ((3, "Fern", bonn), (2, "Alt", kamen), (4, "Neu", kamen), (1, "Hier", luenen)):
        make_example([place], title=title, published_from=datetime(2023, 1, day, tzinfo=UTC))
    make_example([luenen], title="Entwurf", **DRAFT)

    page = read(client, wie="Lünen")

    assert texts(page, style="example__title") == ["Hier", "Neu", "Alt", "Fern"]
    words = "ebenfalls kreisangehörige Stadt im Kreis Unna"
    assert texts(page, style="example__reason") == ["Ihre Kommune", words, words]
    assert "Kreisangehörige Stadt im Kreis Unna, etwa 86.000 Einwohner" in text(page)
    assert {"?wie=luenen&sortierung=titel", "?"} <= set(links(page))
    titles = texts(read(client, wie="luenen", sortierung="titel"), style="example__title")
    assert titles == ["Hier", "Alt", "Neu", "Fern"]
    assert texts(read(client), style="example__reason") == []


def test_the_choice_is_kept_in_the_address_only(client, luenen):
    make_example([luenen])

    response = client.get("/praxis/", {"wie": "luenen"})

    assert not response.cookies
    assert read_own(read(client)) == ""


@pytest.mark.parametrize("typed", ["Atlantis", "%", "ö" * 150, "<script>alert(1)</script>", "' OR 1=1", "-", "🏙"])
def test_an_unknown_name_changes_nothing_and_is_said(client, typed):
    make_example(title="Eines")

    response = client.get("/praxis/", {"wie": typed})

    assert texts(document(response), style="example__title") == ["Eines"]
    assert "Keine Kommune in Nordrhein-Westfalen heißt" in text(document(response))
    assert b"<script>alert" not in response.content


def test_the_page_of_a_municipality_leads_to_examples_of_those_like_it(client, luenen):
    assert "/praxis/?wie=luenen" in links(document(client.get(luenen.get_absolute_url())))


def test_the_search_puts_examples_of_municipalities_like_the_own_one_first(
    client, luenen, district, django_capture_on_commit_callbacks
):
    kamen = make_municipality(name="Kamen", district=district, **{**LUENEN, "inhabitants": 43_000})
    with django_capture_on_commit_callbacks(execute=True):
        make_event(title="Familienbüro heute", starts_on="2026-05-06")
        make_example([make_municipality(name="Bonn", kind="city", **ELSEWHERE)], title="Familienbüro fern")
        make_example([kamen], title="Beratung", summary="Ein Familienbüro.")

    def search(**query):
        return document(client.get("/suche/", {"q": "Familienbüro", **query}))

    page = search(wie="Lünen")

    assert texts(search(), style="hit__title")[0] == "Familienbüro heute"
    assert texts(page, style="hit__title")[0] == "Beratung"
    assert texts(search(wie="Lünen", sortierung="datum"), style="hit__title")[0] == "Beratung"
    assert texts(page, style="example__reason") == ["ebenfalls kreisangehörige Stadt im Kreis Unna"]
    assert any("sortierung=datum" in link and "wie=luenen" in link for link in links(page))
    assert "Keine Kommune in Nordrhein-Westfalen heißt „Atlantis“" in text(search(wie="Atlantis"))


def test_the_search_asks_for_the_own_municipality_only_where_practice_examples_are_left(
    client, luenen, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        make_example([luenen], title="Familienbüro")
        make_event(title="Familienbüro im Treffen")

    asked = [{"q": "Familienbüro", "art": kind} for kind in ("praxis", "treffen")]
    shown = [text(document(client.get("/suche/", query))) for query in asked]

    assert ["Wie meine Kommune" in page for page in shown] == [True, False]
