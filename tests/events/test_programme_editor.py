"""The server side of the programme editor: it saves the whole programme or, if one row is invalid, nothing."""

import json

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Appearance, Programme, Session
from events.programme.structure import working_version
from speakers.models import Speaker
from tests.administration import EVERYONE, address, nothing_changes, sign_in, signed_in
from tests.factories import (
    make_appearance,
    make_day,
    make_event,
    make_municipality,
    make_release,
    make_session,
    make_speaker,
)

pytestmark = pytest.mark.django_db
NEW = {
    "session": None,
    "kind": "talk",
    "title": "",
    "indent": 0,
    "day": 1,
    "status": "confirmed",
    "appearances": [],
    "municipalities": [],
}


@pytest.fixture
def event():
    """A public event whose release contains one talk with one speaker."""
    event = make_event(title="Treffen")
    talk = make_session(event, title="Erster")
    make_appearance(talk, make_speaker(first_name="Kai", last_name="Muster"), organisation="FH Beispiel")
    make_release(event, [talk])
    return event


@pytest.fixture
def working(event):
    return working_version(event)


@pytest.fixture
def draft():
    """The empty working version of a draft event."""
    return working_version(make_event(title="Entwurf", state="draft"))


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def state(client, programme: Programme) -> dict:
    return client.get(address(programme, "zeilen")).json()


def send(client, programme: Programme, rows: list, seen_at: str | None = None):
    body = {"rows": rows, "seen_at": seen_at or state(client, programme)["seen_at"]}
    return client.post(address(programme, "zeilen"), json.dumps(body), content_type="application/json")


def row(**values) -> dict:
    return NEW | values


def lines(programme: Programme) -> list[tuple]:
    slots = programme.slots.select_related("session", "parent")
    return [(str(slot), slot.parent.order if slot.parent else None) for slot in slots]


# --- writing ----------------------------------------------------------------------------------------------------------


def test_a_new_programme_is_written(editor, draft):
    day, municipality = make_day(draft.event, number=2), make_municipality(name="Lünen")
    appearance = {
        "role": "talk",
        "academic_title": "Prof. Dr.",
        "first_name": "Ada",
        "last_name": "Neu",
        "organisation": "FH",
    }

    response = send(
        editor,
        draft,
        [
            row(
                kind="welcome", title="Begrüßung", begins_at="10:00", duration=15, room="Saal", appearances=[appearance]
            ),
            row(kind="break", title="Mittagspause", begins_at="12:00"),
            row(kind="forum_phase", title="Forenphase", is_parallel=True, day=2),
            row(
                kind="forum",
                title="Forum Lünen",
                indent=1,
                day=2,
                municipalities=[{"pk": municipality.pk}],
                status="provisional",
            ),
        ],
    )

    assert response.status_code == 200
    slots = list(draft.slots.select_related("session", "day"))
    assert lines(draft) == [("Begrüßung", None), ("Mittagspause", None), ("Forenphase", None), ("Forum Lünen", 3)]
    assert [slot.day for slot in slots] == [draft.event.days.get(number=1)] * 2 + [day] * 2
    assert (f"{slots[0].begins_at:%H:%M}", slots[0].duration, slots[0].room) == ("10:00", 15, "Saal")
    assert slots[1].session is None
    assert slots[2].is_parallel
    assert slots[3].status == "provisional"
    assert list(slots[3].session.municipalities.all()) == [municipality]
    appearance = slots[0].session.appearances.get()
    assert (appearance.name, appearance.organisation) == ("Prof. Dr. Ada Neu", "FH")
    assert appearance.speaker.organisation == "FH"


@pytest.mark.both_databases
def test_a_programme_is_read_as_written_and_writing_it_again_changes_nothing(editor, working):
    before = state(editor, working)

    send(editor, working, before["rows"])

    after = state(editor, working)
    assert after["rows"] == before["rows"]
    assert Session.objects.get().changed_at == working.event.sessions.get().changed_at
    assert LogEntry.objects.get().get_change_message() == "Programm im Editor gespeichert, 1 Zeilen."


