from datetime import UTC, date, datetime

import pytest

from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_session,
    make_speaker,
    make_visible_session,
)
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = pytest.mark.django_db

ESSEN = {"name": "Essen", "latitude": "51.4566", "longitude": "7.0123"}
BOCHUM = {"name": "Bochum", "latitude": "51.4816", "longitude": "7.2165"}
BIELEFELD = {"name": "Bielefeld", "latitude": "52.0333", "longitude": "8.5333"}


def read(client, instance, **query):
    return document(client.get(instance if isinstance(instance, str) else instance.get_absolute_url(), query))


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_municipalities_with_activities_first(client):
    make_example([make_municipality(name="Hamm")])
    make_municipality(name="Köln", region="koeln")

    page = read(client, "/kommunen/")

    first = elements(page, style="municipalities")[0]
    assert texts(first, style="municipality") == ["Hamm 1 Praxisbeispiel"]
    assert texts(page, tag="h2")[:4] == [
        "Mit Beiträgen", "Regierungsbezirke", "Regierungsbezirk Arnsberg", "Regierungsbezirk Köln",
    ]  # fmt: skip
    assert {"#bezirk-arnsberg", "#bezirk-koeln"} <= set(links(page))


def test_a_region_has_its_own_list_by_district(client):
    district = make_municipality(kind="district", name="Kreis Unna")
    make_example([make_municipality(kind="town", name="Lünen", district=district)])
    make_municipality(name="Hamm")
    make_municipality(name="Köln", region="koeln")

    page = read(client, "/kommunen/")
    arnsberg = read(client, "/kommunen/", bezirk="arnsberg")

    assert {"?bezirk=arnsberg", "?bezirk=arnsberg#kreis-unna", "?bezirk=koeln#kreisfrei"} <= set(links(page))
    assert texts(arnsberg, style="municipality__name") == ["Hamm", "Kreis Unna", "Lünen"]
    assert texts(arnsberg, tag="h3") == ["Kreisfreie Städte", "Kreis Unna"]
    assert "1 Stadt oder Gemeinde · 1 mit Beiträgen" in texts(arnsberg, style="quiet")
    assert texts(read(client, "/kommunen/", bezirk="atlantis"), tag="h2")[0] == "Mit Beiträgen"


def test_many_municipalities_with_activities_have_pages_and_one_map(client, monkeypatch):
    monkeypatch.setattr("practice.municipality_index.PER_PAGE", 1)
    for fields in (ESSEN, BOCHUM, BIELEFELD):
        make_example([make_municipality(**fields)])

    first, last = read(client, "/kommunen/"), read(client, "/kommunen/", seite="3")

    assert texts(elements(first, style="municipalities")[0], style="municipality__name") == ["Bielefeld"]
    assert texts(elements(last, style="municipalities")[0], style="municipality__name") == ["Essen"]
    assert "3 von 3" in texts(first, style="quiet")
    assert [attribute(link, "aria-label") for link in elements(last, style="map__link")] == [
        "Bielefeld",
        "2 Kommunen um Bochum: Bochum, Essen",
    ]
    assert "?um=bochum&seite=2" in links(read(client, "/kommunen/", um="bochum"))


def test_the_timeline_of_a_municipality_has_pages_and_its_files_lead_to_the_library(client, monkeypatch):
    monkeypatch.setattr("practice.municipality.ENTRIES", 2)
    monkeypatch.setattr("practice.municipality.FILES", 1)
    municipality = make_municipality(name="Hamm")
    for year in (2018, 2019, 2020):
        session = make_visible_session(
            make_event(starts_on=date(year, 5, 1)), title=f"Forum {year}", municipalities=[municipality]
        )
        make_attachment(session=session, title=f"Folien {year}")

    first, second = read(client, municipality), read(client, municipality, seite="2")

    assert texts(elements(first, style="years")[0], style="session__title") == ["Forum 2020", "Forum 2019"]
    assert texts(elements(second, style="years")[0], style="session__title") == ["Forum 2018"]
    assert texts(second, style="attachment__title") == ["Folien 2020"]
    assert "/materialien/?ort=hamm" in links(first)


