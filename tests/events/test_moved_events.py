"""New dates of an event: its form asks before it moves the days; afterwards all pages and files state the new days."""

import re
from datetime import date, time, timedelta
from importlib import import_module
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.urls import reverse
from icalendar import Calendar

from events.administration.duplicate import Parts, duplicate
from events.models import Event, EventDay
from events.programme.days import complete_days, plan_move
from events.programme.structure import Entry, working_version
from tests.administration import address, complaints, fill, fill_inline, nothing_changes, sign_in
from tests.factories import (
    make_attachment,
    make_day,
    make_event,
    make_file,
    make_release,
    make_series,
    make_session,
    rewrite,
)
from tests.reading import body, document, elements, text, texts

pytestmark = pytest.mark.django_db
FIRST, SECOND, THIRD = (date(2097, 3, 27) + timedelta(days=number) for number in range(3))
MOVED = date(2097, 4, 3)


def on_days(*days: date, **fields):
    event = make_event(**{"title": "Treffen", "starts_on": days[0], "ends_on": days[-1], **fields})
    for day in days:
        make_day(event, date=day)
    return event


@pytest.fixture
def event():
    """An event of a series with two days, one released item on each day, and files."""
    event = on_days(FIRST, SECOND, series=make_series())
    one, two = event.days.all()
    sessions = [make_session(event, title=title) for title in ("Vortrag", "Abschluss")]
    rows = [(sessions[0], one), (sessions[1], two)]
    make_release(event, [Entry(session, day=day, begins_at=time(10), duration=60) for session, day in rows])
    for name in ("a.pdf", "b.pdf"):
        make_attachment(event=event, stored_file=make_file(name.encode(), name))
    return event


def days(event) -> list[tuple]:
    return list(event.days.values_list("number", "date"))


def move(client, event, **values):
    """Sends the form, then sends it again with the confirmation that it asked for."""
    values = {name: value and str(value) for name, value in values.items()}
    asked = fill(client, address(event), **values)
    (plan,) = asked.context["moves"]
    return asked, fill(client, address(event), **values, move_days=plan.key)


def questions(response) -> list[str]:
    """The sentences above the confirmation checkbox; the table of days must show the same ones."""
    page = document(response)
    (box,) = [box for box in elements(page, tag="fieldset") if "Ja, die Tage so verschieben" in text(box)]
    sentences = texts(box, tag="li")
    assert [found for found in texts(page, tag="li") if found in sentences] == sentences * 2
    return sentences


# --- asking -----------------------------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_new_dates_move_the_days_only_after_the_editor_has_seen_how(client, event):
    sign_in(client, "freigabe")
    with nothing_changes():
        asked = fill(client, address(event), starts_on=str(MOVED), ends_on=str(MOVED + timedelta(days=1)))
    assert questions(asked) == [
        "Tag 1: Mi 27. März 2097 → Mi 3. April 2097",
        "Tag 2: Do 28. März 2097 → Do 4. April 2097",
    ]

    _, done = move(client, event, starts_on=MOVED, ends_on=MOVED + timedelta(days=1))

    assert done.status_code == 302
    assert days(event) == [(1, MOVED), (2, MOVED + timedelta(days=1))]
    assert any("Die Tage wurden verschoben." in str(message) for message in get_messages(done.wsgi_request))


def test_a_confirmation_counts_only_for_the_move_that_was_shown(client, event):
    sign_in(client, "freigabe")
    asked = fill(client, address(event), starts_on=str(MOVED), ends_on=str(MOVED + timedelta(days=1)))
    (plan,) = asked.context["moves"]

    with nothing_changes():
        other = fill(client, address(event), starts_on=str(FIRST), ends_on=str(FIRST), move_days=plan.key)

    assert other.status_code == 200


def test_dates_that_the_days_fit_are_not_asked_about(client, event):
    sign_in(client, "freigabe")

    fill(client, address(event), ends_on=str(THIRD))
    assert days(event) == [(1, FIRST), (2, SECOND), (3, THIRD)]
    fill(client, address(event), venue="Stadthalle")
    assert days(event) == [(1, FIRST), (2, SECOND), (3, THIRD)]


