"""Duplicating an event: what is copied, what is never copied, who may do it."""

from datetime import date, time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.exceptions import ValidationError

from events.administration.duplicate import DuplicateForm, Parts, duplicate, next_title
from events.models import Attachment, Event, Slot
from events.programme.structure import Entry, working_version, write_programme
from tests.administration import EVERYONE, address, complaints, fill, is_turned_away, nothing_changes, rows, sign_in
from tests.concurrency import at_once
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
)
from tests.reading import document, links, text

pytestmark = pytest.mark.django_db

NOTHING = Parts(programme=False, appearances=False, subjects=False, place=False, texts=False)


@pytest.fixture
def source():
    """A public event with all fields filled in: two days, a week apart, and a phase with two forums."""
    event = make_event(
        topics=(make_topic(name="Armut"),),
        series=make_series(name="Lernnetzwerktreffen"),
        number=20,
        position=20,
        title="20. Lernnetzwerktreffen",
        motto="Gemeinsam",
        short_code="lnt20",
        summary="Kurz",
        description="<p>Worum</p>",
        review="<p>Was war</p>",
        starts_on=date(2018, 5, 3),
        ends_on=date(2018, 5, 10),
        course="postponed",
        course_note="Später",
        format="hybrid",
        venue="Rathaus",
        directions="<p>Bus 3</p>",
        host=make_municipality(name="Hamm"),
        image=make_picture(),
        image_alt="Saal",
        registration_url="https://anmeldung.example",
        registration_until=date(2018, 4, 1),
    )
    first, second = make_day(event, date=date(2018, 5, 3)), make_day(event, date=date(2018, 5, 10))
    phase = make_session(event, kind="forum_phase", title="Foren", abstract="<p>Drei</p>", results="<p>Ergebnis</p>")
    forum = make_session(
        event,
        kind="forum",
        title="Lünen",
        municipalities=[make_municipality(name="Lünen")],
        topics=[make_topic(name="Schule")],
        examples=[make_example()],
    )
    make_session(event, title="Steht nirgends")
    speaker = make_speaker(first_name="Kai", last_name="Knuth", academic_title="Prof. Dr.", organisation="FH Kiel")
    make_appearance(forum, speaker, role="chair", position=3, academic_title="Dr.", organisation="Uni")
    entries = [
        Entry(phase, day=first, is_parallel=True, begins_at=time(9), duration=90, status="cancelled"),
        Entry(forum, indent=1, room="Saal", day_part="Am Vormittag"),
        Entry(title="Pause", day=second, begins_at=time(12)),
    ]
    make_release(event, entries)
    return event


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def programme_of(event: Event) -> list[tuple]:
    slots = event.programmes.working().get().slots.select_related("day", "parent", "session")
    names = ("is_parallel", "begins_at", "duration", "room", "day_part", "status")
    return [
        (str(slot), slot.parent.order if slot.parent else None, slot.day.date, *(getattr(slot, name) for name in names))
        for slot in slots
    ]


# --- what is copied ---------------------------------------------------------------------------------------------------


def test_the_programme_is_copied_with_shifted_days_and_without_confirmations(source):
    event = duplicate(source, Parts(), date(2019, 1, 31), 21, "21. Lernnetzwerktreffen")

    first, second, open_again = date(2019, 1, 31), date(2019, 2, 7), "provisional"
    assert programme_of(event) == [
        ("Foren", None, first, True, time(9), 90, "", "", open_again),
        ("Lünen", 1, first, False, None, None, "Saal", "Am Vormittag", open_again),
        ("Pause", None, second, False, time(12), None, "", "", open_again),
    ]
    assert (event.starts_on, event.ends_on, event.precision) == (first, second, "day")
    assert [(day.number, day.date) for day in event.days.all()] == [(1, first), (2, second)]
    assert {session.title for session in event.sessions.all()} == {"Foren", "Lünen"}


def test_chosen_parts_are_copied(source):
    event = duplicate(source, Parts(), None, 21, "Neu")

    forum = event.sessions.get(title="Lünen")
    appearance = forum.appearances.get()
    assert [topic.name for topic in event.topics.all()] == ["Armut"]
    assert [municipality.name for municipality in forum.municipalities.all()] == ["Lünen"]
    assert [topic.name for topic in forum.topics.all()] == ["Schule"]
    assert forum.practice_examples.count() == 1
    assert (event.venue, event.host.name, event.directions, event.format) == (
        "Rathaus",
        "Hamm",
        "<p>Bus 3</p>",
        "hybrid",
    )
    assert (event.motto, event.summary, event.description) == ("Gemeinsam", "Kurz", "<p>Worum</p>")
    assert event.sessions.get(title="Foren").abstract == "<p>Drei</p>"
    assert (str(appearance), appearance.organisation, appearance.position) == (
        "Prof. Dr. Kai Knuth (Moderation)",
        "FH Kiel",
        3,
    )