@pytest.mark.both_databases
def test_a_name_finds_municipalities_with_that_name(client):
    make_municipality(name="Lünen")
    make_municipality(name="Hamm")

    page = read(client, "/kommunen/", q="luenen")

    assert texts(page, style="municipality__name") == ["Lünen"]
    assert "1 Kommune zu „luenen“" in texts(page, tag="h2")
    assert [attribute(field, "value") for field in elements(page, tag="input")] == ["", "luenen"]


@pytest.mark.both_databases
@pytest.mark.parametrize("query", ["Atlantis", "%", "ö" * 600, "<b>", "' OR 1=1"])
def test_an_unknown_name_offers_links(client, query):
    make_municipality(name="Hamm")

    page = read(client, "/kommunen/", q=query)

    assert texts(page, style="municipality__name") == []
    assert {"/kommunen/", "/praxis/"} <= set(links(page))
    assert any(link.startswith("/personen/?q=") for link in links(page))


def test_a_group_on_the_map_links_to_all_its_municipalities(client):
    for fields in (ESSEN, BOCHUM, BIELEFELD):
        make_example([make_municipality(**fields)])
    make_municipality(name="Herne", latitude="51.5388", longitude="7.2257")

    everything = read(client, "/kommunen/")
    group = next(link for link in links(everything) if link.startswith("/kommunen/?um="))
    page = document(client.get(group))

    assert group == "/kommunen/?um=bochum"
    assert texts(page, style="municipality__name") == ["Bochum", "Essen"]
    assert "Beiträge rund um Bochum" in texts(page, tag="h2")


@pytest.mark.parametrize("around", ["atlantis", "%27", "ö" * 500])
def test_the_list_around_an_unknown_place_is_the_whole_list(client, around):
    make_example([make_municipality(name="Hamm")])

    assert "Mit Beiträgen" in texts(read(client, "/kommunen/", um=around), tag="h2")


def test_the_list_around_a_municipality_without_activities_offers_links(client):
    make_municipality(**ESSEN)

    assert texts(read(client, "/kommunen/", um="essen"), style="empty")[0].startswith(
        "Rund um Essen gibt es noch keine Beiträge"
    )


def test_an_empty_list_says_so(client):
    assert texts(read(client, "/kommunen/"), style="empty")[0].startswith("Noch sind keine Kommunen eingetragen.")


# --- one municipality -------------------------------------------------------------------------------------------------


def test_the_page_of_a_municipality_lists_years_newest_first(client):
    municipality, other = make_municipality(name="Hamm"), make_municipality(name="Bonn")
    make_visible_session(
        make_event(starts_on=date(2018, 5, 1)), kind="forum", title="Forum", municipalities=[municipality, other]
    )
    make_visible_session(title="Irgendwann", municipalities=[municipality])
    make_event(host=municipality, title="Zu Gast", starts_on=date(2021, 3, 2), venue="Rathaus")
    make_example([municipality], title="Geprüft", checked_on=date(2024, 5, 1))
    make_example([municipality], title="Ungeprüft", published_from=datetime(2023, 1, 9, tzinfo=UTC))
    make_appearance(
        make_visible_session(make_event(starts_on=date(2019, 1, 1)), title="Gesprochen"), municipality=municipality
    )
    make_example([municipality], title="Entwurf", **DRAFT)
    make_session(title="Nicht im Programm", municipalities=[municipality])

    page = read(client, municipality)
    years = elements(page, style="years")[0]

    assert texts(years, style="session__title") == [
        "Geprüft",
        "Zu Gast",
        "Gesprochen",
        "Forum",
        "Irgendwann",
        "Ungeprüft",
    ]
    assert texts(years, style="session__link") == ["2024", "2021", "2019", "2018", "o. J.", "o. J."]
    assert texts(years, style="session__kind") == [
        "Praxisbeispiel", "Gastgeberin", "Fachvortrag", "Praxisforum", "Fachvortrag", "Praxisbeispiel",
    ]  # fmt: skip
    assert texts(years, style="session__municipalities") == ["Mit Bonn"]
    assert "Entwurf" not in text(page)
    assert "Nicht im Programm" not in text(page)


def test_the_lead_summarises_activities_in_one_sentence(client):
    municipality = make_municipality(name="Hamm")
    make_example([municipality])

    assert texts(read(client, municipality), style="title-block__lead") == ["Hamm hat ein Praxisbeispiel beigetragen."]