def test_days_typed_by_hand_need_no_question(client, event):
    sign_in(client, "freigabe")
    typed = {**fill_inline("days", 0, date=str(MOVED)), **fill_inline("days", 1, date=str(MOVED + timedelta(days=7)))}

    done = fill(client, address(event), starts_on=str(MOVED), ends_on=str(MOVED + timedelta(days=7)), **typed)

    assert done.status_code == 302
    assert days(event) == [(1, MOVED), (2, MOVED + timedelta(days=7))]


def test_a_day_that_falls_away_is_deleted_or_keeps_its_items_without_a_date(client, event):
    sign_in(client, "freigabe")
    make_day(event, date=THIRD)
    rewrite(event, ends_on=THIRD)

    asked, _ = move(client, event, starts_on=MOVED, ends_on=MOVED)

    assert questions(asked) == [
        "Tag 1: Mi 27. März 2097 → Mi 3. April 2097",
        (
            "Tag 2 (Do 28. März 2097) entfällt. "
            "Ein Programmpunkt bleibt dort ohne Datum stehen; bitte im Programm auf einen anderen Tag setzen."
        ),
        "Tag 3 (Fr 29. März 2097) entfällt.",
    ]
    assert days(event) == [(1, MOVED), (2, None)]
    assert event.current_release.slots.filter(day__number=2).count() == 1


def test_the_calendar_cancels_days_that_fell_away_and_lets_the_others_move(client, event):
    sign_in(client, "freigabe")
    before = calendar_of(client, event)

    move(client, event, starts_on=MOVED, ends_on=MOVED)

    after = calendar_of(client, event)
    assert after.keys() == before.keys()
    assert [str(entry["status"]) for entry in after.values()] == ["CONFIRMED", "CANCELLED"]
    assert all(after[uid]["sequence"] > before[uid]["sequence"] for uid in before)


# --- plans ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "first", "last", "after"),
    [
        ([0, 1], 7, 8, {1: 7, 2: 8}),
        ([0, 1], -1, 1, {1: -1, 2: 0, 3: 1}),
        ([0, 1, 2], 1, 2, {1: 1, 2: 2}),
        ([0, 7], 14, 21, {1: 14, 2: 21}),
        ([0, 7], 14, 23, {1: 14, 2: 23}),
        ([0, 7], 14, 15, {1: 14, 2: 15}),
        ([0, 7, 14], 14, 21, {1: 14, 2: 21}),
        ([None, 3], 5, 6, {1: 5, 2: 6}),
    ],
)
def test_days_follow_the_first_one_and_end_with_the_event(before, first, last, after):
    event = make_event(starts_on=FIRST + timedelta(days=first), ends_on=FIRST + timedelta(days=last))
    dates = {number: day if day is None else FIRST + timedelta(days=day) for number, day in enumerate(before, start=1)}

    plan = plan_move(event, dates)

    assert plan is not None
    assert {number: (day - FIRST).days for number, day in plan.after.items()} == after


def test_a_copy_of_an_event_whose_days_went_astray_has_the_days_of_its_dates(event):
    rewrite(event, starts_on=MOVED, ends_on=MOVED + timedelta(days=1))

    copy = duplicate(event, Parts(), date(2098, 1, 7))

    assert days(copy) == [(1, date(2098, 1, 7)), (2, date(2098, 1, 8))]
    assert working_version(copy).slots.count() == 2


# --- every place that says when ---------------------------------------------------------------------------------------


@pytest.mark.both_databases
def test_two_fridays_are_named_everywhere_and_no_day_between_them(client, event):
    friday = date(2027, 5, 7)
    rewrite(event, starts_on=friday, ends_on=friday + timedelta(days=7))
    for number, day in enumerate(event.days.order_by("number")):
        day.event, day.date = event, friday + timedelta(days=7 * number)
        day.save()
    pages = [
        reverse("events:list"),
        event.get_absolute_url(),
        event.series.get_absolute_url(),
        "/",
        event.attachments.first().get_absolute_url(),
        event.sessions.get(title="Abschluss").get_absolute_url(),
    ]

    said = [client.get(url).content.decode().replace("\xa0", " ").replace("&nbsp;", " ") for url in pages]

    assert ["7. und 14. Mai 2027" in page for page in said] == [True] * len(pages)
    assert "7. und 14. Mai 2027" in index_of_zip(client, event)
    begins = {entry.decoded("dtstart") for entry in calendar_of(client, event).values()}
    assert {f"{begin:%d.%m.}" for begin in begins} == {"07.05.", "14.05."}

    between = make_day(event, date=friday + timedelta(days=3))
    assert Event.objects.get().dates == "7., 10. und 14. Mai 2027"
    between.delete()
    assert Event.objects.get().dates == "7. und 14. Mai 2027"


