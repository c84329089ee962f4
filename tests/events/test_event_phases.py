"""The page of an event before, during and after its days; the current item; the calendar file."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.utils import timezone
from icalendar import Calendar

from events.dashboard import next_event
from events.models import Event
from events.moments import next_item
from events.pages.event import event_page
from events.pages.now import now_page
from events.programme.days import plan_move
from events.programme.releases import release
from events.programme.structure import Entry, working_version
from events.templatetags.events import next_event as home_event
from tests.administration import sign_in
from tests.factories import DRAFT, make_day, make_event, make_municipality, make_release, make_series, make_session
from tests.reading import document, elements, links, texts

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")
FIRST, SECOND = date(2027, 3, 17), date(2027, 3, 18)


@pytest.fixture
def event():
    """An event of two days whose items have times: talk, break, cancelled talk, closing."""
    event = make_event(
        title="Übergänge", starts_on=FIRST, ends_on=SECOND, description="<p>Worum</p>", review="<p>War gut</p>",
        directions="<p>Zu Fuß</p>", venue="Stadthalle", host=make_municipality(name="Hamm"), series=make_series(),
    )  # fmt: skip
    one, two = make_day(event, date=FIRST), make_day(event, date=SECOND)
    talk, dropped, closing = (make_session(event, title=title) for title in ("Vortrag", "Ausgefallen", "Abschluss"))
    entries = [
        Entry(talk, day=one, begins_at=time(10), duration=60),
        Entry(title="Pause", begins_at=time(11), duration=60),
        Entry(dropped, begins_at=time(12), duration=60, status="cancelled"),
        Entry(closing, day=two, begins_at=time(9), duration=45),
    ]
    make_release(event, entries)
    return event


@pytest.mark.parametrize(
    ("today", "phase"),
    [(date(2027, 3, 16), "before"), (FIRST, "during"), (SECOND, "during"), (date(2027, 3, 19), "after")],
)
def test_an_event_has_a_before_a_during_and_an_after(event, today, phase):
    assert event.phase(datetime.combine(today, time(12), BERLIN)) == phase


@pytest.mark.both_databases
def test_between_two_fridays_the_next_one_is_still_to_come():
    event = make_event(starts_on=date(2027, 5, 7), ends_on=date(2027, 5, 14))
    for day in (7, 14):
        make_day(event, date=date(2027, 5, day))

    phases = {
        day: Event.objects.get().phase(datetime(2027, 5, day, 12, tzinfo=BERLIN)).value for day in (6, 7, 8, 13, 14, 15)
    }

    assert phases == {6: "before", 7: "during", 8: "before", 13: "before", 14: "during", 15: "after"}


def evening(**last: object) -> Event:
    """An event of one day whose released programme begins at 22:30; `last` are fields of its only item."""
    event = make_event(title="Nachtgespräch", starts_on=SECOND)
    day = make_day(event, date=SECOND)
    make_release(event, [Entry(make_session(event), day=day, begins_at=time(22, 30), **last)])
    return event


@pytest.mark.both_databases
@pytest.mark.parametrize(("shown", "is_over"), [("00:30", False), ("00:59", False), ("01:00", True), ("09:00", True)])
def test_the_night_belongs_to_the_day_that_it_began_on(client, monkeypatch, shown, is_over):
    """On the event's own page, in lists, on the home page and for editors."""
    event = evening(duration=150)
    moment = datetime.combine(date(2027, 3, 19), time.fromisoformat(shown), BERLIN)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    sign_in(client, "redaktion")

    context = client.get("/veranstaltungen/").context
    phase = "after" if is_over else "during"
    (panel,) = next_event(client.get("/verwaltung/").wsgi_request, site)["events"]

    assert event_page(event, event.current_release, moment)["phase"] == phase
    assert Event.objects.get().phase(moment) == phase
    assert (context["upcoming"], context["past"]) == (([], [event]) if is_over else ([event], []))
    assert list(Event.objects.upcoming(moment)) == context["upcoming"]
    assert list(Event.objects.past(moment)) == context["past"]
    assert list(Event.objects.in_order(moment)) == [event]
    assert panel.label == ("Zuletzt" if is_over else "Läuft gerade")
    assert home_event()["is_coming"] is not is_over