def test_the_same_new_name_in_two_rows_creates_one_speaker(editor, draft):
    appearance = {"role": "talk", "first_name": "Ada", "last_name": "Neu", "academic_title": "", "organisation": ""}

    send(editor, draft, [row(title="Eins", appearances=[appearance]), row(title="Zwei", appearances=[appearance])])

    assert Speaker.objects.get().appearances.count() == 2


def test_a_speaker_removed_from_a_session_is_not_deleted(client, working):
    sign_in(client, "freigabe")
    rows = state(client, working)["rows"]
    rows[0]["appearances"] = []

    assert send(client, working, rows).status_code == 200

    assert not Appearance.objects.exists()
    assert Speaker.objects.count() == 1


def test_a_changed_affiliation_of_an_appearance_leaves_the_speaker_unchanged(client, working):
    sign_in(client, "freigabe")
    rows = state(client, working)["rows"]
    rows[0]["appearances"][0] |= {"organisation": "Stadt Hamm", "academic_title": "Dr."}

    send(client, working, rows)

    assert (Appearance.objects.get().organisation, Speaker.objects.get().organisation) == ("Stadt Hamm", "")


def test_a_removed_row_keeps_its_session_outside_the_programme(editor, working):
    send(editor, working, [])

    told = state(editor, working)
    assert told["rows"] == []
    assert [waiting["title"] for waiting in told["unplaced"]] == ["Erster"]


# --- refusing ---------------------------------------------------------------------------------------------------------


def test_editors_without_publish_permission_cannot_change_a_public_session(editor, working):
    rows = state(editor, working)["rows"]
    rows[0]["title"] = "Anders"

    with nothing_changes():
        response = send(editor, working, rows)

    assert response.status_code == 422
    assert response.json()["errors"] == {
        "0": ["Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf."]
    }


def test_editors_without_publish_permission_can_move_a_public_session(editor, working):
    rows = state(editor, working)["rows"]
    rows[0]["begins_at"] = "11:15"

    assert send(editor, working, [row(title="Davor"), *rows]).status_code == 200

    assert lines(working) == [("Davor", None), ("Erster", None)]


def test_a_concurrent_save_is_reported_and_not_overwritten(editor, working):
    seen = state(editor, working)
    send(editor, working, [*seen["rows"], row(title="Von anderen")])

    with nothing_changes():
        response = send(editor, working, seen["rows"], seen["seen_at"])

    assert response.status_code == 409
    assert [each["title"] for each in response.json()["state"]["rows"]] == ["Erster", "Von anderen"]


def test_a_session_changed_elsewhere_meanwhile_is_not_overwritten(client, working):
    sign_in(client, "freigabe")
    rows = state(client, working)["rows"]
    Session.objects.update(title="Inzwischen")
    rows[0]["title"] = "Meins"

    with nothing_changes():
        response = send(client, working, rows)

    assert response.status_code == 409


@pytest.mark.parametrize(
    ("wrong", "sentences"),
    [
        ({"kind": "break"}, ["Titel: Eine Pause braucht einen Namen, etwa „Mittagspause“."]),
        ({"begins_at": "25:00"}, ["Beginn: Eine Uhrzeit sieht so aus: 10:15."]),
        ({"duration": -5}, ["Dauer: Die Dauer ist nie negativ."]),
        ({"day": 7}, ["Diesen Tag hat das Treffen nicht (mehr). Bitte neu laden."]),
        ({"session": 987654}, ["Diesen Beitrag hat jemand gelöscht. Bitte die Zeile neu anlegen."]),
        ({"municipalities": [{"pk": 987654}]}, ["Eine Kommune gibt es nicht mehr. Bitte noch einmal auswählen."]),
        ({"municipalities": [{"pk": "x"}]}, ["Eine Kommune ist nicht zu erkennen. Bitte noch einmal auswählen."]),
        (
            {"appearances": [{"role": "talk", "speaker": 987654}]},
            ["Eine Person gibt es nicht mehr. Bitte noch einmal auswählen."],
        ),
        ({"appearances": [{"role": "talk", "first_name": "Ada"}]}, ["Ada: Eine neue Person braucht einen Nachnamen."]),
        ({"appearances": [{}] * 31}, ["Zu viele Personen oder Kommunen."]),
    ],
)
def test_an_error_is_reported_at_its_row_and_nothing_is_written(editor, draft, wrong, sentences):
    with nothing_changes():
        response = send(editor, draft, [row(title="Gut"), row(title="") | wrong])

    assert response.status_code == 422
    assert response.json()["errors"] == {"1": sentences}


