from datetime import time

import pytest

from events.models import Appearance
from events.programme.structure import Entry
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_release,
    make_session,
    make_speaker,
    make_visible_session,
    rewrite,
)
from tests.reading import document, elements, links, text, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def knuth():
    return make_speaker(
        academic_title="Prof. Dr.",
        first_name="Matthias",
        last_name="Knuth",
        unit="IAQ",
        organisation="Universität Duisburg-Essen",
        place="Duisburg",
    )


# --- title and affiliation of that day --------------------------------------------------------------------------------


def test_an_appearance_copies_title_and_affiliation_of_the_speaker(knuth):
    appearance = make_appearance(speaker=knuth)

    assert appearance.name == "Prof. Dr. Matthias Knuth"
    assert appearance.affiliation == "IAQ, Universität Duisburg-Essen, Duisburg"


def test_an_appearance_keeps_title_and_affiliation_when_the_speaker_changes(knuth):
    appearance = make_appearance(speaker=knuth)
    knuth.academic_title, knuth.organisation, knuth.unit, knuth.place = "", "Ministerium", "", "Düsseldorf"
    knuth.save()

    appearance = Appearance.objects.get(pk=appearance.pk)
    appearance.save()

    assert appearance.name == "Prof. Dr. Matthias Knuth"
    assert appearance.affiliation == "IAQ, Universität Duisburg-Essen, Duisburg"


@pytest.mark.parametrize(
    ("given", "name", "affiliation"),
    [
        ({"organisation": "Stadt Hamm"}, "Matthias Knuth", "Stadt Hamm"),
        ({"academic_title": "Dr."}, "Dr. Matthias Knuth", ""),
        ({"unit": "Jugendamt", "place": "Hamm"}, "Matthias Knuth", "Jugendamt, Hamm"),
    ],
)
def test_facts_given_for_an_appearance_replace_all_facts_of_the_speaker(knuth, given, name, affiliation):
    appearance = make_appearance(speaker=knuth, **given)

    assert (appearance.name, appearance.affiliation) == (name, affiliation)


def test_an_affiliation_emptied_later_stays_empty(knuth):
    appearance = make_appearance(speaker=knuth)
    for field in Appearance.COPIED:
        setattr(appearance, field, "")
    appearance.save()

    assert Appearance.objects.get(pk=appearance.pk).affiliation == ""


# --- titles -----------------------------------------------------------------------------------------------------------


def test_a_session_with_a_title_is_named_by_it():
    session = make_session(title="Aktivieren oder befähigen?")

    assert (session.name, session.is_title_marked) == ("Aktivieren oder befähigen?", False)


def test_a_title_added_by_editors_is_marked():
    assert make_session(title="Diskussion im Plenum", is_title_editorial=True).is_title_marked is True


@pytest.mark.parametrize(
    ("kind", "roles", "name"),
    [
        ("talk", ["talk"], "Fachvortrag von Dr. A B"),
        ("talk", ["talk", "talk"], "Fachvortrag von Dr. A B und Dr. A B"),
        ("talk", ["talk", "talk", "talk"], "Fachvortrag von Dr. A B, Dr. A B und Dr. A B"),
        ("talk", ["talk", "chair"], "Fachvortrag von Dr. A B"),
        ("talk", ["chair"], "Fachvortrag"),
        ("welcome", ["welcome"], "Begrüßung durch Dr. A B"),
        ("discussion", ["panel"], "Diskussion von Dr. A B"),
        ("closing", [], "Abschluss"),
    ],
)
def test_an_untitled_session_is_named_after_kind_and_speakers(kind, roles, name):
    session = make_session(title="", kind=kind)
    for role in roles:
        make_appearance(session, make_speaker(academic_title="Dr.", first_name="A", last_name="B"), role=role)

    assert (session.name, session.is_title_marked, session.title) == (name, True, "")


@pytest.mark.parametrize(
    ("municipalities", "name"),
    [
        (["Hamm"], "Praxisforum Hamm"),
        (["Lünen", "Hamm"], "Praxisforum Hamm und Lünen"),
        (["Lünen", "Hamm", "Aachen"], "Praxisforum Aachen, Hamm und Lünen"),
    ],
)
def test_an_untitled_session_without_speakers_is_named_after_its_municipalities(municipalities, name):
    session = make_session(
        title="", kind="forum", municipalities=[make_municipality(name=municipality) for municipality in municipalities]
    )

    assert session.name == name


def test_speakers_are_in_their_own_order_not_alphabetical():
    session = make_session(title="")
    make_appearance(session, make_speaker(first_name="", last_name="Adam"), position=2)
    make_appearance(session, make_speaker(first_name="", last_name="Zoe"), position=1)

    assert session.name == "Fachvortrag von Zoe und Adam"


