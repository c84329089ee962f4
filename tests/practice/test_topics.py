from datetime import UTC, date, datetime

import pytest

from practice.topic_order import topic_key
from tests.factories import (
    DRAFT,
    make_attachment,
    make_event,
    make_example,
    make_session,
    make_topic,
    make_visible_session,
)
from tests.reading import document, elements, links, text, texts

pytestmark = pytest.mark.django_db


def read(client, address, **query):
    return document(client.get(address, query))


def test_topics_are_listed_by_kind_with_description_and_number_of_visible_objects(client):
    topic = make_topic(name="SGB II", kind="law", description="Grundsicherung.")
    make_topic(name="Schule", kind="phase")
    make_topic(name="Ärzte", kind="field")
    make_topic(name="Arbeit", kind="field")
    make_example(topics=[topic])
    make_visible_session(topics=[topic])
    make_example(topics=[topic], **DRAFT)

    page = read(client, "/themen/")

    assert texts(page, tag="h2")[:4] == ["Auf dieser Seite", "Handlungsfeld", "Lebensphase", "Rechtskreis"]
    assert texts(page, style="subject") == ["Arbeit 0", "Ärzte 0", "Schule 0", "SGB II 2 Grundsicherung."]


@pytest.mark.both_databases
def test_topics_stand_in_the_order_of_life_and_law_everywhere(client):
    laws = [make_topic(kind="law", name=f"SGB {number}") for number in ("XII", "V", "IX", "II", "VIII", "III")]
    placed = {"Grundschule": 40, "Beruf": None, "Schwangerschaft": 10, "Kita": 30, "Ausbildung": None}
    phases = [make_topic(kind="phase", name=name, position=position) for name, position in placed.items()]
    topics = [*laws, *phases, make_topic(name="Ärzte"), make_topic(name="Bildung")]
    example, event = make_example(topics=topics), make_event(topics, title="Treffen")
    session = make_visible_session(make_event(), topics=topics)

    right = ["Ärzte", "Bildung", "Schwangerschaft", "Kita", "Grundschule", "Ausbildung", "Beruf"]
    right += [f"SGB {number}" for number in ("II", "III", "V", "VIII", "IX", "XII")]
    assert [subject.rsplit(" ", 1)[0] for subject in texts(read(client, "/themen/"), style="subject")] == right
    for address in (example, event, session):
        assert texts(read(client, address.get_absolute_url()), style="tag") == right
    options = [option.rsplit(" (", 1)[0] for option in texts(read(client, "/veranstaltungen/"), tag="option")]
    assert [option for option in options if option in right] == right
    shown = texts(read(client, "/"), tag="a")
    assert [name for name in shown if name in right] == [name for name in right if name in shown]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("SGB IX", "2 99999 sgb 009"),
        ("SGB 8", "2 99999 sgb 008"),
        ("SGB XIV", "2 99999 sgb 014"),
        ("Civil", "2 99999 civil"),
    ],
)
def test_books_of_law_sort_by_their_number(name, key):
    assert topic_key(2, None, name) == key


def test_an_empty_list_of_topics_links_to_the_events(client):
    assert "/veranstaltungen/" in links(elements(read(client, "/themen/"), style="empty")[0])


@pytest.mark.both_databases
def test_the_page_of_a_topic_lists_everything_newest_first(client):
    topic = make_topic(name="SGB II", description="Worum es geht.", kind="law")
    make_event([topic], title="Treffen", starts_on=date(2020, 1, 1))
    session = make_visible_session(make_event(starts_on=date(2022, 1, 1)), title="Vortrag", topics=[topic])
    make_visible_session(title="Irgendwann", topics=[topic])
    make_example(topics=[topic], title="Geprüft", checked_on=date(2021, 1, 1))
    make_example(topics=[topic], title="Neu", published_from=datetime(2023, 1, 1, tzinfo=UTC))
    make_attachment(session=session, title="Folien")
    make_attachment(session=session, title="Geheim", **DRAFT)
    make_session(title="Nicht im Programm", topics=[topic])
    make_event([topic], title="Entwurf", **DRAFT)

    page = read(client, topic.get_absolute_url())

    assert texts(page, style="session__title") == ["Vortrag", "Geprüft", "Treffen", "Irgendwann", "Neu"]
    assert texts(page, style="session__link") == ["2022", "2021", "2020", "o. J.", "o. J."]
    assert texts(page, style="title-block__lead") == ["Worum es geht."]
    assert "1 Treffen, 2 Beiträge, 2 Praxisbeispiele und 1 Material im Lernnetzwerk" in texts(page, style="quiet")
    assert "/praxis/?rechtskreis=sgb-ii" in links(page)
    assert "Folien" in text(page)
    assert "Geheim" not in text(page)


def test_the_link_to_the_examples_filters_by_the_topic(client):
    for kind in ("field", "phase", "law", "group"):
        topic = make_topic(kind=kind)
        make_example(topics=[topic], title=f"Zu {topic}")
        page = read(client, topic.get_absolute_url())
        (link,) = [link for link in links(page) if link.startswith("/praxis/?")]

        assert texts(read(client, link), style="example__title") == [f"Zu {topic}"]


def test_topics_used_together_are_related(client):
    topic, often, once, hidden = (make_topic(name=name) for name in ("SGB II", "Zeit", "Arbeit", "Verborgen"))
    make_example(topics=[topic, often])
    make_visible_session(topics=[topic, often, once])
    make_example(topics=[topic, hidden], **DRAFT)

    page = read(client, topic.get_absolute_url())

    assert texts(elements(page, style="tags")[0], style="tag") == ["Arbeit", "Zeit"]


def test_a_long_list_is_paginated(client):
    topic = make_topic()
    for number in range(41):
        make_example(topics=[topic], title=f"Beispiel {number:02}", published_from=datetime(2020, 1, 1, tzinfo=UTC))

    second = read(client, topic.get_absolute_url(), seite=2)

    assert texts(second, style="session__title") == ["Beispiel 00"]
    assert "Seite 2 von 2" in text(second)
    assert len(texts(read(client, topic.get_absolute_url(), seite="x"), style="session__title")) == 40


def test_an_unused_topic_links_to_the_others(client):
    page = read(client, make_topic().get_absolute_url())

    assert "Zu diesem Thema ist noch nichts veröffentlicht." in texts(page, style="empty")[0]
    assert "/themen/" in links(elements(page, style="empty")[0])


def test_sample_content_is_marked(client):
    topic = make_topic()
    make_event([topic], is_sample=True)
    make_example(topics=[topic], is_sample=True)
    make_visible_session(make_event(is_sample=True), topics=[topic])

    page = read(client, topic.get_absolute_url())

    assert all(kind.endswith(" Beispiel") for kind in texts(page, style="session__kind"))
    assert len(texts(page, style="session__kind")) == 3
