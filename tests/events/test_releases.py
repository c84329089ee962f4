import json
from datetime import UTC, date, datetime, time
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from events.models import Event, Slot
from events.programme.releases import COPIED, OUTDATED, UNCHANGED, release, review
from events.programme.snapshots import as_stored
from events.programme.structure import Entry, working_version, write_programme
from tests.administration import address, complaints, fill, form_on, nothing_changes, sign_in
from tests.concurrency import at_once
from tests.factories import (
    DRAFT,
    as_entry,
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_municipality,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
    rewrite,
)
from tests.reading import attribute, document, elements, texts

pytestmark = pytest.mark.django_db
COMING, OVER = date(2099, 1, 1), date(2019, 1, 1)


def placement(programme) -> list[tuple]:
    return [
        (*(getattr(slot, name) for name in COPIED), slot.parent.order if slot.parent else None)
        for slot in Slot.objects.filter(programme=programme).select_related("parent").order_by("order")
    ]


def test_a_release_copies_the_working_version_and_becomes_public():
    event = make_event()
    second_day = make_day(event, number=2)
    talk, discussion = make_session(event), make_session(event)

    version = make_release(
        event,
        [
            Entry(talk, begins_at=time(9, 15), duration=45, room="Saal", day_part="Am Vormittag"),
            Entry(discussion, indent=1, status="cancelled"),
            Entry(title="Forum", is_parallel=True, day=second_day),
        ],
        note="Zweiter Tag ergänzt",
    )

    assert placement(version) == placement(working_version(event))
    assert len(placement(version)) == 3
    assert (version.number, version.note, event.current_release) == (1, "Zweiter Tag ergänzt", version)


def test_every_field_of_a_slot_is_copied():
    own = {field.attname for field in Slot._meta.concrete_fields} - {"id", "programme_id", "parent_id"}

    assert set(COPIED) == own


def test_releases_are_numbered_and_older_ones_stay_unchanged():
    event = make_event()
    first = make_release(event, ["Erst so"])
    first.refresh_from_db()
    before = (placement(first), first.snapshot, first.released_at)

    second = make_release(event, ["Dann anders", "und mehr"])

    first.refresh_from_db()
    assert (placement(first), first.snapshot, first.released_at) == before
    assert (first.number, second.number) == (1, 2)
    assert event.current_release == second
    assert list(event.programmes.releases()) == [second, first]


def test_each_event_numbers_its_own_releases():
    one, other = make_event(), make_event()
    make_release(one, ["A"])
    make_release(one, ["B"])

    assert make_release(other, ["A"]).number == 1


def test_editing_after_a_release_does_not_touch_it():
    event = make_event()
    version = make_release(event, ["Freigegeben"])

    write_programme(working_version(event), [Entry(title="In Arbeit")])

    assert [str(slot) for slot in version.slots.all()] == ["Freigegeben"]


def test_an_empty_programme_is_not_released():
    event = make_event()

    with pytest.raises(ValidationError) as caught:
        release(event)

    assert caught.value.messages == ["Das Programm ist leer und kann nicht freigegeben werden."]
    event.refresh_from_db()
    assert event.current_release is None
    assert event.programmes.releases().count() == 0


def test_a_release_stores_its_moment():
    version = make_release(make_event(), ["A"])

    assert abs((datetime.now(UTC) - version.released_at).total_seconds()) < 10