def test_a_completed_day_closes_its_gap():
    event = make_event(starts_on=FIRST, ends_on=THIRD)
    for number, day in ((1, FIRST), (3, THIRD)):
        make_day(event, number=number, date=day)
    assert event.dates == "27. und 29. März 2097"

    complete_days(event)

    assert Event.objects.get().dates == "27.–29. März 2097"


@pytest.mark.both_databases
def test_the_migration_stores_days_with_gaps(event):
    friday = date(2027, 5, 7)
    fridays = on_days(friday, friday + timedelta(days=7))
    Event.objects.update(separate_days="")

    import_module("events.migrations.0015_separate_days").remember_days(apps, None)

    assert Event.objects.get(pk=fridays.pk).dates == "7. und 14. Mai 2027"
    assert Event.objects.get(pk=event.pk).separate_days == ""


def calendar_of(client, event) -> dict:
    event.refresh_from_db()
    content = client.get(reverse("events:calendar", args=[event.slug])).content
    return {str(entry["uid"]): entry for entry in Calendar.from_ical(content).walk("VEVENT")}


def index_of_zip(client, event) -> str:
    response = client.get(reverse("events:attachments_zip", args=[event.slug]))
    with ZipFile(BytesIO(body(response))) as archive:
        return archive.read("INHALT.txt").decode()


def said(client, event) -> dict[str, set[str]]:
    """Day and month of each date in March or April that the text contains, as `3.4.`."""
    pages = {
        "list": reverse("events:list"),
        "page": event.get_absolute_url(),
        "series": event.series.get_absolute_url(),
        "home": "/",
        "attachment": event.attachments.first().get_absolute_url(),
        "session": event.sessions.get(title="Abschluss").get_absolute_url(),
    }
    found = {name: text(document(client.get(url))) for name, url in pages.items()}
    found["zip"] = index_of_zip(client, event)
    dates = {name: in_numbers(words) for name, words in found.items()}
    entries = calendar_of(client, event).values()
    dates["calendar"] = {f"{entry.decoded('dtstart').day}.{entry.decoded('dtstart').month}." for entry in entries}
    return dates


def in_numbers(words: str) -> set[str]:
    """The dates in texts such as `27.–28. März` and `27. März`."""
    months = {"März": 3, "April": 4}
    found = re.findall(r"(?:(\d+)\.\s?–\s?)?(\d+)\.\s(März|April)\b", words)
    return {f"{day}.{months[month]}." for first, last, month in found for day in (first, last) if day}


def test_list_pages_calendar_and_files_never_name_different_days(client, event):
    both = {"27.3.", "28.3."}
    assert said(client, event) == {
        **dict.fromkeys(("list", "page", "series", "home", "attachment", "zip", "calendar"), both),
        "session": {"28.3."} | both,
    }

    sign_in(client, "freigabe")
    move(client, event, starts_on=MOVED, ends_on=MOVED + timedelta(days=1))

    both = {"3.4.", "4.4."}
    assert said(client, event) == {
        **dict.fromkeys(("list", "page", "series", "home", "attachment", "zip", "calendar"), both),
        "session": {"4.4."} | both,
    }
    headings = texts(document(client.get(event.get_absolute_url())), style="day")
    assert headings == ["Mittwoch, 3. April Tag 1", "Donnerstag, 4. April Tag 2"]


@pytest.mark.parametrize("day", ["9999-12-31", "0217-03-27", "1989-12-31"])
def test_a_date_beyond_all_reason_is_refused_at_its_field(client, event, day):
    sign_in(client, "freigabe")

    with nothing_changes():
        first = fill(client, address(event), starts_on=day)
        own = fill(client, address(event), **fill_inline("days", 0, date=day))

    assert "Bitte ein Datum zwischen 1990 und 2100 angeben." in complaints(first)
    assert "Bitte ein Datum zwischen 1990 und 2100 angeben." in complaints(own)
    assert EventDay.objects.filter(event=event).count() == 2
