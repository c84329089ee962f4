"""Warnings and hints that editors see before they release a programme."""

from datetime import date, time

import pytest

from events.models import Event, Slot
from events.programme.snapshots import loaded_slots
from events.programme.structure import Entry, working_version, write_programme
from events.programme.warnings import findings
from tests.factories import make_appearance, make_day, make_event, make_municipality, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(starts_on=date(2027, 3, 17), ends_on=date(2027, 3, 18))


def found(event: Event, *entries: Entry, is_hint: bool = False) -> list[str]:
    working = working_version(event)
    write_programme(working, entries)
    return [finding.text for finding in findings(event, loaded_slots(working)) if finding.is_hint == is_hint]


def at(hour: int, minute: int = 0, duration: int | None = 60, **fields: object) -> dict:
    return {"begins_at": time(hour, minute), "duration": duration, **fields}


def talk(event: Event, title: str, *speakers: object, kind: str = "talk") -> object:
    session = make_session(event, title=title, kind=kind)
    for speaker in speakers or [make_speaker()]:
        make_appearance(session, speaker)
    return session


def test_a_sound_programme_has_no_findings(event):
    phase = make_session(event, kind="forum_phase", title="Foren")
    forums = [make_session(event, kind="forum", municipalities=[make_municipality()]) for _ in range(2)]
    entries = [
        Entry(talk(event, "A"), **at(9)),
        Entry(title="Pause", **at(10)),
        Entry(phase, **at(11), is_parallel=True),
        Entry(forums[0], indent=1, room="Eins"),
        Entry(forums[1], indent=1, room="Zwei"),
    ]

    assert found(event, *entries) == []
    assert found(event, *entries, is_hint=True) == []


def test_a_programme_without_times_has_no_findings(event):
    assert found(event, Entry(talk(event, "A")), Entry(title="Pause"), Entry(talk(event, "B"))) == []


def test_a_room_used_twice_at_the_same_time_is_reported(event):
    phase = Entry(title="Foren", **at(14, is_parallel=True))
    one, other = Entry(title="A", indent=1, room="Saal"), Entry(title="B", indent=1, room=" saal ")

    assert found(event, phase, one, other) == ["Raum „ saal “ ist doppelt belegt: „A“ und „B“."]


def test_a_speaker_in_parallel_items_is_reported_even_without_times(event):
    ada = make_speaker(first_name="Ada", last_name="Wolf", academic_title="Dr.")
    phase = Entry(title="Foren", is_parallel=True)
    one, other = (Entry(talk(event, title, ada), indent=1) for title in "AB")

    assert found(event, phase, one, other) == ["Dr. Ada Wolf ist zur gleichen Zeit in zwei Punkten: „A“ und „B“."]


def test_a_speaker_in_an_item_and_its_nested_item_is_not_reported(event):
    ada = make_speaker()

    assert found(event, Entry(talk(event, "A", ada), **at(9)), Entry(talk(event, "B", ada), indent=1, **at(9))) == []


def test_two_roles_in_one_item_are_not_reported(event):
    session = talk(event, "A", make_speaker())
    make_appearance(session, session.appearances.get().speaker, role="chair")

    assert found(event, Entry(session, **at(9))) == []


@pytest.mark.parametrize(
    ("begins", "duration", "is_reported"),
    [
        (time(10, 59), 30, True),
        (time(11), 30, False),
        (time(9), 61, True),
        (time(9), 60, False),
        (time(10), None, True),
    ],
)
def test_overlaps_are_computed_to_the_minute(event, begins, duration, is_reported):
    phase = Entry(title="Foren", is_parallel=True)
    one = Entry(title="A", indent=1, room="Saal", **at(10))
    other = Entry(title="B", indent=1, room="Saal", begins_at=begins, duration=duration)

    assert any("doppelt belegt" in text for text in found(event, phase, one, other)) == is_reported


def test_the_same_time_on_another_day_does_not_overlap(event):
    ada, second = make_speaker(), make_day(event, number=1) and make_day(event, number=2)
    one, other = talk(event, "A", ada), talk(event, "B", ada)

    assert found(event, Entry(one, room="Saal", **at(9)), Entry(other, room="Saal", day=second, **at(9))) == []


def test_cancelled_items_and_their_nested_items_are_ignored(event):
    ada = make_speaker()
    cancelled = Entry(talk(event, "A", ada), room="Saal", status="cancelled", **at(9))
    under = Entry(make_session(event, kind="forum"), indent=1)

    assert found(event, cancelled, under, Entry(talk(event, "B", ada), room="Saal", **at(9))) == []


def test_an_item_beginning_before_the_previous_one_ends_is_reported(event):
    assert found(event, Entry(title="A", **at(9)), Entry(title="B", **at(9, 45))) == [
        "„B“ (09:45–10:45) beginnt, bevor „A“ (09:00–10:00) zu Ende ist."
    ]


def test_an_item_without_a_time_among_timed_items_is_reported(event):
    second = make_day(event, number=1) and make_day(event, number=2)

    assert found(event, Entry(title="A", **at(9)), Entry(title="B"), Entry(title="C", day=second)) == [
        "„B“ hat keinen Beginn, andere Punkte daneben haben einen."
    ]


def test_a_pause_is_only_a_hint(event):
    entries = [Entry(title="A", **at(9)), Entry(title="B", **at(10, 15))]

    assert found(event, *entries) == []
    assert found(event, *entries, is_hint=True) == [
        "Zwischen „A“ (09:00–10:00) und „B“ (10:15–11:15) sind 15 Minuten frei, und keine Pause steht im Programm."
    ]


