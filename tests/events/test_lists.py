"""The lists of events and attachments: filters, order, series with missing numbers."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from events.models import Event
from events.pages.series import numbered_entries
from tests.factories import (
    DRAFT,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_series,
    make_session,
    make_topic,
    make_visible_session,
)
from tests.reading import attribute, document, elements, links, text, texts

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Berlin"))


def shown(client, address: str) -> list[str]:
    page = document(client.get(address))
    return texts(page, style="listing__title") or texts(page, style="attachment__title")


def choices(client, address: str) -> dict[str, list[str]]:
    page = document(client.get(address))
    return {attribute(each, "name"): texts(each, tag="option")[1:] for each in elements(page, tag="select")}


@pytest.mark.both_databases
def test_events_are_sorted_coming_first_then_latest_first():
    make_event(title="Undatiert")
    make_event(title="Undatiert, vierter Platz", position=4)
    make_event(title="Lange her", starts_on=date(2018, 1, 1))
    make_event(title="Gestern", starts_on=date(2026, 11, 21))
    make_event(title="Läuft noch", starts_on=date(2026, 11, 20), ends_on=TODAY)
    make_event(title="Später", starts_on=date(2027, 5, 1))
    make_event(title="Bald", starts_on=date(2026, 12, 1))

    assert [event.title for event in Event.objects.in_order(NOON)] == [
        "Läuft noch", "Bald", "Später", "Gestern", "Lange her", "Undatiert, vierter Platz", "Undatiert",
    ]  # fmt: skip


@pytest.fixture
def events():
    hamm, school = make_municipality(name="Hamm"), make_topic(name="Schule")
    series = make_series(name="Fachtage")
    first = make_event(title="Eins", series=series, starts_on=date(2018, 5, 1), host=hamm, format="online")
    second = make_event([school], title="Zwei", starts_on=date(2019, 5, 1), format="presence")
    third = make_event(title="Drei", series=series)
    make_visible_session(first, topics=[school])
    make_session(third, topics=[make_topic(name="Nur im Entwurf")])
    make_event([school], title="Verborgen", starts_on=date(2019, 6, 1), **DRAFT)
    return {"first": first, "second": second, "third": third}


@pytest.mark.both_databases
def test_events_can_be_filtered_by_series_year_place_topic_and_format(client, events):
    assert choices(client, "/veranstaltungen/") == {
        "jahr": ["2019 (1)", "2018 (1)", "ohne Jahr (1)"],
        "format": ["nicht bekannt (1)", "Präsenz (1)", "online (1)"],
    }
    assert shown(client, "/veranstaltungen/?thema=schule") == ["Zwei", "Eins"]
    assert shown(client, "/veranstaltungen/?reihe=fachtage") == ["Eins", "Drei"]
    assert shown(client, "/veranstaltungen/?ort=hamm") == ["Eins"]
    assert shown(client, "/veranstaltungen/?jahr=ohne") == ["Drei"]
    assert shown(client, "/veranstaltungen/?format=online&jahr=2018") == ["Eins"]
    assert shown(client, "/veranstaltungen/?format=online&jahr=2019") == []


def test_topics_of_a_hidden_session_are_not_offered(client, events):
    page = document(client.get("/veranstaltungen/?thema=nur-im-entwurf"))

    assert texts(page, style="listing__title")[:3] == ["Zwei", "Eins", "Drei"]


def test_filters_can_be_removed_one_by_one_or_all_at_once(client, events):
    page = document(client.get("/veranstaltungen/?jahr=2018&format=online"))
    (chosen,) = elements(page, style="active-filters__list")

    assert texts(chosen, tag="a") == [
        "Filter aufheben: Jahr: 2018", "Filter aufheben: Format: online", "Alle aufheben",
    ]  # fmt: skip
    assert links(chosen) == ["?format=online", "?jahr=2018", "?"]
    assert texts(page, style="active-filters__number") == ["1 Treffen von 3"]


def test_an_empty_selection_offers_links(client, events):
    page = document(client.get("/veranstaltungen/?format=online&jahr=2019"))

    (empty,) = elements(page, style="empty")
    assert links(empty) == ["/veranstaltungen/"]


def test_pages_of_past_events_keep_the_filter(client):
    for number in range(31):
        make_event(title=f"Treffen {number}", starts_on=date(2010, 1, 1 + number % 28), format="online")
    make_event(format="presence")

    page = document(client.get("/veranstaltungen/?format=online"))

    (way,) = elements(page, style="pagination")
    assert links(way) == ["?format=online&seite=2"]
    assert len(shown(client, "/veranstaltungen/?format=online&seite=2")) == 1


def test_a_card_counts_visible_attachments_of_the_event_and_its_sessions(client):
    event = make_event(starts_on=date(2018, 1, 1))
    session = make_visible_session(event)
    make_attachment(event=event)
    make_attachment(session=session)
    make_attachment(session=session, absence="lost")
    make_attachment(session=session, **DRAFT)

    page = document(client.get("/veranstaltungen/"))

    assert texts(page, style="quiet") == ["2 Materialien"]


def test_a_series_lists_its_numbers_and_missing_ones():
    events = [make_event(number=number) for number in (3, 7, 6)] + [make_event()]

    entries = numbered_entries(events)

    assert [(rung.numbers, rung.event and rung.event.number) for rung in entries] == [
        ("7", 7), ("6", 6), ("4–5", None), ("3", 3), ("1–2", None),
    ]  # fmt: skip
    assert numbered_entries([]) == []
    assert [rung.numbers for rung in numbered_entries([make_event(number=2)])] == ["2", "1"]


def test_the_page_of_a_series_shows_numbered_missing_and_unnumbered_events(client):
    series = make_series(name="Fachtage")
    make_event(title="Der dritte", series=series, number=3)
    make_event(title="Der erste", series=series, number=1)
    make_event(title="Ungezählt", series=series)
    make_event(title="Verborgen", series=series, number=2, **DRAFT)

    page = document(client.get("/reihen/fachtage/"))

    assert texts(page, style="session__title") == ["Der dritte", "Der erste"]
    assert texts(page, style="session--undocumented") == ["… Nr. 2: nicht bekannt"]
    assert texts(page, style="listing__title") == ["Ungezählt"]


def test_a_long_series_has_pages(client, monkeypatch):
    monkeypatch.setattr("events.pages.series.PER_PAGE", 2)
    series = make_series(name="Fachtage")
    for number in (1, 3, None):
        make_event(title=f"Der {number}.", series=series, number=number)

    first, second = document(client.get("/reihen/fachtage/")), document(client.get("/reihen/fachtage/?seite=2"))

    assert (texts(first, style="session__title"), texts(first, style="listing__title")) == (["Der 3."], [])
    assert texts(first, style="session--undocumented") == ["… Nr. 2: nicht bekannt"]
    assert (texts(second, style="session__title"), texts(second, style="listing__title")) == (["Der 1."], ["Der None."])
    assert "3 Treffen" in text(second)
    assert links(elements(first, style="pagination")[0]) == ["?seite=2"]


def test_a_series_without_a_visible_event_has_no_page(client):
    series = make_series()
    make_event(series=series, **DRAFT)

    assert client.get(series.get_absolute_url()).status_code == 404
    assert client.get("/reihen/").headers["Location"] == "/veranstaltungen/"


def test_an_old_address_of_a_series_redirects_to_the_new_one(client):
    series = make_event(series=make_series(name="Alt")).series
    series.slug = "neu"
    series.save()

    assert client.get("/reihen/alt/").headers["Location"] == "/reihen/neu/"


@pytest.fixture
def library():
    hamm, school = make_municipality(name="Hamm"), make_topic(name="Schule")
    series = make_series(name="Fachtage")
    old = make_visible_session(make_event(series=series, starts_on=date(2018, 5, 1)), municipalities=[hamm])
    new = make_visible_session(make_event([school], starts_on=date(2020, 5, 1)))
    make_attachment(title="Alt", session=old, kind="slides")
    make_attachment(title="Neu", event=new.event, kind="video")
    make_attachment(title="Beispiel", practice_example=make_example([hamm], [school]), kind="handout")
    make_attachment(title="Verborgen", session=old, kind="audio", **DRAFT)


@pytest.mark.both_databases
def test_attachments_can_be_filtered_by_kind_year_series_topic_and_municipality(client, library):
    assert choices(client, "/materialien/") == {
        "art": ["Präsentation (1)", "Video (1)", "Handout (1)"],
        "jahr": ["2020 (1)", "2018 (1)", "ohne Jahr (1)"],
    }
    assert shown(client, "/materialien/?art=video") == ["Neu"]
    assert shown(client, "/materialien/?jahr=2018") == ["Alt"]
    assert shown(client, "/materialien/?reihe=fachtage") == ["Alt"]
    assert shown(client, "/materialien/?thema=schule") == ["Beispiel", "Neu"]
    assert shown(client, "/materialien/?ort=hamm") == ["Beispiel", "Alt"]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("", ["Beispiel", "Neu", "Alt"]),
        ("treffen", ["Neu", "Alt", "Beispiel"]),
        ("aelteste", ["Alt", "Neu", "Beispiel"]),
        ("unsinn", ["Beispiel", "Neu", "Alt"]),
    ],
)
def test_attachments_can_be_sorted_in_several_orders(client, library, order, titles):
    assert shown(client, f"/materialien/?sortierung={order}") == titles


def test_a_compact_list_has_no_covers_and_stays_compact_while_filtering(client, library):
    page = document(client.get("/materialien/?ansicht=liste&art=video"))
    (main,) = elements(page, tag="main")

    assert texts(page, style="listing__title") == ["Neu"]
    assert elements(page, style="cover") == []
    assert [(attribute(each, "name"), attribute(each, "value")) for each in elements(main, tag="input")] == [
        ("ansicht", "liste")
    ]
    assert elements(document(client.get("/materialien/")), style="cover") != []


@pytest.mark.both_databases
@pytest.mark.parametrize("address", ["/veranstaltungen/", "/materialien/"])
def test_junk_in_the_query_never_fails(client, library, address):
    for query in (
        "jahr=x&seite=x", "seite=99999999999999999999", "seite=-1", "jahr=2018&jahr=2019", "thema=" + "a" * 3000,
        "reihe=%F0%9F%A6%8B", "ort=%22%3E%3Cscript%3E", "sortierung=%27&ansicht[]=1", "art=%2e%2e%2f", "&&==&",
    ):  # fmt: skip
        response = client.get(f"{address}?{query}")

        assert response.status_code == 200, query
        assert "<script>" not in text(document(response)), query
