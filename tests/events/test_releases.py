import json
from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError

from events.models import Event, Slot
from events.programme.releases import COPIED, release
from events.programme.structure import Entry, working_version, write_programme
from tests.concurrency import at_once
from tests.factories import (
    make_appearance,
    make_day,
    make_event,
    make_municipality,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
)

pytestmark = pytest.mark.django_db


def placement(programme) -> list[tuple]:
    return [
        (*(getattr(slot, name) for name in COPIED), slot.parent.order if slot.parent else None)
        for slot in Slot.objects.filter(programme=programme).select_related("parent").order_by("order")
    ]


def test_a_release_copies_the_working_version_and_is_what_the_public_reads():
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


def test_every_field_of_a_place_is_copied():
    own = {field.attname for field in Slot._meta.concrete_fields} - {"id", "programme_id", "parent_id"}

    assert set(COPIED) == own


def test_releases_count_up_and_older_ones_stay_untouched():
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


def test_each_meeting_counts_its_own_releases():
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

    assert caught.value.messages == ["Das Programm ist noch leer; es gibt nichts freizugeben."]
    event.refresh_from_db()
    assert event.current_release is None
    assert event.programmes.releases().count() == 0


def test_releasing_says_when():
    version = make_release(make_event(), ["A"])

    assert abs((datetime.now(UTC) - version.released_at).total_seconds()) < 10


def test_the_snapshot_keeps_everything_the_release_showed():
    event = make_event(
        title="Übergänge", series=make_series(), starts_on=date(2027, 3, 17), venue="Forum",
        host=make_municipality(name="Hamm"),
    )  # fmt: skip
    town, topic = make_municipality(key="05915000"), make_topic(name="SGB II")
    talk = make_session(
        event, title="Folgen", subtitle="Was hilft", abstract="<p>Worum</p>", results="<p>Was</p>",
        towns=[town], topics=[topic], slug="folgen",
    )  # fmt: skip
    speaker = make_speaker(academic_title="Dr.", first_name="Ada", last_name="Wolf", organisation="Stadt Hamm")
    make_appearance(talk, speaker, municipality=town)

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
                    "people": [
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


def test_a_release_writes_the_title_a_reader_saw():
    event = make_event()
    session = make_session(event, title="")
    make_appearance(session, make_speaker(first_name="Ada", last_name="Wolf"))

    version = make_release(event, [session])

    assert version.snapshot["slots"][0]["title"] == "Fachvortrag von Ada Wolf"
    assert version.snapshot["slots"][0]["session"]["title"] == ""


# --- two at once ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_releases_at_once_take_turns_and_get_numbers_of_their_own():
    event = make_event()
    write_programme(working_version(event), [Entry(title="A"), Entry(title="a", indent=1)])

    errors = at_once(*[lambda: release(Event.objects.get(pk=event.pk))] * 4)

    assert errors == []
    event.refresh_from_db()
    versions = list(event.programmes.releases())
    assert [version.number for version in versions] == [4, 3, 2, 1]
    assert [version.slots.count() for version in versions] == [2, 2, 2, 2]
    assert event.current_release == versions[0]


@pytest.mark.django_db(transaction=True)
def test_two_editors_saving_at_once_take_turns_and_one_programme_remains_whole():
    event = make_event()
    programme = working_version(event)
    texts = {name: [Entry(title=f"{name} {line}", indent=line % 2) for line in range(10)] for name in ("eins", "zwei")}

    errors = at_once(*[lambda lines=lines: write_programme(programme, lines) for lines in texts.values()] * 2)

    assert errors == []
    titles = [str(slot) for slot in programme.slots.all()]
    assert titles in [[entry.title for entry in lines] for lines in texts.values()]


@pytest.mark.django_db(transaction=True)
def test_a_release_while_somebody_saves_shows_one_whole_programme():
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


@pytest.mark.django_db(transaction=True)
def test_two_editors_opening_a_meeting_for_the_first_time_get_one_working_version():
    event = make_event()

    errors = at_once(*[lambda: working_version(Event.objects.get(pk=event.pk))] * 4)

    assert errors == []
    assert (event.programmes.working().count(), event.days.count()) == (1, 1)
