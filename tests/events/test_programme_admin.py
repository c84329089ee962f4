"""The programme in the administration: editors change the working version; nobody can change a release."""

from datetime import time

import pytest
from django.contrib.admin.models import LogEntry

from events.models import Programme, Session, Slot
from events.programme.structure import Entry, working_version, write_programme
from tests.administration import address, complaints, fill, fill_inline, form_on, nothing_changes, sign_in
from tests.factories import make_appearance, make_day, make_event, make_release, make_session, make_speaker

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    """A public event with one session in its release and a second session in no programme."""
    event = make_event(title="Treffen")
    make_release(event, [make_session(event, title="Erster")])
    make_session(event, title="Zweiter")
    return event


@pytest.fixture
def working(event):
    return working_version(event)


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def lines(programme: Programme) -> list[tuple]:
    slots = programme.slots.select_related("session", "parent")
    return [(slot.order, str(slot), slot.parent.order if slot.parent else None) for slot in slots]


def session(event, title: str) -> Session:
    return event.sessions.get(title=title)


# --- editors at work --------------------------------------------------------------------------------------------------


def test_a_session_added_to_the_working_version_stays_hidden(editor, event, working):
    second = session(event, "Zweiter")

    response = fill(editor, address(working), **fill_inline("slots", 1, place=2, session=second.pk))

    assert response.status_code == 302
    assert lines(working) == [(1, "Erster", None), (2, "Zweiter", None)]
    assert lines(event.current_release) == [(1, "Erster", None)]
    assert editor.get(second.get_absolute_url()).status_code == 404
    assert "Zweiter" not in editor.get(event.get_absolute_url()).content.decode()


def test_order_nesting_and_times_are_written_as_entered(editor, event, working):
    second = session(event, "Zweiter")
    first = {
        "place": 2,
        "indent": "on",
        "begins_at": "10:15",
        "duration": 45,
        "room": "Saal",
        "day_part": "Am Vormittag",
    }

    response = fill(
        editor,
        address(working),
        **fill_inline("slots", 0, **first),
        **fill_inline("slots", 1, place=1, session=second.pk, is_parallel="on"),
        **fill_inline("slots", 2, place=3, title="Pause", status="provisional"),
    )

    assert response.status_code == 302
    assert lines(working) == [(1, "Zweiter", None), (2, "Erster", 1), (3, "Pause", None)]
    slot = working.slots.get(order=2)
    assert (slot.begins_at, slot.duration, slot.room, slot.day_part) == (time(10, 15), 45, "Saal", "Am Vormittag")
    assert [slot.is_parallel for slot in working.slots.all()] == [True, False, False]
    assert working.slots.get(order=3).status == "provisional"


def test_two_lines_can_swap_their_sessions(editor, event, working):
    first, second = session(event, "Erster"), session(event, "Zweiter")
    write_programme(working, [Entry(first), Entry(second)])

    response = fill(editor, address(working), **{"slots-0-session": second.pk, "slots-1-session": first.pk})

    assert response.status_code == 302
    assert lines(working) == [(1, "Zweiter", None), (2, "Erster", None)]


def test_a_session_can_be_entered_again_after_its_line_is_removed(editor, event, working):
    first = session(event, "Erster")

    new = fill_inline("slots", 1, place=2, session=first.pk)
    response = fill(editor, address(working), **{"slots-0-DELETE": "on"}, **new)

    assert response.status_code == 302
    assert lines(working) == [(1, "Erster", None)]


def test_a_line_without_a_day_gets_the_day_above(editor, event, working):
    second_day = make_day(event, number=2)
    second = session(event, "Zweiter")

    fill(
        editor,
        address(working),
        **{"slots-0-day": second_day.pk},
        **fill_inline("slots", 1, place=2, session=second.pk, day=""),
    )

    assert [slot.day for slot in working.slots.all()] == [second_day, second_day]


def test_a_programme_without_lines_can_be_saved(editor, working):
    assert fill(editor, address(working), **{"slots-0-DELETE": "on"}).status_code == 302
    assert lines(working) == []


def test_saving_is_recorded_in_the_history(editor, working):
    fill(editor, address(working), note="Neu", **fill_inline("slots", 1, place=2, title="Pause"))

    assert "Pause" in LogEntry.objects.get().get_change_message()


# --- broken structures ------------------------------------------------------------------------------------------------


def test_a_broken_structure_is_reported_and_changes_nothing(editor, event, working):
    foreign, foreign_day = make_session(title="Fremd"), make_day(make_event())
    write_programme(working, [Entry(session(event, "Erster")), Entry(session(event, "Zweiter"))])
    wrong = [
        {"slots-0-indent": "on"},
        {"slots-1-indent": "on", "slots-1-is_parallel": "on"},
        {"slots-0-session": foreign.pk},
        {"slots-0-day": foreign_day.pk},
        {"slots-0-session": "<script>"},
        {"slots-0-session": "9" * 40},
        {"slots-0-session": str(session(event, "Zweiter").pk)},
        {"slots-0-session": ""},
        {"slots-0-title": "Beitrag und Titel"},
        {"slots-0-place": ""},
        {"slots-0-place": "-1"},
        {"slots-0-begins_at": "25:00"},
        {"slots-0-duration": "-1"},
        {"slots-0-duration": str(10**15)},
        {"slots-0-duration": "1441"},
        {"slots-0-status": "released"},
        {"slots-0-title": "x" * 151, "slots-0-session": ""},
        {"slots-TOTAL_FORMS": "abc"},
        {"slots-TOTAL_FORMS": None},
        {"slots-INITIAL_FORMS": None},
    ]
    form = form_on(editor.get(address(working)))

    with nothing_changes():
        for change in wrong:
            sent = {name: value for name, value in {**form, **change}.items() if value is not None}
            response = editor.post(address(working), sent)
            assert (response.status_code, bool(complaints(response))) == (200, True), change


