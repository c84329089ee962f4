"""Differences between two versions of a programme, in German sentences."""

from datetime import date, time

import pytest

from events.programme.differences import Group, differences
from events.programme.pairing import moved
from events.programme.releases import review
from events.programme.snapshots import as_stored, loaded_slots, snapshot
from events.programme.structure import Entry, working_version, write_programme
from tests.factories import (
    make_appearance,
    make_day,
    make_event,
    make_municipality,
    make_release,
    make_session,
    make_speaker,
    rewrite,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event(title="Treffen")


def changes(event, *entries: Entry) -> list[tuple[str, list[str]]]:
    """The differences from the current release after `entries` were written as the working version."""
    working = working_version(event)
    if entries:
        write_programme(working, [entry if isinstance(entry, Entry) else Entry(title=entry) for entry in entries])
        working.refresh_from_db()
    return [(group.title, group.sentences) for group in review(working).groups]


def changed(event, *entries: Entry) -> list[str]:
    return dict(changes(event, *entries)).get("Geändert", [])


def test_the_first_release_is_described_with_its_number_of_items(event):
    assert changes(event, "A", "B") == [
        ("Erste Freigabe", ["Das ist die erste Freigabe dieses Programms, mit 2 Programmpunkten."])
    ]


def test_a_working_version_equal_to_the_release_has_no_differences(event):
    talk = make_session(event)
    make_appearance(talk)
    make_release(event, [Entry(talk, begins_at=time(9), duration=30, room="Saal"), Entry(title="P", indent=1)])

    assert changes(event) == []


def test_a_shifted_forum_is_described_in_one_sentence(event):
    forum = make_session(event, title="Praxisforum Lünen")
    make_release(event, [Entry(forum, begins_at=time(14), duration=60)])

    assert changes(event, Entry(forum, begins_at=time(14, 15), duration=60)) == [
        ("Geändert", ["Praxisforum Lünen: Beginn 14:00 → 14:15"])
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"begins_at": time(9)}, {}, "Beginn 09:00 → ohne Angabe"),
        ({}, {"duration": 45}, "Dauer ohne Angabe → 45 Minuten"),
        ({"duration": 0}, {"duration": 30}, "Dauer 0 → 30 Minuten"),
        ({"duration": 30}, {}, "Dauer 30 Minuten → ohne Angabe"),
        ({"room": "Raum 3"}, {"room": "Saal"}, "Raum „Raum 3“ → „Saal“"),
        ({}, {"day_part": "Am Abend"}, "Tagesabschnitt ohne Angabe → „Am Abend“"),
        ({}, {"is_parallel": True}, "Unterpunkte laufen jetzt parallel"),
        ({"is_parallel": True}, {}, "Unterpunkte laufen jetzt nacheinander"),
        ({"status": "provisional"}, {}, "jetzt bestätigt"),
        ({}, {"status": "provisional"}, "jetzt vorläufig"),
        ({"status": "cancelled"}, {}, "findet doch statt, bestätigt"),
        ({"room": "A"}, {"room": "B", "duration": 5}, "Dauer ohne Angabe → 5 Minuten; Raum „A“ → „B“"),
    ],
)
def test_each_changed_field_of_a_slot_is_described(event, before, after, told):
    talk = make_session(event, title="Vortrag")
    make_release(event, [Entry(talk, **before)])

    assert changes(event, Entry(talk, **after)) == [("Geändert", [f"Vortrag: {told}"])]


def test_new_removed_and_cancelled_items_are_distinguished(event):
    first, second, third = (make_session(event, title=title) for title in ("Erster", "Zweiter", "Dritter"))
    make_release(event, [first, second])

    assert changes(event, Entry(second, status="cancelled"), Entry(third, begins_at=time(14), room="Raum 3")) == [
        ("Neu", ["Neu: Dritter (14:00, Raum 3)"]),
        (
            "Entfällt",
            [
                "Entfällt: Erster (steht nicht mehr im Programm)",
                "Entfällt: Zweiter (bleibt mit dem Hinweis „Entfällt“ im Programm)",
            ],
        ),
    ]


def test_an_item_cancelled_before_is_no_difference(event):
    talk = make_session(event)
    make_release(event, [Entry(talk, status="cancelled")])

    assert changes(event, Entry(talk, status="cancelled"), "Neues") == [("Neu", ["Neu: Neues"])]