def test_unchosen_parts_are_not_copied(source):
    event = duplicate(source, NOTHING, None, 21, "Neu")

    assert (event.venue, event.host, event.directions, event.format) == ("", None, "", "unknown")
    assert (event.motto, event.summary, event.description) == ("", "", "")
    assert (event.topics.count(), event.sessions.count(), programme_of(event)) == (0, 0, [])


def test_sessions_are_copied_without_speakers_municipalities_and_texts(source):
    event = duplicate(source, Parts(appearances=False, subjects=False, texts=False))

    for session in event.sessions.all():
        assert (session.appearances.count(), session.municipalities.count(), session.topics.count()) == (0, 0, 0)
        assert session.abstract == ""


def test_results_and_review_of_the_old_event_are_never_copied(source):
    event = duplicate(source, Parts(attachments=True), date(2019, 1, 31), 21, "Neu")

    assert (event.review, event.image, event.image_alt, event.short_code) == ("", None, "", "")
    assert (event.registration_url, event.registration_until) == ("", None)
    assert (event.course, event.course_note) == ("planned", "")
    assert {session.results for session in event.sessions.all()} == {""}


def test_every_copy_is_a_draft_with_its_own_address(client, source):
    event = duplicate(source, Parts(), None, 21, "20. Lernnetzwerktreffen")

    assert (event.state, event.published_from, event.current_release) == ("draft", None, None)
    assert (event.slug, event.uuid != source.uuid) == ("20-lernnetzwerktreffen-2", True)
    assert event.position == 21
    assert client.get(event.get_absolute_url()).status_code == 404


def test_the_old_event_is_unchanged(source):
    make_attachment(event=source)
    before = rows()

    event = duplicate(source, Parts(attachments=True))

    after = rows()
    for label, old in before.items():
        assert [row for row in after[label] if row in old] == old, label
    assert source.pk != event.pk


def test_attachments_are_copied_only_on_request_and_as_drafts(source):
    make_attachment(event=source, title="Agenda", stored_file=make_file())
    make_attachment(session=source.sessions.get(title="Lünen"))

    without = duplicate(source, Parts())
    event = duplicate(source, Parts(attachments=True))

    assert without.attachments.count() == 0
    copy = event.attachments.get()
    assert (copy.title, copy.state, copy.stored_file) == ("Agenda", "draft", source.attachments.get().stored_file)
    assert Attachment.objects.filter(session__event=event).count() == 0


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "days", "starts_on", "expected"),
    [
        ({}, [None, None], None, (None, None, [None, None])),
        ({}, [None, None], date(2027, 3, 1), (date(2027, 3, 1), date(2027, 3, 1), [date(2027, 3, 1), None])),
        (
            {"starts_on": date(2018, 5, 1), "precision": "month"},
            [None],
            date(2027, 3, 1),
            (date(2027, 3, 1), date(2027, 3, 1), [date(2027, 3, 1)]),
        ),
        ({"starts_on": date(2018, 5, 1)}, [date(2018, 5, 1)], None, (None, None, [None])),
        (
            {"starts_on": date(2024, 2, 28), "ends_on": date(2024, 2, 29)},
            [date(2024, 2, 28), date(2024, 2, 29)],
            date(2025, 2, 28),
            (date(2025, 2, 28), date(2025, 3, 1), [date(2025, 2, 28), date(2025, 3, 1)]),
        ),
    ],
    ids=["undated stays undated", "of undated days the first", "a month", "left empty", "a leap day"],
)
def test_known_dates_are_shifted(fields, days, starts_on, expected):
    source = make_event(**fields)
    for day in days:
        make_day(source, date=day)

    event = duplicate(source, Parts(), starts_on)

    assert (event.starts_on, event.ends_on, [day.date for day in event.days.all()]) == expected


def test_an_event_without_days_and_programme_can_be_duplicated():
    event = duplicate(make_event(), Parts(), date(2027, 3, 1))

    assert [day.date for day in event.days.all()] == [date(2027, 3, 1)]


def test_dates_beyond_the_calendar_are_refused():
    source = make_event(starts_on=date(2018, 1, 1), ends_on=date(2100, 12, 31))

    with nothing_changes(), pytest.raises(ValidationError, match="zwischen 1990 und 2100"):
        duplicate(source, Parts(), date(2019, 1, 1))


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("20. Treffen", "21. Treffen"),
        ("Treffen 2020", ""),
        ("Ohne Kinderarmut", ""),
        ("Treffen (20)", "Treffen (21)"),
        ("", ""),
    ],
)
def test_a_number_in_the_title_is_increased(title, expected):
    assert next_title(make_event(series=make_series(), title=title, number=20), 21) == expected