def test_an_item_with_an_unknown_end_is_followed_by_no_pause(event):
    open_end = Entry(title="A", **at(9, duration=None))

    assert found(event, open_end, Entry(title="B", **at(12)), is_hint=True) == []


def test_an_item_without_duration_ends_with_its_nested_items(event):
    phase = Entry(title="Foren", is_parallel=True, **at(9, duration=None))

    assert found(event, phase, Entry(title="a", indent=1, **at(9)), Entry(title="B", **at(11)), is_hint=True) == [
        "Zwischen „Foren“ (09:00) und „B“ (11:00–12:00) sind 60 Minuten frei, und keine Pause steht im Programm."
    ]


def test_items_after_midnight_follow_those_of_the_evening(event):
    entries = [Entry(title="A", **at(22, 30, 150)), Entry(title="B", **at(0, 30)), Entry(title="C", **at(1, 30))]

    assert found(event, *entries) == [
        "„A“ (22:30–1:00 Uhr nachts) endet erst nach Mitternacht.",
        "„B“ (00:30–1:30 Uhr nachts) endet erst nach Mitternacht.",
        "„B“ (00:30–1:30 Uhr nachts) beginnt, bevor „A“ (22:30–1:00 Uhr nachts) zu Ende ist.",
        "„C“ (01:30–2:30 Uhr nachts) endet erst nach Mitternacht.",
    ]


@pytest.mark.parametrize(("day", "is_warned"), [(27, True), (26, False)])
def test_a_begin_in_the_hour_that_is_skipped_in_spring_is_reported(day, is_warned):
    night = date(2027, 3, day)
    event = make_event(starts_on=night)
    evening = Entry(title="A", day=make_day(event, date=night), **at(22))

    sentences = found(event, evening, Entry(title="B", **at(2, 30)))

    expected = "„B“ (02:30–3:30 Uhr nachts) beginnt zu einer Uhrzeit, die es wegen der Zeitumstellung nicht gibt."
    assert (expected in sentences) is is_warned


def test_items_that_begin_early_in_the_morning_are_not_at_night(event):
    assert found(event, Entry(title="A", **at(5)), Entry(title="B", **at(6))) == []


@pytest.mark.parametrize(("minutes", "warned"), [(720, []), (721, ["12 Stunden 1 Minute"]), (900, ["15 Stunden"])])
def test_an_item_of_more_than_twelve_hours_is_asked_about(event, minutes, warned):
    sentences = found(event, Entry(title="A", **at(6, 0, minutes)))

    assert [sentence.partition("dauert ")[2] for sentence in sentences] == [
        f"{length}. Stimmt das?" for length in warned
    ]


def test_times_outside_of_event_day_or_parent_are_reported(event):
    outside = make_day(event, number=1, date=date(2027, 4, 1))

    assert found(event, Entry(title="A", day=outside)) == [
        "„A“ steht an einem Tag, der außerhalb des Treffens liegt.",
    ]
    outside.date = None
    outside.save()
    assert found(event, Entry(title="A", **at(23, 30))) == ["„A“ (23:30–0:30 Uhr nachts) endet erst nach Mitternacht."]
    assert found(event, Entry(title="A", is_parallel=True, **at(9)), Entry(title="B", indent=1, **at(9, 30))) == [
        "„B“ (09:30–10:30) liegt nicht in der Zeit von „A“ (09:00–10:00)."
    ]
    assert found(event, Entry(title="A", **at(9)), Entry(title="B", indent=1, **at(8))) == [
        "„B“ (08:00–09:00) liegt nicht in der Zeit von „A“ (09:00–10:00)."
    ]


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("talk", ["„X“ nennt niemanden, der mitwirkt."]),
        ("welcome", ["„X“ nennt niemanden, der mitwirkt."]),
        ("forum", ["„X“ nennt keine Kommune."]),
        ("workshop", ["„X“ nennt keine Kommune."]),
        ("forum_phase", []),
        ("closing", []),
        ("discussion", []),
    ],
)
def test_missing_speakers_are_reported_depending_on_the_kind(event, kind, message):
    assert found(event, Entry(make_session(event, title="X", kind=kind))) == message


@pytest.mark.parametrize("kind", ["closing", "discussion"])
def test_missing_speakers_are_a_hint_for_kinds_that_often_have_none(event, kind):
    assert found(event, Entry(make_session(event, title="X", kind=kind)), is_hint=True) == [
        "„X“ nennt niemanden, der mitwirkt."
    ]


def test_a_discussion_fills_the_pause_after_its_talk(event):
    entries = [Entry(title="A", **at(9)), Entry(title="B", indent=1, **at(10)), Entry(title="C", **at(11))]

    assert found(event, *entries) == []
    assert found(event, *entries, is_hint=True) == []


def test_provisional_items_are_reported(event):
    assert found(event, Entry(title="A", status="provisional")) == ["„A“ ist noch vorläufig."]


def test_findings_refer_to_their_slot_and_need_no_query(event, django_assert_num_queries):
    working = working_version(event)
    forums = [Entry(talk(event, title, kind="forum"), indent=1, room="Saal") for title in "AB"]
    write_programme(working, [Entry(title="Foren", is_parallel=True), *forums])
    slots = loaded_slots(working)

    with django_assert_num_queries(0):
        message = findings(event, slots)

    assert {finding.slot.order for finding in message} == {2, 3}


def test_unsaved_rows_are_checked_too(event):
    day = make_day(event)
    parent = Slot(order=1, day=day, title="Foren", is_parallel=True)
    one, other = (Slot(order=order, day=day, parent=parent, title=f"F{order}", room="Saal") for order in (2, 3))

    assert [finding.text for finding in findings(event, [parent, one, other])] == [
        "Raum „Saal“ ist doppelt belegt: „F2“ und „F3“."
    ]