def test_known_facts_are_shown_and_unknown_ones_are_marked(client):
    known = make_municipality(inhabitants=179_916, member_since=2012, region="arnsberg", key="05915000")
    unknown = make_municipality(key="05915001")

    assert texts(read(client, known), tag="dd") == ["Arnsberg", "etwa 179.900", "2012", "05915000"]
    assert texts(read(client, unknown), tag="dd") == [
        "Arnsberg", "05915001", "Einwohnerzahl, Beitrittsjahr",
    ]  # fmt: skip


def test_the_page_lists_attachments_and_speakers_of_a_municipality(client):
    municipality, speaker = make_municipality(name="Hamm"), make_speaker(first_name="Ada", last_name="Wolf")
    early = make_visible_session(make_event(starts_on=date(2018, 5, 1)), municipalities=[municipality])
    late = make_visible_session(make_event(starts_on=date(2020, 5, 1)), municipalities=[municipality])
    make_appearance(early, speaker, municipality=municipality, organisation="Damals")
    make_appearance(late, speaker, municipality=municipality, organisation="Zuletzt")
    make_appearance(late, make_speaker(), municipality=make_municipality())
    make_attachment(session=early, title="Folien")
    make_attachment(session=early, title="Entwurf", **DRAFT)
    make_attachment(session=early, absence="lost")
    make_attachment(practice_example=make_example([municipality]), title="Leitfaden")

    page = read(client, municipality)

    assert sorted(texts(page, style="attachment__title")) == ["Folien", "Leitfaden"]
    assert texts(page, style="speaker__name") == ["Ada Wolf"]
    assert texts(page, style="speaker__affiliation") == ["Zuletzt"]
    assert speaker.get_absolute_url() in links(page)


def test_an_unlisted_speaker_is_named_without_a_link(client):
    municipality, speaker = make_municipality(), make_speaker(is_listed=False)
    make_appearance(make_visible_session(), speaker, municipality=municipality)

    page = read(client, municipality)

    assert texts(page, style="speaker__name") == [speaker.name]
    assert speaker.get_absolute_url() not in links(page)


def test_a_district_lists_its_municipalities_with_activities_and_they_link_back(client):
    district = make_municipality(kind="district", name="Kreis Unna")
    municipality = make_municipality(kind="town", name="Lünen", district=district)
    make_municipality(kind="town", name="Unna", district=district)
    make_example([municipality])

    page = read(client, district)

    assert "Städte und Gemeinden im Kreis Unna" in texts(page, tag="h2")
    assert texts(elements(page, style="municipalities")[0], style="municipality") == ["Lünen 1 Praxisbeispiel", "Unna"]
    assert district.get_absolute_url() in links(read(client, municipality))


def test_a_municipality_without_activities_links_to_neighbours(client):
    empty = make_municipality(**BOCHUM)
    make_example([make_municipality(**BIELEFELD)])
    make_example([make_municipality(**ESSEN)])

    page = read(client, empty)

    assert texts(page, style="empty")[0].startswith("Bochum hat noch keine Beiträge")
    near = elements(page, style="municipalities")[-1]
    assert texts(near, style="municipality__name") == ["Essen", "Bielefeld"]
    assert texts(near, style="quiet") == ["14 km", "109 km"]


def test_a_municipality_without_neighbours_links_to_the_practice_examples(client):
    assert "/praxis/" in links(elements(read(client, make_municipality()), style="empty")[0])


def test_a_cancelled_event_is_marked(client):
    municipality = make_municipality()
    make_event(host=municipality, course="cancelled")

    assert texts(read(client, municipality), style="session__kind") == ["Gastgeberin · abgesagt"]


def test_sample_content_is_marked_wherever_it_is_named(client):
    municipality = make_municipality(**ESSEN)
    make_example([municipality], title="Erfunden", is_sample=True)
    make_visible_session(title="Echt", municipalities=[municipality])

    page, lists = read(client, municipality), read(client, "/kommunen/")

    assert texts(page, style="session__kind") == ["Fachvortrag", "Praxisbeispiel Beispiel"]
    assert texts(page, style="example__municipality") == ["Beispiel"]
    assert texts(page, style="over") == ["Kreisfreie Stadt Beispiel"]
    assert len(texts(lists, style="sample")) == 1
    assert len(texts(read(client, "/kommunen/", bezirk="arnsberg"), style="sample")) == 1
    assert any("(Beispiel)" in attribute(link, "aria-label") for link in elements(lists, style="map__link"))
