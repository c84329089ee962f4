"""Dates of an event: the head of its page and its calendar file (RFC 5545, RFC 7986) state the same ones."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.test.html import parse_html
from icalendar import Calendar

from events.exchange.calendar import calendar
from events.models import Event, FormerDay
from events.pages.event import event_page
from events.programme.schedule import schedule
from events.programme.structure import Entry
from tests.factories import (
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_picture,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    make_visible_session,
    make_visible_speaker,
    rewrite,
)
from tests.reading import body, document, elements, texts

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
SATURDAY = date(2027, 3, 27)  # daylight saving time begins in the following night
TODAY = date(2027, 1, 1)


def held(*days: date, **fields):
    """A public event with a stored day for each date in `days`."""
    event = make_event(**{"title": "Treffen", "starts_on": days[0], "ends_on": days[-1], **fields})
    for day in days:
        make_day(event, date=day)
    return event


def release(event, *rows: tuple) -> None:
    """Releases a programme; each row is the number of a day, the begin as `HH:MM` or "", and minutes or None."""
    days = {day.number: day for day in event.days.all()}
    make_release(
        event,
        [
            Entry(title=f"Punkt {place}", day=days[day], begins_at=clock(begin), duration=minutes)
            for place, (day, begin, minutes) in enumerate(rows)
        ],
    )


def clock(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


def entries(event, today: date = TODAY) -> list:
    event.refresh_from_db()
    content = calendar(event, schedule(event, event.current_release, [], datetime(2027, 1, 1, tzinfo=UTC)), today)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\nX-PUBLISHED-TTL:PT12H\r\n" in content
    found = list(Calendar.from_ical(content).walk("VEVENT"))
    check(found, content)
    return found


def check(found: list, content: bytes) -> None:
    """Asserts what RFC 5545 requires of a published calendar."""
    assert {"UID", "DTSTAMP", "SEQUENCE", "STATUS", "SUMMARY", "DTSTART"} <= set.intersection(*map(set, found))
    assert len({str(entry["uid"]) for entry in found}) == len(found)
    assert all(entry.decoded("dtend") > entry.decoded("dtstart") for entry in found if "dtend" in entry)
    assert (b"TZID=Europe/Berlin" in content) == (b"BEGIN:VTIMEZONE" in content)
    assert max(map(len, content.split(b"\r\n"))) <= 75


def spans(event) -> list[tuple]:
    """Begin and end of each entry in the local time of Berlin; None for an unknown end."""
    return [(shown(entry, "dtstart"), shown(entry, "dtend")) for entry in entries(event)]


def shown(entry, name: str) -> str | None:
    return f"{entry.decoded(name):%d.%m. %H:%M}" if name in entry else None


def head(event) -> list[str]:
    """The dates and times in the head of the page, as shown before the event."""
    page = event_page(event, event.current_release, datetime(2027, 1, 1, tzinfo=UTC))
    facts = parse_html(render_to_string("events/_event_facts.html", page))
    return texts(elements(facts, tag="div")[0], tag="dd")


MAY = date(2027, 5, 10)
CASES = {
    "only the first day has items": (
        [MAY, MAY + timedelta(days=1)],
        [(1, "10:00", 60)],
        ["Mo 10. Mai 2027, 10:00 bis 11:00 Uhr", "Di 11. Mai 2027"],
        [("10.05. 10:00", "10.05. 11:00"), ("11.05. 00:00", "12.05. 00:00")],
    ),
    "only the second day has times": (
        [MAY, MAY + timedelta(days=1)],
        [(1, "", None), (2, "09:00", 60)],
        ["Mo 10. Mai 2027", "Di 11. Mai 2027, 09:00 bis 10:00 Uhr"],
        [("10.05. 00:00", "11.05. 00:00"), ("11.05. 09:00", "11.05. 10:00")],
    ),
    "after midnight": (
        [SATURDAY],
        [(1, "10:00", 30), (1, "22:30", 150), (1, "00:30", 60)],
        ["Sa 27. März 2027, 10:00 bis 1:30 Uhr nachts"],
        [("27.03. 10:00", "28.03. 01:30")],
    ),
    "the last end is unknown": (
        [MAY],
        [(1, "10:00", 60), (1, "15:30", None)],
        ["Mo 10. Mai 2027, ab 10:00 Uhr"],
        [("10.05. 10:00", None)],
    ),
    "an end typed before the begin": (
        [MAY],
        [(1, "14:00", 1410)],
        ["Mo 10. Mai 2027, 14:00 bis 13:30 Uhr am nächsten Tag"],
        [("10.05. 14:00", "11.05. 13:30")],
    ),
    "two Fridays": (
        [date(2027, 5, 7), date(2027, 5, 14)],
        [(1, "10:00", 60)],
        ["Fr 7. Mai 2027, 10:00 bis 11:00 Uhr", "Fr 14. Mai 2027"],
        [("07.05. 10:00", "07.05. 11:00"), ("14.05. 00:00", "15.05. 00:00")],
    ),
    "the hour that is skipped in spring": (
        [SATURDAY],
        [(1, "22:00", 60), (1, "02:15", 45)],
        ["Sa 27. März 2027, 22:00 bis 3:00 Uhr nachts"],
        [("27.03. 22:00", "28.03. 03:00")],
    ),
    "the hour that comes twice in autumn": (
        [date(2027, 10, 30)],
        [(1, "22:00", 60), (1, "02:30", 60)],
        ["Sa 30. Oktober 2027, 22:00 bis 3:30 Uhr nachts"],
        [("30.10. 22:00", "31.10. 03:30")],
    ),
}


@pytest.mark.parametrize(("days", "rows", "in_head", "in_calendar"), CASES.values(), ids=CASES)
def test_head_and_calendar_name_every_day_with_its_times(days, rows, in_head, in_calendar):
    event = held(*days)
    release(event, *rows)

    assert head(event) == in_head
    assert spans(event) == in_calendar


def test_an_item_whose_clock_time_is_skipped_never_ends_before_it_begins():
    event = held(date(2027, 3, 28))
    release(event, (1, "02:15", 45))

    (entry,) = entries(event)

    assert entry.decoded("dtstart") == datetime(2027, 3, 28, 3, 15, tzinfo=BERLIN)
    assert "dtend" not in entry


def test_days_that_contradict_the_event_name_no_date_anywhere(client):
    event = held(date(2027, 5, 1), date(2027, 5, 2))
    release(event, (1, "10:00", 60), (2, "10:00", 60))
    rewrite(event, starts_on=MAY, ends_on=MAY + timedelta(days=1))

    assert head(event) == ["10.–11. Mai 2027"]
    assert spans(event) == [("10.05. 00:00", "11.05. 00:00"), ("11.05. 00:00", "12.05. 00:00")]
    page = document(client.get(event.get_absolute_url()))
    assert texts(page, style="day") == ["Tag 1 Datum nicht bekannt", "Tag 2 Datum nicht bekannt"]


def test_a_long_event_is_one_entry():
    event = make_event(starts_on=MAY, ends_on=MAY + timedelta(days=29))

    assert spans(event) == [("10.05. 00:00", "09.06. 00:00")]


# --- identity ---------------------------------------------------------------------------------------------------------


def identities(event, today: date = TODAY) -> dict[str, tuple[str, int]]:
    """Maps the number in each UID to STATUS and SEQUENCE."""
    found = {}
    for entry in entries(event, today):
        number = str(entry["uid"]).partition("@")[0].removeprefix(f"{event.uuid}-")
        found[number] = str(entry["status"]), int(entry["sequence"])
    return found


def test_the_first_release_changes_the_entries_and_not_their_identity():
    event = held(MAY, MAY + timedelta(days=1))
    before = identities(event)

    release(event, (1, "10:00", 60))

    after = identities(event)
    assert list(before) == list(after) == ["1", "2"]
    assert all(after[number][1] > before[number][1] for number in after)


@pytest.mark.parametrize("is_released", [False, True])
def test_the_entry_that_older_versions_of_the_portal_gave_is_cancelled_for_thirty_days(is_released):
    event = held(MAY, MAY + timedelta(days=1))
    FormerDay.objects.create(event=event, number=0, begins_on=MAY, ends_on=MAY + timedelta(days=1))
    if is_released:
        release(event, (1, "10:00", 60))

    before, later = identities(event), identities(event, date(2027, 6, 11))

    assert {number: status for number, (status, _) in before.items()} == {
        "0": "CANCELLED",
        "1": "CONFIRMED",
        "2": "CONFIRMED",
    }
    assert list(later) == ["1", "2"]
    assert before["0"][1] == before["1"][1]


@pytest.mark.both_databases
def test_every_saved_change_raises_the_sequence():
    event = held(MAY)
    seen = [identities(event)["1"][1]]

    for change in ({"course": "postponed"}, {"venue": "Stadthalle"}, {"starts_on": MAY}):
        for name, value in change.items():
            setattr(event, name, value)
        event.save(update_fields=[*change])
        seen.append(identities(event)["1"][1])

    assert seen == sorted(set(seen))


@pytest.mark.both_databases
@pytest.mark.parametrize("named", ["host", "series"])
def test_a_new_name_of_host_or_series_is_a_new_version_of_its_entries(named):
    made = {"host": make_municipality, "series": make_series}[named](name="Alt")
    other, event = held(MAY), held(MAY, title="", **{named: made})
    before = entries(event)[0], entries(other)[0]

    made.name = "Neu"
    made.save()

    event = Event.objects.get(pk=event.pk)
    after = entries(event)[0], entries(other)[0]
    assert "Neu" in f"{after[0]['summary']} {after[0].get('location')}"
    assert after[0]["sequence"] == before[0]["sequence"] + 1
    assert after[0].decoded("last-modified") >= before[0].decoded("last-modified")
    assert after[0].decoded("last-modified") == made.changed_at.replace(microsecond=0)
    assert after[1] == before[1]


# --- addresses and bounds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("below", ["", "programm.ics", "materialien.zip", "bild", "bild/klein", "vortrag/"])
def test_every_address_below_an_old_one_leads_to_the_new_one(client, below):
    picture = {"image": make_picture(), "image_is_decorative": True}
    event = held(MAY, slug="alt", **picture)
    make_visible_session(event, slug="vortrag")
    for name in ("a.pdf", "b.pdf"):
        make_attachment(event=event, stored_file=make_file(name.encode(), name))
    event.slug = "neu"
    event.save()

    response = client.get(f"/veranstaltungen/alt/{below}")

    assert (response.status_code, response["Location"]) == (302, f"/veranstaltungen/neu/{below}")
    assert body(client.get(response["Location"]))


@pytest.mark.parametrize("below", ["foto", "foto/klein"])
def test_the_photo_below_an_old_address_of_a_speaker_leads_to_the_new_one(client, below):
    speaker = make_visible_speaker(slug="alt", photo=make_picture(), photo_is_decorative=True)
    speaker.slug = "neu"
    speaker.save()

    response = client.get(f"/personen/alt/{below}")

    assert (response.status_code, response["Location"]) == (302, f"/personen/neu/{below}")


def test_an_event_that_lost_its_date_cancels_its_entries(client):
    event = make_event()
    assert client.get(f"{event.get_absolute_url()}programm.ics").status_code == 404
    FormerDay.objects.create(event=event, number=1, begins_on=MAY, ends_on=MAY)

    assert {number: status for number, (status, _) in identities(event).items()} == {"1": "CANCELLED"}
    assert client.get(f"{event.get_absolute_url()}programm.ics").status_code == 200


@pytest.mark.both_databases
@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2101, 1, 1), date(1989, 12, 31), date(1, 1, 1)])
def test_the_database_refuses_dates_beyond_all_reason(day):
    event = make_event()

    for fields in ({"starts_on": day}, {"starts_on": MAY, "ends_on": day}, {"registration_until": day}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_event(**fields)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_day(event, date=day)


def test_the_last_possible_day_has_a_calendar_with_its_time_zone(client):
    event = held(date(2100, 12, 31))
    release(event, (1, "22:00", 180))

    response = client.get(f"{event.get_absolute_url()}programm.ics")

    assert response.status_code == 200
    assert spans(event) == [("31.12. 22:00", "01.01. 01:00")]


# --- the page of one item ---------------------------------------------------------------------------------------------


def session_facts(client, session) -> list[str]:
    facts = elements(document(client.get(session.get_absolute_url())), style="facts")[0]
    return texts(elements(facts, tag="div")[1], tag="dd")


def test_a_forum_has_the_times_of_its_phase_and_is_cancelled_with_it(client):
    event = held(MAY)
    phase, forum, closing = (make_session(event, title=title) for title in ("Foren", "Forum", "Abschluss"))
    day = event.days.get()
    rows = [
        Entry(phase, day=day, begins_at=time(14), duration=90, is_parallel=True),
        Entry(forum, indent=1),
        Entry(closing, begins_at=time(16), status="cancelled"),
    ]
    make_release(event, rows)

    assert session_facts(client, forum) == ["10. Mai 2027, 14:00 bis 15:30 Uhr"]
    page = document(client.get(forum.get_absolute_url()))
    assert texts(elements(page, style="series")[0], tag="li")[-1] == "Danach Abschluss 16:00 Uhr Entfällt"

    make_release(event, [Entry(phase, day=day, begins_at=time(14), status="cancelled"), Entry(forum, indent=1)])
    page = document(client.get(forum.get_absolute_url()))
    assert texts(page, style="notice__title") == ["Dieser Programmpunkt entfällt."]


def test_an_item_after_midnight_is_said_to_be_at_night(client):
    event = held(SATURDAY)
    late, latest = make_session(event, title="Spät"), make_session(event, title="Am spätesten")
    day = event.days.get()
    rows = [
        Entry(late, day=day, begins_at=time(22, 30), duration=150),
        Entry(latest, begins_at=time(0, 30), duration=60),
    ]
    make_release(event, rows)

    page = document(client.get(event.get_absolute_url()))

    assert texts(page, tag="time") == ["22:30", "0:30 Uhr nachts"]
    assert session_facts(client, late) == ["27. März 2027, 22:30 bis 1:00 Uhr nachts"]
    assert session_facts(client, latest) == ["27. März 2027, 0:30 bis 1:30 Uhr nachts"]


def test_what_is_cancelled_says_so_wherever_it_is_listed(client):
    event = held(MAY)
    topic, municipality, speaker = make_topic(), make_municipality(), make_speaker()
    phase = make_session(event, title="Foren")
    example = make_example([municipality])
    forum = make_session(event, title="Forum", municipalities=[municipality], topics=[topic], examples=[example])
    make_appearance(forum, speaker)
    make_release(event, [Entry(phase, day=event.days.get(), status="cancelled"), Entry(forum, indent=1)])

    for instance in (topic, municipality, speaker, example):
        page = document(client.get(instance.get_absolute_url()))
        assert texts(page, style="kern-badge--danger") == ["Entfällt"], instance


@pytest.mark.parametrize(("course", "words"), [("cancelled", "abgesagt"), ("postponed", "verschoben")])
def test_the_page_of_an_item_says_that_its_event_does_not_take_place(client, course, words):
    event = held(MAY, course=course)
    session = make_visible_session(event)

    page = document(client.get(session.get_absolute_url()))

    assert texts(page, style="notice__title") == [f"Das Treffen wurde {words}."]