def test_the_snapshot_contains_everything_the_release_showed():
    event = make_event(
        title="Übergänge", series=make_series(), starts_on=date(2027, 3, 17), venue="Forum",
        host=make_municipality(name="Hamm"),
    )  # fmt: skip
    municipality, topic = make_municipality(key="05915000"), make_topic(name="SGB II")
    talk = make_session(
        event, title="Folgen", subtitle="Was hilft", abstract="<p>Worum</p>", results="<p>Was</p>",
        municipalities=[municipality], topics=[topic], slug="folgen",
    )  # fmt: skip
    speaker = make_speaker(academic_title="Dr.", first_name="Ada", last_name="Wolf", organisation="Stadt Hamm")
    make_appearance(talk, speaker, municipality=municipality)

    version = make_release(
        event,
        [Entry(talk, begins_at=time(9, 15), duration=45, room="Saal", is_parallel=True), Entry(title="P", indent=1)],
    )

    version.refresh_from_db()
    assert version.snapshot == {
        "event": {"uuid": str(event.uuid), "title": "Übergänge", "dates": "17. März 2027", "place": "Forum, Hamm"},
        "slots": [
            {
                "order": 1,
                "parent": None,
                "day": 1,
                "date": "2027-03-17",
                "is_parallel": True,
                "begins_at": "09:15:00",
                "is_after_midnight": False,
                "duration": 45,
                "day_part": "",
                "room": "Saal",
                "status": "confirmed",
                "title": "Folgen",
                "session": {
                    "uuid": str(talk.uuid),
                    "slug": "folgen",
                    "kind": "talk",
                    "title": "Folgen",
                    "subtitle": "Was hilft",
                    "abstract": "<p>Worum</p>",
                    "results": "<p>Was</p>",
                    "municipalities": ["05915000"],
                    "topics": ["SGB II"],
                    "appearances": [
                        {
                            "uuid": str(speaker.uuid),
                            "name": "Dr. Ada Wolf",
                            "role": "talk",
                            "affiliation": "Stadt Hamm",
                            "municipality": "05915000",
                        }
                    ],
                },
            },
            {
                "order": 2,
                "parent": 1,
                "day": 1,
                "date": "2027-03-17",
                "is_parallel": False,
                "begins_at": None,
                "is_after_midnight": False,
                "duration": None,
                "day_part": "",
                "room": "",
                "status": "confirmed",
                "title": "P",
                "session": None,
            },
        ],
    }
    json.dumps(version.snapshot)


def test_a_release_stores_the_title_that_readers_saw():
    event = make_event()
    session = make_session(event, title="")
    make_appearance(session, make_speaker(first_name="Ada", last_name="Wolf"))

    version = make_release(event, [session])

    assert version.snapshot["slots"][0]["title"] == "Fachvortrag von Ada Wolf"
    assert version.snapshot["slots"][0]["session"]["title"] == ""


# --- the page that releases -------------------------------------------------------------------------------------------


def page_of(event) -> str:
    return address(working_version(event), "freigeben")


def staged(event, *entries) -> str:
    """Saves `entries` as the working version and returns the address of its release page."""
    write_programme(working_version(event), [as_entry(entry) for entry in entries])
    return page_of(event)


@pytest.fixture
def publisher(client):
    sign_in(client, "freigabe")
    return client


def test_the_page_shows_differences_and_warnings(publisher):
    event = make_event()
    make_release(event, [Entry(title="A", begins_at=time(9), duration=30)])

    page = document(
        publisher.get(
            staged(event, Entry(title="A", begins_at=time(9, 15), duration=30), Entry(title="B", status="provisional"))
        )
    )

    assert texts(page, tag="li")[-4:] == [
        "Neu: B",
        "A: Beginn 09:00 → 09:15",
        "„B“ hat keinen Beginn, andere Punkte daneben haben einen.",
        "„B“ ist noch vorläufig.",
    ]
    assert [attribute(field, "name") for field in elements(page, tag="input")][-4:-1] == ["is_final", "note", "is_read"]


def test_warnings_have_to_be_acknowledged(publisher):
    url = staged(make_event(), Entry(title="A", status="provisional"))

    with nothing_changes():
        response = fill(publisher, url)

    assert complaints(response) == ["Bitte bestätigen Sie, dass Sie die Hinweise gelesen haben."]
    assert fill(publisher, url, is_read="on").status_code == 302


def test_hints_alone_need_no_acknowledgement(publisher):
    a, b = (Entry(title=title, begins_at=time(hour), duration=30) for title, hour in (("A", 9), ("B", 10)))
    url = staged(make_event(), a, b)

    assert "sind 30 Minuten frei" in publisher.get(url).content.decode()
    assert fill(publisher, url).status_code == 302


@pytest.mark.parametrize(("word", "is_final"), [("vorlaeufig", False), ("endgueltig", True)])
def test_a_release_is_provisional_or_final_and_keeps_its_note(publisher, word, is_final):
    event = make_event()

    fill(publisher, staged(event, "A"), is_final=word, note="Raum fehlt")

    event.refresh_from_db()
    assert (event.current_release.is_final, event.current_release.note) == (is_final, "Raum fehlt")