@pytest.mark.parametrize("field", ["id", "programme", "order", "parent"])
@pytest.mark.parametrize(
    "value", ["x", "foreign", *(pytest.param(value, marks=pytest.mark.walk) for value in ("", "0", "9" * 40))]
)
def test_submitted_ids_of_lines_are_ignored(editor, event, working, field, value):
    """Saving rewrites all lines, so the id of another programme's line neither changes nor moves that line."""
    foreign = make_release(make_event(), ["Pause"]).slots.get()
    value = foreign.pk if value == "foreign" else value

    response = fill(editor, address(working), **{f"slots-0-{field}": value})

    assert response.status_code == (200 if field == "programme" and value else 302)
    assert lines(working) == [(1, "Erster", None)]
    assert lines(foreign.programme) == [(1, "Pause", None)]


# --- releases never change --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["redaktion", "freigabe", "verwaltung"])
def test_nobody_changes_or_deletes_a_release(client, event, working, who):
    release = event.current_release
    sign_in(client, who)
    form = {**form_on(client.get(address(working))), "note": "geändert", "slots-0-place": 7}
    slot = release.slots.get()

    with nothing_changes():
        assert client.get(address(release)).status_code == 200
        assert client.post(address(release), form).status_code == 403
        assert client.post(address(release), {**form, "slots-0-id": slot.pk, "slots-0-DELETE": "on"}).status_code == 403
        assert client.post(address(release) + "?_popup=1", {**form, "_saveasnew": "1"}).status_code == 403
        assert client.post(address(release, "delete"), {"post": "yes"}).status_code == 403
        chosen = {"action": "delete_selected", "_selected_action": [release.pk], "post": "yes"}
        client.post(address(Programme, "changelist"), chosen)
        assert client.post(address(Programme, "add"), {"event": event.pk, "number": 7}).status_code == 403


def test_a_working_version_stays_with_its_event_and_without_a_number(editor, event, working):
    other = make_event()

    fill(editor, address(working), event=other.pk, number=7, released_at="2020-01-01", snapshot="{}")

    working.refresh_from_db()
    assert (working.event, working.number, working.released_at, working.snapshot) == (event, None, None, None)


def test_lines_of_another_event_cannot_be_changed(editor, working):
    other = working_version(make_event())
    write_programme(other, [Entry(title="Mittagspause")])
    line = other.slots.get()

    fill(editor, address(working), **{"slots-0-id": line.pk, "slots-0-DELETE": "on"})

    assert Slot.objects.filter(pk=line.pk).values().get()["title"] == "Mittagspause"
    assert lines(other) == [(1, "Mittagspause", None)]


# --- two editors on one programme -------------------------------------------------------------------------------------


def test_the_second_of_two_editors_is_warned_and_can_overwrite(editor, event, working):
    first, second = session(event, "Erster"), session(event, "Zweiter")
    write_programme(working, [Entry(first), Entry(second), Entry(title="Pause")])
    mine = {**form_on(editor.get(address(working))), "slots-2-title": "Große Pause"}
    write_programme(working, [Entry(second)])

    response = editor.post(address(working), mine)

    assert complaints(response)[0].startswith("Jemand anderes hat inzwischen gespeichert.")
    assert lines(working) == [(1, "Zweiter", None)]
    shown = form_on(response)
    assert [shown[f"slots-{line}-place"] for line in range(3)] == [["1"], ["2"], ["3"]]
    assert shown["slots-2-title"] == ["Große Pause"]

    assert editor.post(address(working), shown).status_code == 302
    assert lines(working) == [(1, "Erster", None), (2, "Zweiter", None), (3, "Große Pause", None)]


def test_a_programme_does_not_overwrite_a_version_that_the_form_did_not_show(editor, event, working):
    mine = form_on(editor.get(address(working)))
    write_programme(working, [Entry(title="Pause")])

    with nothing_changes():
        assert editor.post(address(working), {**mine, "seen_at": ""}).status_code == 200


# --- what else the form shows -----------------------------------------------------------------------------------------


def test_a_line_offers_only_sessions_and_days_of_its_event(editor, event, working):
    make_appearance(session(event, "Erster"), make_speaker(last_name="Knuth"))
    make_session(title="Fremd")

    field = editor.get(address(working)).context["inline_admin_formsets"][0].formset.forms[0].fields["session"]

    assert [str(label) for _, label in field.choices] == ["keiner", "Erster", "Zweiter"]