def test_a_session_of_another_event_is_refused(editor, draft):
    foreign = make_session(make_event(), title="Fremd")

    with nothing_changes():
        response = send(editor, draft, [row(session=foreign.pk, title="Meins")])

    assert response.json()["errors"] == {"0": ["Diesen Beitrag hat jemand gelöscht. Bitte die Zeile neu anlegen."]}


def test_a_subitem_without_an_item_above_is_refused(editor, draft):
    response = send(editor, draft, [row(title="Allein", indent=1)])

    assert response.json()["errors"] == {"-1": ["Der erste Programmpunkt kann kein Unterpunkt sein."]}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        "{",
        '{"rows": 1, "seen_at": ""}',
        '{"rows": [[]], "seen_at": ""}',
        "[" * 100_000,
        '{"rows": "\\ud800"}',
    ],
)
def test_junk_is_answered_with_a_message(editor, draft, body):
    with nothing_changes():
        response = editor.post(address(draft, "zeilen"), body, content_type="application/json")

    assert response.status_code == 422
    assert response.json()["errors"]


FIELDS = ("title", "room", "kind", "begins_at", "duration", "day", "session", "status", "appearances")


@pytest.mark.parametrize("value", ["\0", "x" * 100_000, {"a": 1}, [1], None, 1.5, "\ud800"])
def test_no_value_causes_a_server_error(editor, draft, value):
    statuses = {name: send(editor, draft, [row(title="Titel") | {name: value}]).status_code for name in FIELDS}

    assert {name: status for name, status in statuses.items() if status not in {200, 422}} == {}


# --- who, and what helps while typing ---------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["editor", "zeilen", "personen", "kommunen", "namen"])
@pytest.mark.parametrize("who", EVERYONE)
def test_only_editors_reach_the_editor(working, who, word):
    status = signed_in(who).get(address(working, word)).status_code

    expected = {"visitor": 302, "signed-in": 302, "staff": 403}
    assert status == expected.get(who, 200)


def test_a_release_cannot_be_edited(editor, event):
    release = event.current_release

    assert editor.get(address(release, "editor")).status_code == 403
    with nothing_changes():
        assert send(editor, release, [], seen_at="x").status_code == 403


@pytest.mark.both_databases
def test_speakers_are_found_by_name_and_organisation(editor, working):
    make_speaker(first_name="Ute", last_name="Anders", organisation="Jobcenter Unna")

    def found(text):
        answer = editor.get(address(working, "personen"), {"q": text}).json()["found"]
        return [appearance["label"] for appearance in answer]

    assert found("must") == ["Kai Muster"]
    assert found("Prof. Dr. Kai Muster, FH Kiel") == ["Kai Muster"]
    assert found("unna") == ["Ute Anders"]


@pytest.mark.both_databases
def test_municipalities_beginning_with_the_query_come_first(editor, working):
    for name in ("Kreis Unna", "Unna"):
        make_municipality(name=name)

    answer = editor.get(address(working, "kommunen"), {"q": "unna"}).json()

    assert [municipality["label"] for municipality in answer["found"]] == ["Unna", "Kreis Unna"]