@pytest.mark.parametrize(
    ("starts_on", "before", "offered"),
    [
        (COMING, None, "vorlaeufig"),
        (COMING, False, "vorlaeufig"),
        (COMING, True, "endgueltig"),
        (OVER, None, "endgueltig"),
        (OVER, False, "endgueltig"),
        (None, None, "endgueltig"),
    ],
)
def test_the_form_preselects_provisional_or_final(publisher, starts_on, before, offered):
    event = make_event(starts_on=starts_on)
    if before is not None:
        rewrite(make_release(event, ["A"]), is_final=before)

    assert form_on(publisher.get(staged(event, "B")))["is_final"] == [offered]


def test_a_release_redirects_to_the_public_page_or_else_to_the_event(publisher):
    public, draft = make_event(), make_event(**DRAFT)

    assert fill(publisher, staged(public, "A")).url == public.get_absolute_url()
    assert fill(publisher, staged(draft, "A")).url == address(draft)
    said = [str(message) for message in get_messages(publisher.get(address(draft)).wsgi_request)]
    assert said == [f"Freigegeben: {draft}: Fassung 1."]


def test_the_form_contains_the_token_that_its_post_needs():
    event = make_event()
    client = Client(enforce_csrf_checks=True)
    sign_in(client, "freigabe")
    url = staged(event, "A")

    with nothing_changes():
        assert client.post(url, {**form_on(client.get(url)), "csrfmiddlewaretoken": ""}).status_code == 403
    assert fill(client, url).status_code == 302


def test_a_release_is_recorded_in_the_history(publisher):
    event = make_event(title="Treffen")

    fill(publisher, staged(event, "A"))

    assert LogEntry.objects.get().get_change_message() == "Freigegeben: Treffen: Fassung 1."


def test_a_programme_without_differences_cannot_be_released(publisher):
    event = make_event()
    rewrite(make_release(event, ["A"]), is_final=True)

    response = publisher.get(page_of(event))

    assert "Seit der letzten Freigabe hat sich nichts geändert" in response.content.decode()
    assert form_on(response) == {}
    with nothing_changes():
        sent = {"is_final": "endgueltig", "seen": review(working_version(event)).seen, "is_read": "on"}
        assert complaints(publisher.post(page_of(event), sent)) == [UNCHANGED]


def test_a_provisional_programme_can_become_final_without_differences(publisher):
    event = make_event(starts_on=COMING)
    make_release(event, ["A"])

    with nothing_changes():
        assert complaints(fill(publisher, page_of(event), is_final="vorlaeufig")) == [UNCHANGED]
    assert fill(publisher, page_of(event)).status_code == 302

    event.refresh_from_db()
    assert (event.current_release.number, event.current_release.is_final) == (2, True)


def between(event) -> dict:
    """Changes by other users between opening the release page and confirming it."""
    return {
        "saved": lambda: write_programme(working_version(event), [Entry(title="Anders")]),
        "saved the same": lambda: write_programme(working_version(event), [Entry(title="A", status="provisional")]),
        "released": lambda: release(event),
        "speaker": lambda: make_appearance(event.sessions.get()),
        "abstract": lambda: touch(event.sessions.get(), abstract="<p>Ungesehen</p>"),
        "attachment": lambda: make_attachment(session=event.sessions.get()),
    }


def touch(instance, **values):
    for name, value in values.items():
        setattr(instance, name, value)
    instance.save()


@pytest.mark.parametrize("what", ["saved", "saved the same", "released", "speaker", "abstract", "attachment"])
def test_changes_the_publisher_has_not_seen_need_a_new_confirmation(publisher, what):
    event = make_event()
    talk = make_session(event)
    make_release(event, [talk])
    url = staged(event, Entry(talk), Entry(title="A", status="provisional"))
    mine = {**form_on(publisher.get(url)), "note": "Meine", "is_final": "endgueltig", "is_read": "on"}
    between(event)[what]()

    with nothing_changes():
        response = publisher.post(url, mine)

        hasty = publisher.post(url, {name: value for name, value in mine.items() if name != "is_read"})

    for answer in (response, hasty):
        assert texts(document(answer), style="errornote") == [OUTDATED]
    shown = form_on(response)
    assert (shown["note"], shown["is_final"], "is_read" in shown) == (["Meine"], ["endgueltig"], False)
    again = {**shown, "is_read": "on"}
    assert publisher.post(url, again).status_code == 302


def test_a_release_of_an_outdated_review_is_refused():
    event = make_event()
    staged(event, "A")
    seen = review(working_version(event)).seen
    staged(event, "B")

    with pytest.raises(ValidationError) as caught:
        release(event, seen=seen)

    assert caught.value.messages == [OUTDATED]
    assert release(event, seen=review(working_version(event)).seen).number == 1