def test_an_event_without_a_series_keeps_its_title():
    assert next_title(make_event(title="Fachtag"), None) == "Fachtag"


def test_only_the_copy_of_a_sample_is_a_sample(source):
    assert duplicate(source, NOTHING).is_sample is False
    assert duplicate(make_event(is_sample=True), NOTHING).is_sample is True


@pytest.mark.both_databases
def test_a_failed_copy_leaves_nothing_behind(source, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(Slot, "save", fail)
    with nothing_changes(), pytest.raises(RuntimeError):
        duplicate(source, Parts())


# --- in the administration --------------------------------------------------------------------------------------------


def test_an_editor_duplicates_a_public_event(editor, source):
    copying = address(source, "vorlage")
    assert copying in links(document(editor.get(address(source))))
    form = editor.get(copying).context["form"]
    assert (form.initial["number"], form.initial["title"]) == (21, "21. Lernnetzwerktreffen")

    response = fill(editor, copying, starts_on="2027-03-04")

    event = Event.objects.get(number=21)
    assert response["Location"] == address(event)
    assert (event.title, event.starts_on, event.ends_on) == (
        "21. Lernnetzwerktreffen",
        date(2027, 3, 4),
        date(2027, 3, 11),
    )
    assert (event.sessions.count(), event.attachments.count(), event.state) == (2, 0, "draft")
    assert LogEntry.objects.get().object_id == str(event.pk)
    assert editor.get(response["Location"]).status_code == 200


def test_every_part_but_attachments_is_ticked(editor, source):
    form = editor.get(address(source, "vorlage")).context["form"]

    assert {field.name: bool(field.value()) for field in form.parts()} == {
        "programme": True,
        "appearances": True,
        "subjects": True,
        "place": True,
        "texts": True,
        "attachments": False,
    }


@pytest.mark.both_databases
def test_a_taken_number_is_reported_at_its_field(editor, source):
    with nothing_changes():
        response = fill(editor, address(source, "vorlage"), number=20)

    assert response.context["form"].errors == {"number": ["Diese Nummer hat in der Reihe schon ein anderes Treffen."]}


@pytest.mark.parametrize(
    "junk",
    [
        {"starts_on": "gestern"},
        {"starts_on": "9999-12-31"},
        {"starts_on": "1066-10-14"},
        {"number": "x"},
        {"number": "-1"},
        {"number": "9" * 100},
        {"title": "x" * 100_000},
    ],
    ids=str,
)
def test_junk_is_answered_with_a_message(editor, source, junk):
    with nothing_changes():
        response = fill(editor, address(source, "vorlage"), **junk)

    assert response.status_code == 200
    assert len(complaints(response)) == 1


@pytest.mark.both_databases
def test_a_nul_byte_creates_no_event(editor, source):
    with nothing_changes():
        assert fill(editor, address(source, "vorlage"), title="a\x00b").status_code in {200, 400}


@pytest.mark.parametrize("who", EVERYONE)
def test_only_users_who_may_add_events_can_duplicate(client, source, who):
    sign_in(client, who)

    response = client.post(address(source, "vorlage"), {"title": "Neu"})

    may = who in {"redaktion", "freigabe", "verwaltung"}
    assert (not is_turned_away(response), Event.objects.filter(title="Neu").exists()) == (may, may)
    assert is_turned_away(client.get(address(source, "vorlage"))) is not may


def test_only_parts_that_the_user_may_add_are_copied(client, source):
    make_attachment(event=source)
    user = User.objects.create_user("teil", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=["view_event", "add_event"]))
    client.force_login(user)

    client.post(
        address(source, "vorlage"), {"title": "Neu", "programme": "on", "appearances": "on", "attachments": "on"}
    )

    event = Event.objects.get(title="Neu")
    assert (event.sessions.count(), event.attachments.count(), programme_of(event)) == (0, 0, [])


def test_the_working_version_is_copied_instead_of_the_release(source):
    write_programme(working_version(source), [Entry(title="Nur dies")])

    assert [line[0] for line in programme_of(duplicate(source, Parts()))] == ["Nur dies"]


def test_markup_in_titles_stays_text(editor):
    evil = "<script>alert(1)</script>"
    response = editor.get(address(make_event(title=evil), "vorlage"))

    assert "<script>alert" not in response.content.decode()
    assert evil in text(document(response))


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_one_of_two_concurrent_copies_with_the_same_number_is_refused(source):
    def action() -> None:
        form = DuplicateForm(source, User(is_superuser=True, is_active=True), {"number": "21", "title": "Neu"})
        assert form.is_valid()
        if form.duplicate() is None:
            raise ValidationError(form.errors)

    errors = at_once(action, action)

    assert [error.message_dict for error in errors] == [
        {"number": ["Diese Nummer hat in der Reihe schon ein anderes Treffen."]}
    ]
    assert Event.objects.filter(number=21).count() == 1
