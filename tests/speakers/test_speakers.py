from datetime import date

import pytest

from speakers.models import Speaker, SpeakerLink
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_picture,
    make_speaker,
    make_visible_session,
    make_visible_speaker,
)
from tests.reading import attribute, body, document, elements, links, texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("title", "first", "last", "name", "full_name", "initials"),
    [
        ("Prof. Dr.", "Matthias", "Knuth", "Prof. Dr. Matthias Knuth", "Matthias Knuth", "MK"),
        ("", "Marco", "Becker", "Marco Becker", "Marco Becker", "MB"),
        ("Dr.", "", "Ärmel", "Dr. Ärmel", "Ärmel", "Ä"),
        ("", "", "von der Heide", "von der Heide", "von der Heide", "V"),
    ],
)
def test_names_are_composed_of_known_parts(title, first, last, name, full_name, initials):
    speaker = Speaker(academic_title=title, first_name=first, last_name=last)

    assert (speaker.name, str(speaker), speaker.full_name, speaker.initials) == (name, name, full_name, initials)


@pytest.mark.parametrize(
    ("fields", "affiliation"),
    [
        ({}, ""),
        ({"organisation": "Stadt Hamm"}, "Stadt Hamm"),
        ({"unit": "Jugendamt", "organisation": "Stadt Hamm", "place": "Hamm"}, "Jugendamt, Stadt Hamm, Hamm"),
        ({"unit": "Jugendamt", "place": "Hamm"}, "Jugendamt, Hamm"),
    ],
)
def test_affiliations_are_composed_of_known_parts(fields, affiliation):
    assert Speaker(last_name="P", **fields).affiliation == affiliation


@pytest.mark.both_databases
def test_speakers_are_sorted_by_last_name_in_german_order():
    make_speaker(first_name="Zoe", last_name="Özdemir", academic_title="Dr.")
    make_speaker(first_name="Anna", last_name="Zander")
    make_speaker(first_name="Max", last_name="Osten", academic_title="Prof.")
    make_speaker(first_name="Bert", last_name="Ärmel")
    make_speaker(first_name="Anna", last_name="Armel")

    assert [speaker.last_name for speaker in Speaker.objects.all()] == ["Armel", "Ärmel", "Osten", "Özdemir", "Zander"]


@pytest.mark.both_databases
def test_the_directory_groups_listed_speakers_by_letter(client):
    make_visible_speaker(first_name="Eva", last_name="Ärmel", organisation="Stadt Hamm")
    make_visible_speaker(first_name="Bert", last_name="Albers")
    make_visible_speaker(first_name="Udo", last_name="Übach")
    make_visible_speaker(first_name="Nur", last_name="Name", is_listed=False)

    page = document(client.get("/personen/"))

    assert texts(page, style="letters__letter") == ["A", "U"]
    assert texts(page, style="speaker__name") == ["Bert Albers", "Eva Ärmel", "Udo Übach"]
    assert "Stadt Hamm" in texts(page, style="speaker__affiliation")


def test_a_speaker_keeps_each_appearance_with_title_and_affiliation_of_that_day(client):
    speaker = make_visible_speaker(academic_title="Prof. Dr.", first_name="Ada", last_name="Wolf", organisation="Heute")
    early = make_visible_session(make_event(starts_on=date(2018, 5, 1), title="Treffen 2018"), title="Damals")
    make_appearance(early, speaker, academic_title="Dr.", organisation="Ministerium für Familie")
    make_attachment(session=early)
    make_attachment(session=early, title="Nur für uns", **DRAFT)

    page = document(client.get(speaker.get_absolute_url()))

    assert texts(page, tag="h1") == ["Prof. Dr. Ada Wolf"]
    assert texts(page, style="session__title")[0] == "Damals"
    assert texts(page, style="session__link")[0] == "2018"
    assert "Als Dr. Ada Wolf, Ministerium für Familie" in texts(page, style="quiet")
    assert texts(page, style="chip") == [
        "Präsentation von Dr. Ada Wolf Präsentation von Dr. Ada Wolf öffnen: ort.example"
    ]


def test_the_page_shows_the_portrait_with_description_and_credit(client):
    speaker = make_visible_speaker(photo=make_picture(), photo_alt="Ada Wolf am Pult", photo_credit="Max Muster")

    page = document(client.get(speaker.get_absolute_url()))
    (picture,) = elements(page, tag="img")

    assert attribute(picture, "alt") == "Ada Wolf am Pult"
    assert (attribute(picture, "width"), attribute(picture, "height")) == ("8", "6")
    assert "Foto: Max Muster" in texts(page, style="figure__credit")
    response = client.get(attribute(picture, "src"))
    assert response["Content-Type"] == "image/png"
    assert len(body(response)) == speaker.photo.size


def test_links_of_a_speaker_send_no_referrer(client):
    speaker = make_visible_speaker()
    SpeakerLink.objects.create(speaker=speaker, label="Profil der Hochschule", url="https://hochschule.example/")

    page = document(client.get(speaker.get_absolute_url()))
    (link,) = [link for link in elements(page, tag="a") if attribute(link, "href") == "https://hochschule.example/"]

    assert "noreferrer" in attribute(link, "rel")
    assert "https://hochschule.example/" in links(page)


@pytest.mark.both_databases
def test_a_speaker_with_appearances_cannot_be_deleted():
    from django.db.models import ProtectedError

    with pytest.raises(ProtectedError):
        make_visible_speaker().delete()