JUNK = ["", "\0", "ja", "9" * 40, "x" * 100_000, "<script>"]


@pytest.mark.parametrize("field", ["is_final", "note", "seen"])
def test_junk_is_refused_or_stays_text(publisher, field):
    url = staged(make_event(), "A")
    form = form_on(publisher.get(url))

    for value in JUNK:
        if field == "note" and value in {"", "ja", "9" * 40, "<script>"}:
            continue
        with nothing_changes():
            assert publisher.post(url, {**form, field: value}).status_code == 200


# --- what visitors read of it -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "is_final", "message"),
    [(COMING, False, "Vorläufiges Programm, Stand"), (COMING, True, "Stand"), (OVER, False, "")],
)
def test_visitors_see_whether_a_programme_is_provisional(client, starts_on, is_final, message):
    event = make_event(starts_on=starts_on)
    version = make_release(event, [Entry(title="A", begins_at=time(9))])
    rewrite(version, is_final=is_final, released_at=datetime(2026, 5, 1, 12, tzinfo=UTC))

    head = elements(document(client.get(event.get_absolute_url())), style="section__head")
    said = next(texts(part, tag="p") for part in head if texts(part, tag="h2") == ["Programm"])

    assert said == [f"{message} 1. Mai 2026, 14:00 Uhr".strip() if message else ""]


# --- concurrent changes -----------------------------------------------------------------------------------------------


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_concurrent_releases_get_different_numbers():
    event = make_event()
    write_programme(working_version(event), [Entry(title="A"), Entry(title="a", indent=1)])

    errors = at_once(*[lambda: release(Event.objects.get(pk=event.pk))] * 4)

    assert errors == []
    event.refresh_from_db()
    versions = list(event.programmes.releases())
    assert [version.number for version in versions] == [4, 3, 2, 1]
    assert [version.slots.count() for version in versions] == [2, 2, 2, 2]
    assert event.current_release == versions[0]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_one_of_two_concurrent_releases_needs_a_new_confirmation():
    event = make_event()
    staged(event, "A")
    seen = review(working_version(event)).seen

    errors = at_once(*[lambda: release(Event.objects.get(pk=event.pk), seen=seen)] * 2)

    assert [error.messages for error in errors] == [[OUTDATED]]
    assert event.programmes.releases().count() == 1


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_concurrent_saves_leave_one_complete_programme():
    event = make_event()
    programme = working_version(event)
    texts = {name: [Entry(title=f"{name} {line}", indent=line % 2) for line in range(10)] for name in ("eins", "zwei")}

    errors = at_once(*[lambda lines=lines: write_programme(programme, lines) for lines in texts.values()] * 2)

    assert errors == []
    titles = [str(slot) for slot in programme.slots.all()]
    assert titles in [[entry.title for entry in lines] for lines in texts.values()]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_release_during_a_save_contains_one_complete_programme():
    event = make_event()
    programme = working_version(event)
    write_programme(programme, [Entry(title="alt")] * 8)

    errors = at_once(
        *[lambda: release(Event.objects.get(pk=event.pk))] * 2,
        *[lambda: write_programme(programme, [Entry(title="neu")] * 5)] * 2,
    )

    assert errors == []
    for version in event.programmes.releases():
        titles = [str(slot) for slot in version.slots.all()]
        assert titles in (["alt"] * 8, ["neu"] * 5)
        assert [slot["title"] for slot in version.snapshot["slots"]] == titles


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_concurrent_first_visits_create_one_working_version():
    event = make_event()

    errors = at_once(*[lambda: working_version(Event.objects.get(pk=event.pk))] * 4)

    assert errors == []
    assert (event.programmes.working().count(), event.days.count()) == (1, 1)


def test_the_migration_of_snapshots_renames_the_key_and_back():
    migration = import_module("events.migrations.0017_appearances_in_snapshots")
    event = make_event()
    session = make_session(event)
    make_appearance(session, make_speaker(last_name="Wolf"))
    version = make_release(event, [session])
    stored = version.snapshot

    migration.appearances_to_people(apps, connection.schema_editor())
    version.refresh_from_db()
    assert [person["name"] for person in version.snapshot["slots"][0]["session"]["people"]] == ["Ada Wolf"]

    migration.people_to_appearances(apps, connection.schema_editor())
    version.refresh_from_db()
    assert version.snapshot == as_stored(stored)