def test_the_derived_title_contains_the_academic_title_of_that_day():
    speaker = make_speaker(academic_title="Dr.", first_name="Ada", last_name="Wolf")
    session = make_session(title="")
    make_appearance(session, speaker)
    rewrite(speaker, academic_title="Prof. Dr.")

    assert session.name == "Fachvortrag von Dr. Ada Wolf"


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_time_room_speakers_and_attachments(client, knuth):
    session = make_session(title="", language="de", municipalities=[make_municipality(name="Hamm")])
    make_appearance(session, knuth)
    make_attachment(session=session)
    make_attachment(session=session, url="", absence="lost", kind="video")
    make_attachment(session=session, title="Nur für uns", **DRAFT)
    make_release(session.event, [Entry(session, begins_at=time(10, 30), duration=50, room="Raum 3")])

    page = document(client.get(session.get_absolute_url()))

    assert texts(page, tag="h1") == ["Fachvortrag von Prof. Dr. Matthias Knuth"]
    assert texts(page, style="title-block__derived") == ["Titel von der Redaktion ergänzt"]
    assert texts(page, style="over") == ["Fachvortrag · bis 11:20 · Raum 3"]
    assert texts(page, style="speaker__name") == ["Prof. Dr. Matthias Knuth"]
    assert texts(page, style="speaker__affiliation") == ["IAQ, Universität Duisburg-Essen, Duisburg"]
    assert texts(page, style="chip") == [
        "Präsentation von Prof. Dr. Matthias Knuth Präsentation von Prof. Dr. Matthias Knuth öffnen: ort.example",
        "Video: nicht mehr vorhanden",
    ]
    assert texts(elements(page, style="facts")[0], tag="dd")[1:] == [
        "Datum nicht bekannt", "Raum 3", "Hamm", "Deutsch",
    ]  # fmt: skip


def test_a_speaker_for_a_municipality_is_shown_with_it(client, knuth):
    session = make_visible_session()
    make_appearance(session, knuth, organisation="Jugendamt", municipality=make_municipality(name="Lünen"))

    page = document(client.get(session.get_absolute_url()))

    assert texts(page, style="speaker__affiliation") == ["Jugendamt, für Lünen"]


def test_the_page_shows_visible_practice_examples_only(client):
    examples = [make_example(title="Gezeigt"), make_example(title="Verborgen", **DRAFT)]
    session = make_visible_session(examples=examples)

    page = document(client.get(session.get_absolute_url()))

    assert texts(page, style="listing__title") == ["Gezeigt"]


@pytest.fixture
def afternoon():
    """Releases a talk, a parallel phase with three forums, a break and the closing."""
    event = make_event()
    sessions = {
        name: make_session(event, title=name) for name in ("Vortrag", "Phase", "Eins", "Zwei", "Drei", "Abschluss")
    }
    make_release(
        event,
        [
            sessions["Vortrag"],
            Entry(sessions["Phase"], is_parallel=True),
            *(Entry(sessions[name], indent=1) for name in ("Eins", "Zwei", "Drei")),
            "Kaffeepause",
            sessions["Abschluss"],
        ],
    )
    return sessions


@pytest.mark.parametrize(
    ("name", "surroundings"),
    [
        ("Vortrag", ["Davor Beginn des Programms", "Dieser Beitrag Vortrag", "Danach Phase"]),
        ("Phase", ["Davor Vortrag", "Dieser Beitrag Phase", "Danach Abschluss"]),
        ("Zwei", ["Davor Vortrag", "Dieser Beitrag Zwei Teil von Phase", "Danach Abschluss"]),
        ("Abschluss", ["Davor Phase", "Dieser Beitrag Abschluss", "Danach Ende des Programms"]),
    ],
)
def test_the_page_links_to_adjacent_sessions(client, afternoon, name, surroundings):
    page = document(client.get(afternoon[name].get_absolute_url()))
    (around,) = elements(page, tag="ol", style="series")

    assert texts(around, tag="li") == surroundings


def test_the_page_of_a_forum_links_to_parallel_forums(client, afternoon):
    page = document(client.get(afternoon["Zwei"].get_absolute_url()))

    assert "Zur gleichen Zeit" in texts(page, tag="h3")
    assert texts(page, style="listing__title") == ["Eins", "Drei"]


def test_the_page_of_a_phase_lists_what_runs_in_it(client, afternoon):
    page = document(client.get(afternoon["Phase"].get_absolute_url()))

    assert "Parallele Beiträge" in texts(page, tag="h2")
    assert texts(page, style="listing__title") == ["Eins", "Zwei", "Drei"]


def test_consecutive_items_under_a_talk_are_adjacent(client):
    event = make_event()
    talk, first, second = (make_session(event, title=title) for title in ("Vortrag", "Frage", "Antwort"))
    make_release(event, [talk, Entry(first, indent=1), Entry(second, indent=1)])

    page = document(client.get(first.get_absolute_url()))

    assert second.get_absolute_url() in links(page)
    assert "Danach Antwort" in text(page)
    assert "Davor Vortrag" in text(page)
    assert "Zur gleichen Zeit" not in text(page)