def test_a_new_item_names_its_day_only_where_there_are_several(event):
    make_release(event, ["A"])
    second = make_day(event, number=2)

    assert changes(event, "A", Entry(title="B", day=second)) == [("Neu", ["Neu: B (Tag 2)"])]


def test_a_moved_item_names_the_item_before_it(event):
    a, b, c = (make_session(event, title=title) for title in "ABC")
    make_release(event, [a, b, c])

    assert changed(event, Entry(b), Entry(c), Entry(a)) == ["A: steht jetzt nach „C“"]
    assert changed(event, Entry(c), Entry(a), Entry(b)) == ["C: steht jetzt vor „A“"]


def test_items_pushed_along_have_not_moved(event):
    a, b = make_session(event, title="A"), make_session(event, title="B")
    make_release(event, [a, b])

    assert changes(event, "Neues", Entry(a), "Mehr", Entry(b)) == [("Neu", ["Neu: Neues", "Neu: Mehr"])]


def test_a_forum_moves_among_its_siblings(event):
    make_release(event, ["Foren", Entry(title="Hamm", indent=1), Entry(title="Lünen", indent=1), "Ende"])

    assert changed(event, "Foren", Entry(title="Lünen", indent=1), Entry(title="Hamm", indent=1), "Ende") == [
        "Lünen: steht jetzt vor „Hamm“"
    ]


def test_an_item_with_another_parent_names_it(event):
    talk, questions = make_session(event, title="Vortrag"), make_session(event, title="Fragen")
    make_release(event, [talk, questions])

    assert changed(event, Entry(talk), Entry(questions, indent=1)) == ["Fragen: gehört jetzt zu „Vortrag“"]

    make_release(event, [talk, Entry(questions, indent=1)])
    assert changed(event, Entry(talk), Entry(questions)) == ["Fragen: steht jetzt für sich"]
    assert changed(event, Entry(questions)) == ["Fragen: steht jetzt für sich"]


def test_an_item_on_another_day_is_described_once(event):
    a, b = make_session(event, title="A"), make_session(event, title="B")
    second = make_day(event, number=2)
    make_release(event, [a, b])

    assert changed(event, Entry(b), Entry(a, day=second)) == ["A: Tag 1 → 2"]


# --- breaks have no identity ------------------------------------------------------------------------------------------


def test_the_nearer_of_two_breaks_with_the_same_name_stays(event):
    a, b = make_session(event, title="A"), make_session(event, title="B")
    make_release(event, [a, "Pause", b, "Pause"])

    assert changes(event, Entry(a), Entry(b), "Pause") == [
        ("Entfällt", ["Entfällt: Pause (steht nicht mehr im Programm)"])
    ]


def test_the_nearer_in_time_of_two_breaks_with_the_same_name_is_shifted(event):
    make_release(event, [Entry(title="Pause", begins_at=time(10, 30)), Entry(title="Pause", begins_at=time(15))])

    assert changes(event, Entry(title="Pause", begins_at=time(15, 15))) == [
        ("Entfällt", ["Entfällt: Pause (steht nicht mehr im Programm)"]),
        ("Geändert", ["Pause: Beginn 15:00 → 15:15"]),
    ]


def test_a_break_with_another_name_in_the_same_position_is_renamed(event):
    a, b = make_session(event, title="A"), make_session(event, title="B")
    make_release(event, [a, "Pause", b])

    assert changes(event, Entry(a), "Mittagspause", Entry(b)) == [
        ("Geändert", ["Mittagspause: hieß bisher „Pause“"]),
    ]


def test_a_break_with_another_name_in_another_position_is_new(event):
    a, b = make_session(event, title="A"), make_session(event, title="B")
    make_release(event, [a, "Pause", b])

    assert changes(event, Entry(a), Entry(b), "Abendessen") == [
        ("Neu", ["Neu: Abendessen"]),
        ("Entfällt", ["Entfällt: Pause (steht nicht mehr im Programm)"]),
    ]


# --- what is never staged ---------------------------------------------------------------------------------------------


def live(event) -> list[str]:
    groups = review(working_version(event)).groups
    assert [group.title for group in groups if not group.is_live] == []
    return [sentence for group in groups for sentence in group.sentences]


