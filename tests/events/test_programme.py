from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.models import EventDay, Programme, Slot
from events.programme.structure import Entry, check_structure, working_version, write_programme
from tests.factories import make_day, make_event, make_release, make_session

TOO_LONG = "Bitte sicherstellen, dass der Wert aus höchstens 150 Zeichen besteht. (Er besteht aus 151 Zeichen.)"

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make_event()


@pytest.fixture
def programme(event):
    return working_version(event)


def written(programme) -> list[tuple]:
    """Order, title, order of the parent and number of the day of each stored slot."""
    slots = Slot.objects.filter(programme=programme).select_related("parent", "day", "session").order_by("order")
    return [(slot.order, str(slot), slot.parent.order if slot.parent else None, slot.day.number) for slot in slots]


def problems(programme, entries) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        write_programme(programme, entries)
    return caught.value.messages


# --- the working version ----------------------------------------------------------------------------------------------


def test_an_event_has_one_working_version_with_a_first_day(event):
    first, second = working_version(event), working_version(event)

    assert first == second
    assert first.is_working is True
    assert [(day.number, day.date) for day in event.days.all()] == [(1, None)]


@pytest.mark.parametrize(("precision", "is_known"), [("day", True), ("month", False), ("year", False)])
def test_the_first_day_gets_the_date_of_the_event_only_if_it_is_precise(precision, is_known):
    event = make_event(starts_on=date(2027, 3, 17), precision=precision)

    working_version(event)

    assert event.days.get().date == (event.starts_on if is_known else None)


# --- order, nesting, days ---------------------------------------------------------------------------------------------


def test_slots_follow_the_order_of_the_lines_and_are_nested_under_the_item_above(programme):
    lines = [("A", 0), ("a1", 1), ("a2", 1), ("B", 0), ("C", 0), ("c1", 1)]

    write_programme(programme, [Entry(title=title, indent=indent) for title, indent in lines])

    assert written(programme) == [
        (1, "A", None, 1),
        (2, "a1", 1, 1),
        (3, "a2", 1, 1),
        (4, "B", None, 1),
        (5, "C", None, 1),
        (6, "c1", 5, 1),
    ]


def test_an_item_without_a_day_gets_the_day_of_the_line_above(event, programme):
    second, third = make_day(event), make_day(event)

    write_programme(
        programme,
        [
            Entry(title="A"),
            Entry(title="B", day=second),
            Entry(title="b1", indent=1),
            Entry(title="C"),
            Entry(title="D", day=third),
        ],
    )

    assert written(programme) == [
        (1, "A", None, 1), (2, "B", None, 2), (3, "b1", 2, 2), (4, "C", None, 2), (5, "D", None, 3),
    ]  # fmt: skip


def test_every_known_field_of_a_slot_is_written(event, programme):
    session = make_session(event)
    entry = Entry(
        session,
        is_parallel=True,
        begins_at=time(22, 30),
        duration=120,
        day_part="Am Abend",
        room="Foyer",
        status="provisional",
    )

    write_programme(programme, [entry])

    slot = programme.slots.get()
    assert (slot.session, slot.title, slot.is_parallel, slot.status) == (session, "", True, "provisional")
    assert (slot.begins_at, slot.duration, slot.ends_at) == (time(22, 30), 120, time(0, 30))
    assert slot.facts == ["bis 0:30 Uhr nachts", "Foyer", "Am Abend", "parallel"]


@pytest.mark.parametrize(
    ("fields", "facts"),
    [
        ({}, []),
        ({"begins_at": time(9)}, []),
        ({"duration": 30}, []),
        ({"begins_at": time(9), "duration": 0}, []),
        ({"begins_at": time(9), "duration": 45}, ["bis 09:45"]),
        ({"day_part": "Am Nachmittag"}, ["Am Nachmittag"]),
    ],
)
def test_a_slot_shows_only_known_facts(fields, facts):
    assert Slot(**fields).facts == facts


def test_writing_again_replaces_all_slots(programme):
    write_programme(programme, [Entry(title="A"), Entry(title="B")])
    before = programme.changed_at

    write_programme(programme, [Entry(title="B")])

    programme.refresh_from_db()
    assert written(programme) == [(1, "B", None, 1)]
    assert programme.changed_at > before


def test_a_programme_can_be_emptied(programme):
    write_programme(programme, [Entry(title="A")])
    write_programme(programme, [])

    assert written(programme) == []


# --- what is refused --------------------------------------------------------------------------------------------------


def test_the_first_line_cannot_be_nested(programme):
    assert problems(programme, [Entry(title="A", indent=1)]) == ["Der erste Programmpunkt kann kein Unterpunkt sein."]


@pytest.mark.parametrize("indent", [2, 3, -1])
def test_only_one_level_of_nesting_is_allowed(programme, indent):
    entries = [Entry(title="A"), Entry(title="a", indent=1), Entry(title="aa", indent=indent)]

    assert problems(programme, entries) == ["Zeile 3: Unterpunkte haben nur eine Ebene."]


def test_a_nested_item_cannot_contain_parallel_items(programme):
    entries = [Entry(title="A"), Entry(title="a", indent=1, is_parallel=True)]

    assert problems(programme, entries) == ["Zeile 2: Ein Unterpunkt hat keine eigenen Unterpunkte."]


def test_a_session_of_another_event_is_refused(programme):
    session = make_session(title="Von nebenan")

    assert problems(programme, [Entry(session)]) == [
        "Zeile 1: Der Beitrag „Von nebenan“ gehört zu einem anderen Treffen."
    ]


