from collections import Counter
from datetime import date

import pytest

from practice.activities import Activity, activities
from practice.models import Municipality
from tests.factories import (
    DRAFT,
    make_appearance,
    make_event,
    make_example,
    make_municipality,
    make_session,
    make_visible_session,
)

MUNICIPALITY = Municipality(name="Hamm", kind="city")
DISTRICT = Municipality(name="Kreis Unna", kind="district")


@pytest.mark.parametrize(
    ("fields", "words", "sentence"),
    [
        (
            {"sessions": Counter(forum=2), "examples": 1, "hostings": 1, "years": {2024}},
            "2 Praxisforen · 1 Praxisbeispiel · Gastgeberin 2024",
            "Hamm hat zwei Praxisforen und ein Praxisbeispiel beigetragen – Gastgeberin 2024.",
        ),
        ({"sessions": Counter(talk=1)}, "1 Fachvortrag", "Hamm hat einen Fachvortrag beigetragen."),
        ({"sessions": Counter(unheard_of=13)}, "13 Beiträge", "Hamm hat 13 Beiträge beigetragen."),
        (
            {"hostings": 3, "years": {2024, 2018}},
            "Gastgeberin 2018 und 2024",
            "Hamm ist Gastgeberin im Lernnetzwerk: 2018 und 2024.",
        ),
        ({"hostings": 1}, "Gastgeberin", "Hamm ist Gastgeberin im Lernnetzwerk."),
    ],
)
def test_activities_are_described_in_words(fields, words, sentence):
    activity = Activity(MUNICIPALITY, **fields)

    assert (activity.words.replace("\u00a0", " "), activity.sentence) == (words, sentence)


def test_a_district_as_host_has_the_masculine_form():
    assert Activity(DISTRICT, examples=2, hostings=1).sentence == (
        "Der Kreis Unna hat zwei Praxisbeispiele beigetragen – Gastgeber."
    )


@pytest.mark.django_db
def test_only_visible_content_is_counted_and_each_session_once():
    municipality, other = make_municipality(name="Hamm"), make_municipality(name="Bonn")
    session = make_visible_session(
        make_event(starts_on=date(2018, 5, 1), host=municipality), kind="forum", municipalities=[municipality, other]
    )
    make_appearance(session, municipality=municipality)
    make_appearance(session, municipality=municipality)
    make_example([municipality])
    make_example([municipality], **DRAFT)
    make_session(municipalities=[municipality])  # in no programme
    make_event(host=municipality, **DRAFT)
    make_event(host=municipality, course="cancelled", starts_on=date(2020, 1, 1))

    known = activities()

    assert known[municipality.pk] == Activity(
        municipality, sessions=Counter(forum=1), examples=1, hostings=1, years={2018}, is_sample=False
    )
    assert known[other.pk] == Activity(other, sessions=Counter(forum=1))


@pytest.mark.django_db
def test_a_municipality_with_only_a_speaker_is_counted():
    municipality = make_municipality()
    make_appearance(make_visible_session(kind="talk"), municipality=municipality)

    assert activities()[municipality.pk].sessions == Counter(talk=1)


@pytest.mark.django_db
def test_contributing_municipalities_are_those_with_activities():
    municipality, host, speaker, cancelled = (make_municipality() for _n in range(4))
    make_visible_session(municipalities=[municipality])
    make_event(host=host)
    make_appearance(make_visible_session(), municipality=speaker)
    make_event(host=cancelled, course="cancelled")
    make_example([make_municipality()], **DRAFT)

    assert set(Municipality.objects.contributing()) == {municipality, host, speaker}
    assert set(activities()) == {municipality.pk, host.pk, speaker.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("what", ["session", "example", "hosting"])
def test_sample_content_marks_the_municipality(what):
    municipality = make_municipality()
    make_example([municipality])
    if what == "session":
        make_visible_session(make_event(is_sample=True), municipalities=[municipality])
    elif what == "example":
        make_example([municipality], is_sample=True)
    else:
        make_event(host=municipality, is_sample=True)

    assert activities()[municipality.pk].is_sample is True