@pytest.mark.parametrize(
    ("shown", "words"), [("00:30", "Läuft gerade"), ("01:00", "Als Nächstes"), ("09:00", "Als Nächstes")]
)
def test_the_night_before_days_without_the_event_belongs_to_the_day_that_it_began_on(client, monkeypatch, shown, words):
    event = make_event(starts_on=SECOND, ends_on=SECOND + timedelta(7))
    days = [make_day(event, date=day) for day in (SECOND, event.ends_on)]
    make_release(event, [Entry(make_session(event), day=days[0], begins_at=time(22, 30), duration=150)])
    moment = datetime.combine(SECOND + timedelta(1), time.fromisoformat(shown), BERLIN)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    sign_in(client, "redaktion")

    (panel,) = next_event(client.get("/verwaltung/").wsgi_request, site)["events"]
    phases = {
        page(moment)["phase"] for page in (partial(event_page, event, event.current_release), partial(now_page, event))
    }

    assert panel.label == words
    assert phases == {"during" if words == "Läuft gerade" else "before"}
    assert client.get("/veranstaltungen/").context["upcoming"] == [event]


@pytest.mark.both_databases
def test_the_night_ends_with_what_is_released_and_moves_with_its_day():
    event = evening(duration=150)
    ends = event.runs_until.astimezone(BERLIN)
    working_version(event).slots.update(duration=180)
    event.refresh_from_db()
    unreleased = event.runs_until
    release(event)
    event.refresh_from_db()
    later = event.runs_until.astimezone(BERLIN)
    Event.objects.filter(pk=event.pk).update(starts_on=FIRST, ends_on=FIRST)
    event.refresh_from_db()
    plan_move(event, {1: SECOND}).apply(event)

    assert (ends, unreleased) == (datetime(2027, 3, 19, 1, tzinfo=BERLIN), ends)
    assert later == datetime(2027, 3, 19, 1, 30, tzinfo=BERLIN)
    assert Event.objects.get().runs_until == datetime(2027, 3, 18, 1, 30, tzinfo=BERLIN)


@pytest.mark.both_databases
def test_the_migration_stores_how_long_nights_last():
    night, day = evening(duration=150), evening(duration=60)
    Event.objects.update(runs_until=None)

    import_module("events.migrations.0019_nights").remember_nights(apps, None)

    assert Event.objects.get(pk=night.pk).runs_until == night.runs_until is not None
    assert Event.objects.get(pk=day.pk).runs_until is None


@pytest.mark.parametrize("last", [{}, {"duration": 90}, {"duration": 150, "status": "cancelled"}])
def test_an_event_without_a_known_end_after_midnight_ends_at_midnight(last):
    assert evening(**last).runs_until is None


def test_pages_are_rendered_again_when_an_item_begins_or_ends():
    evening(duration=150)

    def following(*parts: int) -> datetime:
        return next_item(datetime(2027, 3, *parts, tzinfo=BERLIN)).astimezone(BERLIN)

    assert following(18, 12) == following(18, 22, 29) == datetime(2027, 3, 18, 22, 30, tzinfo=BERLIN)
    assert following(18, 22, 30) == following(19, 0, 59) == datetime(2027, 3, 19, 1, tzinfo=BERLIN)
    assert next_item(datetime(2027, 3, 19, 1, tzinfo=BERLIN)) is None


def test_an_undated_event_is_over():
    assert make_event().phase(datetime.combine(FIRST, time(12), BERLIN)) == Event.Phase.AFTER


@pytest.mark.parametrize(
    ("moment", "anchors"),
    [
        (datetime(2027, 3, 16, 12, tzinfo=BERLIN), ["beschreibung", "programm", "anreise", "rueckblick", "reihe"]),
        (datetime(2027, 3, 17, 12, tzinfo=BERLIN), ["programm", "anreise", "beschreibung", "rueckblick", "reihe"]),
        (datetime(2027, 3, 19, 12, tzinfo=BERLIN), ["rueckblick", "programm", "beschreibung", "reihe"]),
    ],
)
def test_the_most_needed_part_comes_first_in_each_phase(event, moment, anchors):
    assert [part.anchor for part in event_page(event, event.current_release, moment)["parts"]] == anchors


def test_the_jump_list_names_the_same_parts_as_the_page(client, event):
    page = document(client.get(event.get_absolute_url()))
    (jump_list,) = elements(page, style="jump-list")

    own = [link for link in links(jump_list) if not link.startswith("#tag-")]
    assert own == ["#beschreibung", "#programm", "#anreise", "#rueckblick", "#reihe"]
    assert [link for link in links(jump_list) if link.startswith("#tag-")] == ["#tag-1", "#tag-2"]


@pytest.mark.parametrize(
    ("moment", "now"),
    [
        (datetime(2027, 3, 17, 9, 59, 59, tzinfo=BERLIN), None),
        (datetime(2027, 3, 17, 10, tzinfo=BERLIN), "Vortrag"),
        (datetime(2027, 3, 17, 9, 30, tzinfo=UTC), "Vortrag"),
        (datetime(2027, 3, 17, 11, tzinfo=BERLIN), "Pause"),
        (datetime(2027, 3, 17, 12, 30, tzinfo=BERLIN), None),
        (datetime(2027, 3, 18, 9, 44, tzinfo=BERLIN), "Abschluss"),
        (datetime(2027, 3, 18, 9, 45, tzinfo=BERLIN), None),
        (datetime(2027, 3, 18, 10, tzinfo=BERLIN), None),
    ],
)
def test_the_current_item_is_known_to_the_minute(event, moment, now):
    found = event_page(event, event.current_release, moment)["schedule"].now

    assert (str(found.slot) if found else None) == now


