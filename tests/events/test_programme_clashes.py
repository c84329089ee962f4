"""Warnings about unsaved rows of the programme editor: the server gives the same messages as at the release."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from events.programme.releases import loaded_slots
from events.programme.structure import working_version
from events.programme.warnings import clashes
from tests.administration import EVERYONE, address, nothing_changes, sign_in, signed_in
from tests.factories import make_appearance, make_day, make_event, make_municipality, make_session, make_speaker

pytestmark = pytest.mark.django_db
KNOWN = {"role": "talk", "academic_title": "", "unit": "", "organisation": "", "place": ""}


@pytest.fixture
def working():
    return working_version(make_event(title="Entwurf", state="draft"))


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def row(title: str = "", begins_at: str = "", duration: int | None = None, **values: object) -> dict:
    plain = {
        "session": None,
        "kind": "talk",
        "indent": 0,
        "day": 1,
        "status": "confirmed",
        "appearances": [],
        "municipalities": [],
    }
    return {**plain, "title": title, "begins_at": begins_at, "duration": duration, **values}


def appearance(last_name: str, speaker: int | None = None, **values: object) -> dict:
    return {**KNOWN, "pk": None, "speaker": speaker, "first_name": "Kai", "last_name": last_name, **values}


def post(client: Client, programme, body: object):
    sent = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return client.post(address(programme, "hinweise"), sent, content_type="application/json")


def warnings_of(client: Client, programme, *rows: dict) -> dict:
    response = post(client, programme, {"rows": rows})
    assert response.status_code == 200
    return {int(place): sentences for place, sentences in response.json()["warnings"].items()}


def test_overlaps_and_pauses_are_reported_by_row_and_nothing_is_written(editor, working):
    with nothing_changes():
        found = warnings_of(
            editor, working, row("Eins", "10:00", 60), row("Zwei", "10:45", 45), row("Drei", "11:45"), row("Vier")
        )

    assert found == {
        1: ["„Zwei“ (10:45–11:30) beginnt, bevor „Eins“ (10:00–11:00) zu Ende ist."],
        2: [
            "Zwischen „Zwei“ (10:45–11:30) und „Drei“ (11:45) sind 15 Minuten frei, und keine Pause steht im Programm."
        ],
    }


def test_a_break_fills_a_pause(editor, working):
    rows = [row("Eins", "10:00", 30), row("Mittag", "10:30", 60, kind="break"), row("Zwei", "11:30")]

    assert warnings_of(editor, working, *rows) == {}


def test_parallel_rows_in_one_room_are_reported_without_times(editor, working):
    phase = row("Foren", "10:00", 60, kind="forum_phase", is_parallel=True)
    forums = [row(name, kind="forum", indent=1, room="Saal") for name in "AB"]

    assert warnings_of(editor, working, phase, *forums) == {2: ["Raum „Saal“ ist doppelt belegt: „A“ und „B“."]}


def test_a_new_or_known_speaker_in_two_rows_counts_as_one(editor, working):
    known = make_speaker(first_name="Ada", last_name="Bekannt")
    both = [appearance("Neu"), appearance("Bekannt", known.pk, first_name="Ada", academic_title="Dr.")]

    found = warnings_of(
        editor, working, row("A", "10:00", 60, appearances=both), row("B", "10:30", 60, day=1, appearances=both)
    )

    assert found[1] == [
        "Kai Neu ist zur gleichen Zeit in zwei Punkten: „A“ (10:00–11:00) und „B“ (10:30–11:30).",
        "Dr. Ada Bekannt ist zur gleichen Zeit in zwei Punkten: „A“ (10:00–11:00) und „B“ (10:30–11:30).",
        "„B“ (10:30–11:30) beginnt, bevor „A“ (10:00–11:00) zu Ende ist.",
    ]


def test_two_days_do_not_collide(editor, working):
    make_day(working.event)

    assert (
        warnings_of(editor, working, row("A", "10:00", 60, room="Saal"), row("B", "10:00", 60, room="Saal", day=2))
        == {}
    )


def test_a_row_without_a_title_is_named_as_the_page_names_it(editor, working):
    municipality = make_municipality(name="Lünen")
    rows = [
        row("", "10:00", 60, appearances=[appearance("Knuth")]),
        row("", "10:30", 60, kind="forum", municipalities=[{"pk": municipality.pk, "name": "Lünen"}]),
    ]

    assert warnings_of(editor, working, *rows) == {
        1: ["„Praxisforum Lünen“ (10:30–11:30) beginnt, bevor „Fachvortrag von Kai Knuth“ (10:00–11:00) zu Ende ist."]
    }


def test_saved_rows_get_the_same_messages_as_at_the_release(editor, working):
    for number, room in enumerate(("Saal", "saal", "Saal")):
        session = make_session(working.event, title=f"Vortrag {number}" if number else "")
        make_appearance(session, make_speaker(last_name="Knuth") if not number else make_speaker())
        placed = {"begins_at": f"1{number}:00", "duration": 90, "room": room, "day": working.event.days.get()}
        working.slots.create(order=number + 1, session=session, **placed)
    rows = editor.get(address(working, "zeilen")).json()["rows"]
    expected = [finding.text for finding in clashes(working.event, loaded_slots(working))]

    found = warnings_of(editor, working, *rows)

    assert len(expected) == 4
    assert [text for place in sorted(found) for text in found[place]] == expected


def test_unreadable_rows_do_not_prevent_messages_for_other_rows(editor, working):
    rows = [
        row("Eins", "10:00", 60),
        row("Halb getippt", "25:99"),
        row("Zwei", "10:30", 30),
        row("Tag, den es nicht gibt", "10:30", day=7),
        row("Darunter", "10:30", indent=1),
        "keine Zeile",
    ]

    assert list(warnings_of(editor, working, *rows)) == [2]


@pytest.mark.parametrize(
    "body", ["", "{", "[]", "null", "7", '"rows"', "{}", b"\xff\xfe", "[" * 5000, '{"rows": [{"title": "\\ud800"}]}']
)
def test_junk_is_no_server_error(editor, working, body):
    assert post(editor, working, body).status_code == 422


@pytest.mark.parametrize(
    "rows", [None, "x", {}, [None], [{"title": "\x00"}], [{"appearances": "x"}], [row("x" * 100_000)]]
)
def test_junk_rows_have_no_messages(editor, working, rows):
    assert post(editor, working, {"rows": rows}).json() == {"warnings": {}}


def test_too_many_rows_are_not_checked(editor, working):
    assert warnings_of(editor, working, *[row("A", "10:00", 60, room="Saal")] * 201) == {}


@pytest.mark.parametrize("who", EVERYONE)
def test_only_editors_get_a_response(working, who):
    is_allowed = who in ("redaktion", "freigabe", "verwaltung")

    response = post(signed_in(who), working, {"rows": []})

    assert response.status_code == (200 if is_allowed else 403 if who == "staff" else 302)


def test_a_request_without_its_token_is_refused(working):
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "redaktion")

    assert post(client, working, {"rows": []}).status_code == 403


def test_eighty_rows_need_as_many_queries_as_one(editor, working):
    municipalities = [{"pk": make_municipality().pk, "name": ""} for _ in range(3)]
    rows = [
        row(
            f"Z {n}",
            f"{9 + n // 10:02}:{n % 10 * 6:02}",
            6,
            municipalities=municipalities,
            appearances=[appearance(f"P{n}")],
        )
        for n in range(80)
    ]

    def queries(*rows: dict) -> int:
        with CaptureQueriesContext(connection) as captured:
            warnings_of(editor, working, *rows)
        return len(captured)

    assert queries(*rows) == queries(rows[0])