def test_a_line_about_a_new_speaker_is_parsed(editor, working):
    answer = editor.get(address(working, "namen"), {"q": "Prof. Dr. Kai Marquardsen, FH Kiel"}).json()

    assert (answer["academic_title"], answer["last_name"], answer["organisation"]) == (
        "Prof. Dr.",
        "Marquardsen",
        "FH Kiel",
    )


def test_reading_twelve_rows_needs_as_many_queries_as_one(editor, working):

    def queries():
        with CaptureQueriesContext(connection) as seen:
            editor.get(address(working, "zeilen"))
        return len(seen)

    few = queries()
    send(editor, working, state(editor, working)["rows"] + [row(title=f"Zeile {n}") for n in range(11)])

    assert queries() == few


# --- pasted programmes ------------------------------------------------------------------------------------------------


def matched(client, programme: Programme, people: object = (), municipalities: object = ()):
    body = {"people": people, "municipalities": municipalities}
    return client.post(address(programme, "abgleich"), json.dumps(body), content_type="application/json")


@pytest.mark.both_databases
def test_fragments_of_a_pasted_programme_are_matched(editor, draft):
    known = make_speaker(academic_title="Dr.", first_name="Jörg", last_name="Muster", organisation="FH Beispiel")
    hamm, warendorf = make_municipality(name="Hamm"), make_municipality(name="Kreis Warendorf")

    answer = matched(
        editor,
        draft,
        ["Prof. Dr. JÖRG MUSTER, LWL", "Muster", "Dr. Ada Neu (FH Musterstadt)", ""],
        ["Stadt Hamm", "hamm", "Kreis Warendorf", "Warendorf", ""],
    ).json()

    names = ("speaker", "namesakes", "academic_title", "first_name", "last_name", "organisation")
    assert [person and tuple(person[name] for name in names) for person in answer["people"]] == [
        (known.pk, 1, "Prof. Dr.", "Jörg", "Muster", "LWL"),
        (known.pk, 1, "Dr.", "Jörg", "Muster", "FH Beispiel"),
        (None, 0, "Dr.", "Ada", "Neu", "FH Musterstadt"),
        None,
    ]
    found = [municipality and municipality["pk"] for municipality in answer["municipalities"]]
    assert found == [hamm.pk, hamm.pk, warendorf.pk, None, None]


def test_of_several_speakers_with_one_name_none_is_chosen(editor, draft):
    for organisation in ("FH Beispiel", "Stadt Hamm"):
        make_speaker(first_name="Ada", last_name="Muster", organisation=organisation)

    [person] = matched(editor, draft, ["Ada Muster, LWL"]).json()["people"]

    assert (person["speaker"], person["namesakes"], person["organisation"]) == (None, 2, "LWL")


def test_matching_many_fragments_needs_as_many_queries_as_one(editor, draft):
    def queries(number):
        people = [f"Dr. Ada Muster{place}, LWL" for place in range(number)]
        with CaptureQueriesContext(connection) as seen:
            matched(editor, draft, people, [f"Stadt {place}" for place in range(number)])
        return len(seen)

    assert queries(600) == queries(1)


@pytest.mark.parametrize("given", [None, "Ada", [1], ["x" * 301], [""] * 601, {"a": "b"}, ["\ud800"]])
@pytest.mark.parametrize("name", ["people", "municipalities"])
def test_other_than_a_bounded_list_of_fragments_is_refused(editor, draft, name, given):
    assert matched(editor, draft, **{name: given}).status_code == 422


def test_a_fragment_may_hold_any_sign(editor, draft):
    answer = matched(editor, draft, ["\0", "Dr. \0"], ["\0"])

    assert (answer.status_code, answer.json()["municipalities"]) == (200, [None])


def test_fragments_are_matched_by_post_and_for_editors_only(editor, draft):
    assert editor.get(address(draft, "abgleich")).status_code == 405
    assert matched(signed_in("staff"), draft).status_code == 403