def test_a_day_of_another_event_is_refused(programme):
    assert problems(programme, [Entry(title="A", day=make_day(make_event()))]) == [
        "Zeile 1: Der Tag gehört zu einem anderen Treffen."
    ]


def test_a_session_appears_once_in_a_programme(event, programme):
    session = make_session(event, title="Doppelt")

    assert problems(programme, [Entry(session), Entry(session)]) == [
        "Der Beitrag „Doppelt“ steht mehrfach im Programm."
    ]


def test_a_nested_item_must_be_on_the_day_of_its_parent(event, programme):
    first, second = make_day(event, number=2), make_day(event, number=3)
    entries = [Entry(title="A", day=first), Entry(title="a", indent=1, day=second)]

    assert problems(programme, entries) == ["Zeile 2: Ein Unterpunkt steht am selben Tag wie sein Oberpunkt."]


@pytest.mark.parametrize("between", [[], [Entry(title="a1", indent=1)]])
def test_a_nested_item_must_be_on_the_inherited_day_of_its_parent(event, programme, between):
    second = make_day(event)
    entries = [Entry(title="A"), *between, Entry(title="a2", indent=1, day=second)]

    assert problems(programme, entries) == [
        f"Zeile {len(entries)}: Ein Unterpunkt steht am selben Tag wie sein Oberpunkt."
    ]


def test_a_released_version_cannot_be_changed(event):
    version = make_release(event, ["Mittagspause"])

    assert problems(version, [Entry(title="Kaffeepause")]) == [
        "Freigegebene Fassungen lassen sich nicht ändern. Bitte ändern Sie die Arbeitsfassung."
    ]
    assert written(version) == [(1, "Mittagspause", None, 1)]


def test_all_problems_are_reported_at_once(programme):
    entries = [Entry(make_session(title="Fremd"), indent=1), Entry(title="B", indent=2)]

    assert problems(programme, entries) == [
        "Der erste Programmpunkt kann kein Unterpunkt sein.",
        "Zeile 2: Unterpunkte haben nur eine Ebene.",
        "Zeile 1: Der Beitrag „Fremd“ gehört zu einem anderen Treffen.",
    ]


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        (Entry(), "Ein Programmpunkt zeigt entweder einen Beitrag oder trägt einen Titel."),
        (Entry(title="A", duration=-1), "Dieser Wert muss größer oder gleich 0 sein."),
        (Entry(title="A", status="vielleicht"), "Wert 'vielleicht' ist keine gültige Option."),
        (Entry(title="x" * 151), TOO_LONG),
    ],
)
def test_an_invalid_line_is_refused_with_its_reason(programme, entry, message):
    assert problems(programme, [Entry(title="Davor"), entry]) == [message]


def test_a_refused_programme_changes_nothing(event, programme):
    write_programme(programme, [Entry(title="A"), Entry(title="a", indent=1)])
    before = (written(programme), Programme.objects.get(pk=programme.pk).changed_at, event.days.count())

    problems(programme, [Entry(title="Neu"), Entry(title="Auch neu", duration=-1)])
    problems(programme, [Entry(title="Neu"), Entry(make_session())])

    assert (written(programme), Programme.objects.get(pk=programme.pk).changed_at, event.days.count()) == before


def test_a_check_writes_nothing(programme):
    check_structure(programme, [Entry(title="A")])

    assert written(programme) == []


# --- any list of lines ------------------------------------------------------------------------------------------------

days = st.sampled_from([None, None, 1, 2])
phases = st.lists(st.tuples(days, st.booleans(), st.integers(0, 3)), max_size=5)


@st.composite
def lines(draw) -> list[tuple]:
    """A strategy for lines as (indent, day, is_parallel): a valid programme in which at most one line was changed."""
    good = [
        line
        for day, is_parallel, children in draw(phases)
        for line in [(0, day, is_parallel), *[(1, None, False)] * children]
    ]
    if good and draw(st.booleans()):
        place = draw(st.integers(0, len(good) - 1))
        good[place] = draw(st.tuples(st.integers(0, 2), days, st.booleans()))
    return good


def model(lines: list[tuple]) -> list[tuple] | None:
    """A second, simple implementation of the rules: order, parent and day of each line; None if a rule is broken."""
    result, parent, day = [], None, 1
    for order, (indent, wanted_day, is_parallel) in enumerate(lines, start=1):
        if indent == 0:
            parent, day = order, wanted_day or day
        elif indent > 1 or parent is None or is_parallel or (wanted_day or day) != day:
            return None
        result.append((order, f"Zeile {order}", parent if indent else None, day))
    return result


@settings(max_examples=settings.default.max_examples // 4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines())
def test_any_list_of_lines_is_written_by_the_rules_or_refused_completely(event, programme, lines):
    EventDay.objects.get_or_create(event=event, number=2)
    days = {day.number: day for day in event.days.all()}
    write_programme(programme, [Entry(title="Davor")])
    entries = [
        Entry(title=f"Zeile {order}", indent=indent, day=days.get(day), is_parallel=is_parallel)
        for order, (indent, day, is_parallel) in enumerate(lines, start=1)
    ]
    expected = model(lines)

    if expected is None:
        problems(programme, entries)

    else:
        write_programme(programme, entries)
    assert written(programme) == ([(1, "Davor", None, 1)] if expected is None else expected)