def test_an_item_without_duration_lasts_until_the_next():
    event = make_event(starts_on=FIRST)
    first, second = make_session(event, title="Eins"), make_session(event, title="Zwei")
    day = make_day(event, date=FIRST)
    make_release(event, [Entry(first, day=day, begins_at=time(10)), Entry(second, begins_at=time(11))])

    def now(hour: int) -> str | None:
        item = event_page(event, event.current_release, datetime(2027, 3, 17, hour, tzinfo=BERLIN))["schedule"].now
        return str(item.slot) if item else None

    assert [now(9), now(10), now(11)] == [None, "Eins", None]


@pytest.mark.parametrize(
    ("today", "until", "is_open", "is_over"),
    [
        (date(2027, 3, 1), date(2027, 3, 1), True, False),
        (date(2027, 3, 2), date(2027, 3, 1), False, True),
        (SECOND, None, True, False),
        (date(2027, 3, 19), None, False, False),
    ],
)
def test_registration_is_open_until_its_last_day_and_then_shown_as_closed(event, today, until, is_open, is_over):
    event.registration_url, event.registration_until = "https://anmeldung.example/", until

    noon = datetime.combine(today, time(12), BERLIN)
    assert (event.is_registration_open(today), event.is_registration_over(noon)) == (is_open, is_over)


def test_a_postponed_event_can_show_a_note(client):
    event = make_event(course="postponed", course_note="Neuer Termin im Herbst", starts_on=date(2098, 1, 1))

    page = document(client.get(event.get_absolute_url()))

    assert texts(page, style="notice") == ["Das Treffen wurde verschoben. Neuer Termin im Herbst"]
    assert "In den Kalender" not in texts(page, tag="a")


def entries(client, event) -> list:
    response = client.get(f"{event.get_absolute_url()}programm.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_each_day_with_times_is_an_entry_in_berlin_time(client, event):
    first, second = entries(client, event)

    assert (first.decoded("dtstart"), first.decoded("dtend")) == (
        datetime(2027, 3, 17, 10, tzinfo=BERLIN),
        datetime(2027, 3, 17, 12, tzinfo=BERLIN),
    )
    assert (second.decoded("dtstart"), second.decoded("dtend")) == (
        datetime(2027, 3, 18, 9, tzinfo=BERLIN),
        datetime(2027, 3, 18, 9, 45, tzinfo=BERLIN),
    )
    assert str(first["summary"]) == "Übergänge"
    assert str(first["location"]) == "Stadthalle, Hamm"
    assert str(first["uid"]).startswith(f"{event.uuid}-1@")
    assert str(first["url"]).endswith(event.get_absolute_url())
    assert str(first["status"]) == "CONFIRMED"


def test_days_without_times_last_all_day_and_the_end_is_exclusive(client):
    event = make_event(starts_on=FIRST, ends_on=SECOND)

    days = [(entry.decoded("dtstart"), entry.decoded("dtend")) for entry in entries(client, event)]

    assert days == [(FIRST, SECOND), (SECOND, date(2027, 3, 19))]


def test_the_calendar_marks_a_cancelled_event(client):
    event = make_event(title="Treffen", starts_on=FIRST, course="cancelled")

    (entry,) = entries(client, event)

    assert (str(entry["summary"]), str(entry["status"])) == ("Abgesagt: Treffen", "CANCELLED")


def test_the_same_event_gives_the_same_bytes_without_control_characters(client):
    event = make_event(title="Zwei\x0bZeilen\x07", summary="Mit; Komma, und\nUmbruch " + "ä" * 200, starts_on=FIRST)

    first = client.get(f"{event.get_absolute_url()}programm.ics").content

    assert first == client.get(f"{event.get_absolute_url()}programm.ics").content
    assert b"\x0b" not in first
    assert b"\x07" not in first
    assert max(len(line) for line in first.split(b"\r\n")) <= 75
    assert all(line.decode() is not None for line in first.split(b"\r\n"))


def test_a_hidden_or_undated_event_has_no_calendar(client):
    for event in (make_event(starts_on=FIRST, **DRAFT), make_event(), make_event(starts_on=FIRST, precision="month")):
        assert client.get(f"{event.get_absolute_url()}programm.ics").status_code == 404
