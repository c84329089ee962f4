"""Structured data of the public pages (schema.org, JSON-LD): what search engines read there."""

import json
import re
from datetime import date, time

import pytest

from events.programme.structure import Entry
from tests.factories import (
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_release,
    make_session,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
DAY = date(2027, 3, 17)


def read(client, address: str) -> dict[str, dict]:
    """The objects of a page by type."""
    found = [json.loads(text) for text in SCRIPT.findall(client.get(address).content.decode())]
    assert all(one["@context"] == "https://schema.org" for one in found)
    assert not [one for one in found if "" in one.values() or None in one.values()]
    return {one["@type"]: one for one in found}


@pytest.fixture
def event():
    host = make_municipality(name="Hamm")
    event = make_event(slug="treffen", title="Treffen", starts_on=DAY, ends_on=DAY, host=host, format="hybrid")
    talk = make_session(event, slug="vortrag", title="Ketten </script><b>")
    make_appearance(talk, make_speaker(first_name="Ute", last_name="Ahrens", slug="ahrens"), organisation="FH")
    day = make_day(event, date=DAY)
    make_release(event, [Entry(talk, day=day, begins_at=time(10), duration=60), Entry(title="Pause", day=day)])
    return event


def test_an_event_has_its_dates_its_place_and_its_items(client, event):
    data = read(client, "/veranstaltungen/treffen/")["EducationEvent"]

    assert data["url"] == "http://testserver/veranstaltungen/treffen/"
    assert (data["startDate"], data["endDate"]) == ("2027-03-17T10:00:00+01:00", "2027-03-17T11:00:00+01:00")
    assert data["location"]["address"]["addressLocality"] == "Hamm"
    assert data["eventAttendanceMode"].endswith("/MixedEventAttendanceMode")
    assert [one["name"] for one in data["subEvent"]] == ["Ketten </script><b>"]
    assert data["subEvent"][0]["startDate"] == data["startDate"]


@pytest.mark.parametrize(("course", "status"), [("cancelled", "EventCancelled"), ("postponed", "EventPostponed")])
def test_what_does_not_take_place_says_so(client, event, course, status):
    type(event).objects.filter(pk=event.pk).update(course=course)

    assert read(client, "/veranstaltungen/treffen/")["EducationEvent"]["eventStatus"].endswith(status)
    assert read(client, "/veranstaltungen/treffen/vortrag/")["Event"]["eventStatus"].endswith(status)


def test_an_undated_event_has_no_dates(client):
    data = read(client, make_event().get_absolute_url())["EducationEvent"]

    assert {"startDate", "endDate", "location"} & set(data) == set()


def test_a_session_names_who_speaks_there(client, event):
    data = read(client, "/veranstaltungen/treffen/vortrag/")["Event"]

    assert data["performer"][0]["name"] == "Ute Ahrens"
    assert data["superEvent"]["url"] == "http://testserver/veranstaltungen/treffen/"


def test_the_other_pages_have_their_own_types(client, event):
    town, topic = make_municipality(slug="luenen", name="Lünen", key="05978024"), make_topic(name="Armut")
    example = make_example((town,), (topic,))
    file = make_attachment(event=event, kind="slides", stored_file=make_file(b"x", "a.pdf"), licence="cc0-1.0")

    slides = read(client, file.get_absolute_url())["PresentationDigitalDocument"]
    assert slides["license"].startswith("https://creativecommons.org/publicdomain/zero/")
    assert slides["contentUrl"] == f"http://testserver{file.get_download_url()}"
    assert read(client, "/kommunen/luenen/")["AdministrativeArea"]["identifier"]["value"] == "05978024"
    assert read(client, example.get_absolute_url())["CreativeWork"]["about"] == ["Armut"]
    assert read(client, "/personen/ahrens/")["Person"]["familyName"] == "Ahrens"


def test_the_path_of_a_page_is_told_with_its_steps(client, event):
    steps = read(client, "/veranstaltungen/treffen/vortrag/")["BreadcrumbList"]["itemListElement"]

    assert [step["name"] for step in steps] == ["Startseite", "Treffen", "Treffen", "Ketten </script><b>"]
    assert [step["position"] for step in steps] == [1, 2, 3, 4]
    assert steps[2]["item"] == "http://testserver/veranstaltungen/treffen/"
    assert "item" not in steps[3]


def test_nothing_in_the_data_ends_its_element(client, event):
    assert "Ketten </script><b>" not in client.get("/veranstaltungen/treffen/").content.decode()


def test_forums_are_among_the_items_and_what_is_cancelled_says_so(client):
    event = make_event(slug="foren", title="Foren")
    entries = [
        Entry(make_session(event, title="Phase"), is_parallel=True),
        Entry(make_session(event, title="Hamm"), indent=1),
        Entry(make_session(event, title="Lünen"), indent=1, status="cancelled"),
    ]
    make_release(event, entries)

    items = read(client, "/veranstaltungen/foren/")["EducationEvent"]["subEvent"]

    assert [(item["name"], item.get("eventStatus")) for item in items] == [
        ("Phase", None), ("Hamm", None), ("Lünen", "https://schema.org/EventCancelled")
    ]  # fmt: skip
