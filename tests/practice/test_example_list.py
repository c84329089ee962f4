from datetime import UTC, datetime

import pytest

from tests.factories import DRAFT, make_example, make_municipality, make_topic
from tests.reading import document, elements, links, text, texts

pytestmark = pytest.mark.django_db


def read(client, **query):
    return document(client.get("/praxis/", query))


def choices(page, name):
    (select,) = [one for one in elements(page, tag="select") if dict(one.attributes)["name"] == name]
    return texts(select, tag="option")


@pytest.mark.both_databases
def test_size_classes_begin_with_their_number(client):
    for inhabitants in (None, 1, 19_999, 20_000, 49_999, 50_000, 99_999, 100_000, 499_999, 500_000):
        make_example([make_municipality(inhabitants=inhabitants)])

    assert choices(read(client), "groesse") == [
        "Alle",
        "unter 20.000 (2)",
        "20.000 bis unter 50.000 (2)",
        "50.000 bis unter 100.000 (2)",
        "100.000 bis unter 500.000 (2)",
        "ab 500.000 (1)",
        "unbekannt (1)",
    ]


@pytest.mark.both_databases
def test_examples_are_filtered_by_topic_stage_and_municipality(client):
    phase, law = make_topic(name="Frühe Kindheit", kind="phase"), make_topic(name="SGB VIII", kind="law")
    small = make_municipality(kind="city", region="koeln", inhabitants=9_000)
    district = make_municipality(kind="district", region="detmold", inhabitants=300_000)
    make_example([small], [phase, law], title="Klein", stage="pilot")
    make_example([district], [phase], title="Groß", stage="regular")
    make_example([small], [phase], title="Entwurf", **DRAFT)

    everything = read(client)

    assert texts(everything, style="example__title") == ["Groß", "Klein"]
    assert choices(everything, "zustand") == ["Alle", "Pilot (1)", "Regelbetrieb (1)"]
    assert choices(everything, "art") == ["Alle", "kreisfreie Stadt (1)", "Kreis (1)"]
    assert choices(everything, "groesse") == ["Alle", "unter 20.000 (1)", "100.000 bis unter 500.000 (1)"]
    assert choices(everything, "bezirk") == ["Alle", "Detmold (1)", "Köln (1)"]
    for query, titles in (
        ({"lebensphase": "fruehe-kindheit"}, ["Groß", "Klein"]),
        ({"rechtskreis": "sgb-viii"}, ["Klein"]),
        ({"zustand": "regelbetrieb"}, ["Groß"]),
        ({"art": "kreis"}, ["Groß"]),
        ({"groesse": "unter-20000"}, ["Klein"]),
        ({"bezirk": "koeln"}, ["Klein"]),
        ({"bezirk": "koeln", "art": "kreis"}, []),
    ):
        assert texts(read(client, **query), style="example__title") == titles, query


def test_the_map_shows_only_municipalities_of_the_selection(client):
    hamm = make_municipality(name="Hamm", latitude="51.6804", longitude="7.8150", region="arnsberg")
    bonn = make_municipality(name="Bonn", latitude="50.7344", longitude="7.0955", region="koeln")
    make_example([hamm])
    make_example([hamm, bonn])
    make_example([bonn])

    page = read(client, bezirk="arnsberg")

    assert texts(elements(page, style="municipalities")[0], style="municipality") == [
        "Bonn 1 Praxisbeispiel",
        "Hamm 2 Praxisbeispiele",
    ]
    assert [dict(link.attributes)["aria-label"] for link in elements(page, style="map__link")] == [
        "Bonn: 1 Praxisbeispiel", "Hamm: 2 Praxisbeispiele",
    ]  # fmt: skip


def test_examples_are_sorted_newest_first_and_another_order_is_kept(client):
    ahlen, zuelpich = make_municipality(name="Ahlen"), make_municipality(name="Zülpich")
    for year, title, municipality in ((2020, "Zuerst", ahlen), (2022, "Ärmel hoch", zuelpich), (2021, "Baum", ahlen)):
        make_example([municipality], title=title, stage="pilot", published_from=datetime(year, 1, 1, tzinfo=UTC))
    make_example([ahlen], title="Anderes", stage="idea")

    def titles(**query):
        return texts(read(client, zustand="pilot", **query), style="example__title")

    assert titles() == ["Ärmel hoch", "Baum", "Zuerst"]
    assert titles(sortierung="titel") == ["Ärmel hoch", "Baum", "Zuerst"]
    assert titles(sortierung="kommune") == ["Baum", "Zuerst", "Ärmel hoch"]
    assert titles(sortierung="quatsch") == ["Ärmel hoch", "Baum", "Zuerst"]
    page = read(client, sortierung="titel", zustand="pilot")
    assert {"?zustand=pilot", "?zustand=pilot&sortierung=kommune", "?sortierung=titel"} <= set(links(page))


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query",
    [
        {"zustand": "%", "seite": "x", "sortierung": "' OR 1=1"},
        {"seite": "99999999999999999999"},
        {"handlungsfeld": "ö" * 500, "groesse": "-1"},
        {"bezirk": ["koeln", "koeln"], "unbekannt": "x"},
    ],
)
def test_junk_in_the_query_is_ignored(client, query):
    make_example(title="Eines", stage="pilot")
    make_example(title="Zweites", stage="idea")

    response = client.get("/praxis/", query)

    assert response.status_code == 200
    assert texts(document(response), style="example__title") == ["Zweites", "Eines"]


def test_a_page_shows_twenty_four_examples(client):
    for number in range(25):
        make_example(title=f"Beispiel {number:02}", stage="pilot")

    first, second = (read(client, seite=number, zustand="pilot") for number in (1, 2))

    assert len(elements(first, style="example")) == 24
    assert texts(second, style="example__title") == ["Beispiel 00"]
    assert "Seite 2 von 2" in text(second)
    assert "?zustand=pilot&seite=2" in links(first)


def test_an_empty_list_and_an_empty_selection_offer_links(client):
    assert {"/veranstaltungen/", "/kommunen/"} <= set(links(elements(read(client), style="empty")[0]))

    make_example([make_municipality(region="koeln")], stage="pilot")
    make_example([make_municipality(region="detmold")], stage="idea")

    page = read(client, bezirk="koeln", zustand="idee")

    assert "Zu dieser Auswahl gibt es noch kein Praxisbeispiel." in text(page)
    assert {"/praxis/", "?bezirk=koeln", "?zustand=idee"} <= set(links(page))


def test_sample_examples_are_marked(client):
    make_example([make_municipality(name="Hamm")], is_sample=True)

    assert texts(read(client), style="example__municipality") == ["Hamm Beispiel"]
