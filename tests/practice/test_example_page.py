from datetime import date

import pytest

from practice.example import example_page, similar_examples
from practice.models import PracticeExample
from tests.factories import (
    DRAFT,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_topic,
    make_visible_session,
)
from tests.reading import document, elements, links, text, texts

pytestmark = pytest.mark.django_db


def read(client, example):
    return document(client.get(example.get_absolute_url()))


def test_the_page_shows_its_sections_in_order_and_omits_empty_ones(client):
    municipality, topic = make_municipality(name="Hamm"), make_topic(name="Schule")
    example = make_example(
        [municipality],
        [topic],
        title="Bildungsbegleiter",
        summary="Wie es geht.",
        starting_point="<p>Anfang</p>",
        outcome="<p>Ende</p>",
        stage="pilot",
        checked_on=date(2027, 3, 17),
        contact_function="Koordination",
        contact_email="koordination@ort.example",
    )
    session = make_visible_session(title="Forum", examples=[example])
    make_attachment(practice_example=example, title="Leitfaden")

    page = read(client, example)

    assert texts(page, tag="h2")[:5] == ["Auf dieser Seite", "Ausgangslage", "Ergebnis", "Vorgestellt in", "Themen"]
    assert {"#abschnitt-1", "#abschnitt-2", "#vorgestellt", "#themen"} <= set(links(page))
    assert texts(elements(page, style="facts")[0], tag="dd") == [
        "Hamm", "Pilot", "17. März 2027", "Koordination, koordination@ort.example",
    ]  # fmt: skip
    assert "mailto:koordination@ort.example" in links(page)
    assert texts(page, style="chip") == ["Präsentation „Leitfaden“ Präsentation „Leitfaden“ öffnen: ort.example"]
    assert session.get_absolute_url() in links(page)
    assert topic.get_absolute_url() in links(page)


def test_an_example_with_only_a_title_says_so(client):
    page = read(client, make_example())

    assert texts(page, tag="dd")[1:] == ["Umsetzungsstand, letzte Prüfung"]
    assert texts(page, style="empty") == ["Eine ausführliche Beschreibung liegt nicht vor. Auskunft gibt die Kommune."]
    assert elements(page, style="jump-list") == []


def test_sections_come_in_the_order_of_reading():
    names = ("transferability", "pitfalls", "starting_point", "prerequisites", "outcome", "approach")
    example = PracticeExample(title="B", **dict.fromkeys(names, "<p>x</p>"))

    assert [heading for heading, _text in example.sections] == [
        "Ausgangslage", "Vorgehen", "Ergebnis", "Stolpersteine", "Voraussetzungen", "Übertragbarkeit",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "years"),
    [
        ({}, 0),
        ({"checked_on": date(2025, 6, 2)}, 0),
        ({"checked_on": date(2024, 6, 1)}, 0),  # 24 months to the day
        ({"checked_on": date(2024, 5, 31)}, 2),
        ({"checked_on": date(2020, 2, 29)}, 6),
        ({"checked_on": date(2020, 7, 1)}, 5),
        ({"checked_on": date(2020, 2, 29), "stage": "ended"}, 0),
    ],
)
def test_a_check_is_old_after_more_than_24_months(fields, years):
    assert PracticeExample(**fields).years_unchecked(date(2026, 6, 1)) == years


def test_an_old_check_is_shown_with_a_note(client):
    old = make_example(checked_on=date(2019, 1, 1), contact_function="Koordination")
    fresh = make_example()

    assert example_page(old, date(2022, 6, 1))["years_unchecked"] == 3
    assert "Fragen Sie bei der Ansprechstelle nach dem aktuellen Stand." in texts(read(client, old), tag="p")
    assert elements(read(client, fresh), style="notice") == []


# --- similar ones -----------------------------------------------------------------------------------------------------


def reasons(example):
    return {other.title: other.reason for other in similar_examples(example)}


def test_similar_examples_name_what_they_share():
    phase, law = make_topic(name="Frühe Kindheit", kind="phase"), make_topic(name="SGB VIII", kind="law")
    unna = make_municipality(kind="district", name="Kreis Unna", region="arnsberg")
    luenen = make_municipality(kind="town", name="Lünen", district=unna, region="arnsberg")
    kamen = make_municipality(kind="town", name="Kamen", district=unna, region="arnsberg")
    hamm, bonn = make_municipality(name="Hamm", region="arnsberg"), make_municipality(name="Bonn", region="koeln")
    example = make_example([luenen], [phase, law], title="Dieses")
    make_example([bonn], [phase, law], title="Beide Themen")
    make_example([kamen], [phase], title="Ein Thema im Kreis")
    make_example([unna], title="Der Kreis selbst")
    make_example([hamm], title="Bezirk")
    make_example([bonn], title="Nichts gemeinsam")
    make_example([luenen], [phase, law], title="Entwurf", **DRAFT)

    assert reasons(example) == {
        "Beide Themen": "auch Frühe Kindheit und SGB VIII",
        "Ein Thema im Kreis": "auch Frühe Kindheit · ebenfalls im Kreis Unna",
        "Der Kreis selbst": "ebenfalls im Kreis Unna",
    }
    assert [other.title for other in similar_examples(example, most=9)][-1] == "Bezirk"


def test_municipality_and_region_make_examples_similar_too():
    hamm, dortmund = make_municipality(name="Hamm"), make_municipality(name="Dortmund")
    example = make_example([hamm])
    make_example([hamm], title="Ort")
    make_example([dortmund], title="Bezirk")

    assert reasons(example) == {"Ort": "ebenfalls in Hamm", "Bezirk": "ebenfalls im Regierungsbezirk Arnsberg"}


def test_several_municipalities_do_not_make_a_topic_count_twice():
    topics = [make_topic() for _n in range(2)]
    municipalities = [make_municipality(region="arnsberg") for _n in range(3)]
    example = make_example(municipalities, topics)
    make_example(municipalities, topics[:1], title="Ein Thema, drei Orte")
    make_example([make_municipality(region="koeln")], topics, title="Zwei Themen")

    assert list(reasons(example)) == ["Zwei Themen", "Ein Thema, drei Orte"]


def test_sample_content_is_marked(client):
    municipality = make_municipality(name="Hamm")
    example = make_example([municipality], is_sample=True)
    make_example([municipality], is_sample=True)
    make_visible_session(make_event(is_sample=True), examples=[example])

    page = read(client, example)

    assert texts(page, style="over") == ["Praxisbeispiel aus Hamm Beispiel"]
    assert texts(page, style="session__kind") == ["Fachvortrag Beispiel"]
    assert texts(page, style="example__municipality") == ["Hamm Beispiel"]
    assert "Entwurf" not in text(page)