def test_a_changed_title_is_described_with_the_former_one(event):
    talk = make_session(event, title="Alt", subtitle="Was war")
    make_release(event, [talk])
    rewrite(talk, title="Neu", subtitle="", kind="discussion")

    assert live(event) == [
        "Neu: hieß bisher „Alt“; Untertitel „Was war“ → ohne Angabe; Art Fachvortrag → Diskussion",
    ]


def test_added_and_removed_speakers_are_named_with_their_roles(event):
    talk = make_session(event, title="Vortrag")
    gone = make_appearance(talk, make_speaker(first_name="Max", last_name="Fort"))
    make_release(event, [talk])
    gone.delete()
    ada = make_speaker(first_name="Ada", last_name="Wolf", academic_title="Dr.")
    make_appearance(talk, ada)
    make_appearance(talk, ada, role="chair")

    assert live(event) == [
        "Vortrag: neu dabei Dr. Ada Wolf (Vortrag und Moderation); nicht mehr dabei Max Fort (Vortrag)"
    ]


def test_changes_to_role_affiliation_title_and_municipality_are_described(event):
    hamm, luenen = make_municipality(name="Hamm"), make_municipality(name="Lünen")
    talk = make_session(event, title="Vortrag")
    speaker = make_appearance(
        talk, make_speaker(first_name="Ada", last_name="Wolf"), organisation="FH Kiel", municipality=hamm
    )
    make_release(event, [talk])
    rewrite(speaker, role="panel", academic_title="Dr.", organisation="Stadt Lünen", municipality=luenen)

    assert [sentence.split("; ") for sentence in live(event)] == [
        [
            "Vortrag: Ada Wolf heißt jetzt Dr. Ada Wolf",
            "Dr. Ada Wolf: Vortrag → Podium",
            "Dr. Ada Wolf: Einrichtung „FH Kiel“ → „Stadt Lünen“",
            "Dr. Ada Wolf: für Hamm → Lünen",
        ]
    ]


def test_municipalities_are_described_by_name(event):
    hamm, luenen, bielefeld = (make_municipality(name=name) for name in ("Hamm", "Lünen", "Bielefeld"))
    forum = make_session(event, title="Forum", municipalities=[hamm])
    make_release(event, [forum])
    forum.municipalities.set([luenen, bielefeld])

    assert live(event) == ["Forum: neu mit Bielefeld und Lünen; nicht mehr mit Hamm"]


def test_a_changed_derived_title_is_no_difference(event):
    talk = make_session(event, title="")
    make_release(event, [talk])
    make_appearance(talk, make_speaker(first_name="Ada", last_name="Wolf"))

    assert live(event) == ["Fachvortrag von Ada Wolf: neu dabei Ada Wolf (Vortrag)"]


def test_a_changed_date_and_place_of_the_event_are_described():
    event = make_event(title="Treffen", starts_on=date(2027, 3, 17), venue="Rathaus")
    make_release(event, ["A"])
    rewrite(event, starts_on=date(2027, 3, 18), ends_on=date(2027, 3, 18), venue="Forum")
    rewrite(event.days.get(), date=date(2027, 3, 18))

    assert live(event) == [
        "Treffen: Datum „17. März 2027“ → „18. März 2027“",
        "Treffen: Ort „Rathaus“ → „Forum“",
        "Tag 1: 17. März 2027 → 18. März 2027",
    ]


# --- mechanics --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("orders", "leaving"),
    [([], set()), ([1], set()), ([1, 2, 3], set()), ([2, 3, 1], {1}), ([3, 1, 2], {3}), ([1, 5, 2, 3, 4], {5})],
)
def test_the_smallest_possible_number_of_items_has_moved(orders, leaving):
    assert moved(orders) == leaving


def test_a_snapshot_with_nothing_but_a_title_can_be_compared(event):
    write_programme(working_version(event), [Entry(title="A")])
    after = as_stored(snapshot(event, loaded_slots(working_version(event))))

    assert differences({"event": {"title": "Treffen"}, "slots": []}, after, {})[0] == Group("Neu", ["Neu: A"])


@pytest.mark.parametrize("number", [1, 3])
def test_a_review_needs_a_constant_number_of_queries(event, django_assert_num_queries, number):
    sessions = [make_session(event, municipalities=[make_municipality()]) for _ in range(number)]
    for session in sessions:
        make_appearance(session, municipality=make_municipality())
    make_release(event, sessions)
    working = working_version(event)

    with django_assert_num_queries(9):
        review(working)
