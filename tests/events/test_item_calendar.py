"""Calendars of all events and of single items, and the time zone that all calendars contain."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from django.utils import timezone
from icalendar import Calendar

from events.exchange.time_zone import berlin
from events.models import Slot
from events.programme.structure import Entry
from tests.factories import HIDDEN, make_appearance, make_day, make_event, make_release, make_session, make_speaker

NEXT_YEAR = date(timezone.localdate().year + 1, 5, 4)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def event(db):
    event = make_event(slug="treffen", title="Treffen", starts_on=NEXT_YEAR, ends_on=NEXT_YEAR, venue="Rathaus")
    make_day(event, date=NEXT_YEAR)
    return event


def release(event, *entries: Entry) -> None:
    day = event.days.get()
    make_release(event, [replace(entry, day=day) for entry in entries])


def read(client, address: str) -> list:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(map(len, response.content.split(b"\r\n"))) <= 75
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_the_rules_of_the_time_zone_give_the_changes_of_the_clocks_until_2100():
    changes = {}
    for component in berlin().subcomponents:
        rule = component["rrule"].to_ical().decode().replace("T010000Z", "T030000")  # UTC in local time
        ahead = component.decoded("tzoffsetto")
        for moment in rrulestr(rule, dtstart=component.decoded("dtstart")).xafter(datetime(1990, 1, 1), count=111):
            changes[moment.date()] = ahead

    for year in range(1990, 2101):
        days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
        offsets = {day: datetime.combine(day, time(12), BERLIN).utcoffset() for day in days}
        pairs = zip(days[1:], days, strict=False)
        told = {day: offsets[day] for day, before in pairs if offsets[day] != offsets[before]}
        assert {day: offset for day, offset in changes.items() if day.year == year} == told
    assert len(berlin().to_ical().splitlines()) < 25


def test_a_session_is_an_entry_of_its_own_that_stays_the_same(client, event):
    talk = make_session(event, slug="vortrag", title="Präventionsketten")
    make_appearance(talk, make_speaker(first_name="Ute", last_name="Ahrens"))
    release(event, Entry(talk, begins_at=time(10), duration=60, room="Saal"))
    address = "/veranstaltungen/treffen/vortrag/termin.ics"

    (before,) = read(client, address)
    assert before["summary"] == "Präventionsketten"
    assert before["location"] == "Saal, Rathaus"
    assert "Ute Ahrens" in before["description"]
    assert before["status"] == "CONFIRMED"
    assert before.decoded("dtstart") == datetime.combine(NEXT_YEAR, time(10), BERLIN)
    assert before.decoded("dtend") - before.decoded("dtstart") == timedelta(hours=1)
    assert client.get(address).content == client.get(address).content

    release(event, Entry(talk, begins_at=time(11), duration=60, status=Slot.Status.CANCELLED))
    (after,) = read(client, address)
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert (after["status"], after["summary"]) == ("CANCELLED", "Entfällt: Präventionsketten")


def test_a_forum_has_the_times_of_its_phase(client, event):
    phase, forum = make_session(event), make_session(event, slug="forum")
    release(
        event,
        Entry(phase, begins_at=time(14), duration=90, is_parallel=True),
        Entry(forum, indent=1, room="Raum 2", status=Slot.Status.PROVISIONAL),
    )

    (entry,) = read(client, "/veranstaltungen/treffen/forum/termin.ics")
    assert entry.decoded("dtstart") == datetime.combine(NEXT_YEAR, time(14), BERLIN)
    assert entry["status"] == "TENTATIVE"


def test_a_session_without_times_has_no_calendar(client, event):
    release(event, Entry(make_session(event, slug="vortrag")))

    assert client.get("/veranstaltungen/treffen/vortrag/termin.ics").status_code == 404
    assert "termin.ics" not in client.get("/veranstaltungen/treffen/vortrag/").content.decode()


def test_an_old_address_of_a_session_leads_to_its_calendar(client, event):
    talk = make_session(event, slug="alt")
    release(event, Entry(talk, begins_at=time(10)))
    talk.slug = "neu"
    talk.save()

    assert (
        client.get("/veranstaltungen/treffen/alt/termin.ics")["Location"] == "/veranstaltungen/treffen/neu/termin.ics"
    )


@pytest.mark.both_databases
def test_one_calendar_has_the_days_of_all_events_with_their_times(client, event, django_assert_num_queries):
    release(event, Entry(title="Begrüßung", begins_at=time(9, 30), duration=30))
    later = make_event(title="Später", starts_on=NEXT_YEAR + timedelta(days=9), ends_on=NEXT_YEAR + timedelta(days=10))
    make_event(title="Ohne Datum")
    make_event(title="Vor langem", starts_on=date(2011, 1, 1), ends_on=date(2011, 1, 1))
    for fields in HIDDEN.values():
        make_event(title="Geheim", starts_on=NEXT_YEAR, ends_on=NEXT_YEAR, **fields)

    found = read(client, "/veranstaltungen.ics")

    assert [str(entry["summary"]) for entry in found] == ["Treffen", later.name, later.name]
    assert found[0].decoded("dtstart") == datetime.combine(NEXT_YEAR, time(9, 30), BERLIN)
    (alone,) = read(client, "/veranstaltungen/treffen/programm.ics")
    assert alone.to_ical() == found[0].to_ical()


@pytest.mark.parametrize(
    ("course", "status", "prefix"),
    [("cancelled", "CANCELLED", "Entfällt: "), ("postponed", "TENTATIVE", "Verschoben: ")],
)
def test_a_session_of_an_event_that_does_not_take_place_says_so(client, event, course, status, prefix):
    release(event, Entry(make_session(event, slug="vortrag", title="Ketten"), begins_at=time(10), duration=60))
    type(event).objects.update(course=course)

    (entry,) = read(client, "/veranstaltungen/treffen/vortrag/termin.ics")

    assert (entry["status"], entry["summary"]) == (status, f"{prefix}Ketten")
    assert "termin.ics" not in client.get("/veranstaltungen/treffen/vortrag/").content.decode()
