from datetime import date

import pytest

from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_municipality,
    make_session,
    make_speaker,
    make_topic,
    make_visible_session,
)
from tests.reading import document, links, texts

pytestmark = pytest.mark.django_db


def appear(speaker, year, title, **fields):
    event = make_event(starts_on=date(year, 5, 1) if year else None, is_sample=fields.pop("is_sample", False))
    session = make_visible_session(event, title=title, **{"municipalities": (), "topics": (), **fields})
    make_appearance(session, speaker)
    return session


def test_appearances_are_sorted_newest_first_and_undated_ones_last(client):
    speaker = make_speaker()
    for year, title in ((2018, "Mitte"), (None, "Irgendwann"), (2024, "Zuletzt"), (2012, "Zuerst")):
        appear(speaker, year, title)

    page = document(client.get(speaker.get_absolute_url()))

    assert texts(page, style="session__title") == ["Zuletzt", "Mitte", "Zuerst", "Irgendwann"]
    assert texts(page, style="session__link") == ["2024", "2018", "2012", "o. J."]
    assert "4 Beiträge im Lernnetzwerk, 2012 bis 2024" in texts(page, style="quiet")


def test_visible_attachments_municipalities_and_topics_are_listed_once(client):
    speaker, municipality, law = make_speaker(), make_municipality(name="Hamm"), make_topic(name="SGB II", kind="law")
    field = make_topic(name="Arbeit", kind="field")
    first = appear(speaker, 2018, "Erster", municipalities=[municipality], topics=[law, field])
    make_appearance(first, speaker, role="chair")
    appear(speaker, 2019, "Zweiter", municipalities=[municipality], topics=[law])
    hidden = make_session(municipalities=[make_municipality(name="Bonn")], topics=[make_topic(name="Geheim")])
    make_appearance(hidden, speaker)
    attachment = make_attachment(session=first, title="Folien")
    for fields in ({**DRAFT, "title": "Entwurf"}, {"absence": "lost"}):
        make_attachment(session=first, **fields)
    make_attachment(session=hidden, title="Später")

    page = document(client.get(speaker.get_absolute_url()))

    assert texts(page, style="attachment__title") == ["Folien"]
    assert texts(page, tag="dt") == ["Kommunen", "Handlungsfeld", "Rechtskreis"]
    assert texts(page, style="tag") == ["Hamm", "Arbeit", "SGB II"]
    assert {attachment.get_absolute_url(), municipality.get_absolute_url(), law.get_absolute_url()} <= set(links(page))


def test_sample_speakers_and_sample_events_are_marked(client):
    speaker = make_speaker(is_sample=True)
    appear(speaker, 2018, "Echt")
    appear(speaker, 2019, "Erfunden", is_sample=True)

    lists, page = (document(client.get(address)) for address in ("/personen/", speaker.get_absolute_url()))

    assert texts(lists, style="sample") == ["Beispiel"]
    assert texts(page, style="over") == ["Person Beispiel"]
    assert texts(page, style="session__kind") == ["Vortrag Beispiel", "Vortrag"]


def test_a_speaker_with_few_facts_has_a_short_page(client):
    speaker = make_speaker()
    appear(speaker, None, "Irgendwann")

    page = document(client.get(speaker.get_absolute_url()))

    assert texts(page, tag="h2")[:2] == ["Auf dieser Seite", "Beiträge"]
    assert "1 Beitrag im Lernnetzwerk" in texts(page, style="quiet")


def test_a_speaker_for_a_municipality_links_to_it(client):
    speaker, municipality = make_speaker(), make_municipality(name="Hamm")
    make_appearance(make_visible_session(), speaker, municipality=municipality, organisation="Jugendamt")

    page = document(client.get(speaker.get_absolute_url()))

    assert f"Als {speaker.name}, Jugendamt, für Hamm" in texts(page, style="quiet")
    assert municipality.get_absolute_url() in links(page)
