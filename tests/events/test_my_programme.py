"""A visitor's own programme, kept in the address."""

from datetime import date, time

import pytest
from django.utils import timezone
from icalendar import Calendar

from events.programme.structure import Entry
from tests.factories import DRAFT, make_day, make_event, make_release, make_session
from tests.reading import document, elements, links, main, text, texts

pytestmark = pytest.mark.django_db

NEXT_YEAR = date(timezone.localdate().year + 1, 5, 4)
PAGE = "/veranstaltungen/treffen/mein-programm/"
CALENDAR = "/veranstaltungen/treffen/mein-programm.ics"


@pytest.fixture
def sessions(db) -> dict:
    """A talk at 10:00, two forums at 11:00, and a workshop that begins while they last."""
    event = make_event(slug="treffen", title="Treffen", starts_on=NEXT_YEAR, ends_on=NEXT_YEAR)
    day = make_day(event, date=NEXT_YEAR)
    found = {name: make_session(event, title=name) for name in ("Vortrag", "Foren", "Hamm", "Lünen", "Werkstatt")}
    times = {"Vortrag": (10, 60), "Foren": (11, 90), "Werkstatt": (12, 60)}
    entries = [
        Entry(
            session,
            day=day,
            begins_at=time(times[name][0]) if name in times else None,
            duration=times[name][1] if name in times else None,
            is_parallel=name == "Foren",
            indent=int(name in {"Hamm", "Lünen"}),
        )
        for name, session in found.items()
    ]
    make_release(event, [*entries, Entry(title="Pause", day=day)])
    return found


def keys(*sessions) -> dict:
    return {"p": [session.uuid.hex[:8] for session in sessions]}


def boxes(page) -> dict[str, bool]:
    ticked = [dict(box.attributes) for box in elements(main(page), tag="input")]
    return {box["value"]: "checked" in box for box in ticked}


def test_whoever_comes_first_finds_what_everybody_attends_ticked(client, sessions):
    found = boxes(document(client.get(PAGE)))

    names = {session.uuid.hex[:8]: name for name, session in sessions.items()}
    assert {names[key]: is_ticked for key, is_ticked in found.items()} == {
        "Vortrag": True,
        "Hamm": False,
        "Lünen": False,
        "Werkstatt": True,
    }


def test_chosen_items_are_shown_in_their_order_and_nothing_is_stored(client, sessions, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as asked:
        response = client.get(PAGE, keys(sessions["Lünen"], sessions["Vortrag"]))
    page = document(response)

    assert texts(main(page), style="session__title") == ["Vortrag", "Lünen"]
    assert texts(main(page), style="session__link") == ["10:00", "11:00"]
    assert not response.cookies
    assert all(query["sql"].startswith("SELECT") for query in asked.captured_queries)
    assert "Zur gleichen Zeit" not in text(page)


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        (("Hamm", "Lünen"), "„Hamm“ und „Lünen“"),
        (("Lünen", "Werkstatt"), "„Lünen“ und „Werkstatt“"),
        (("Vortrag", "Lünen"), ""),
    ],
)
def test_items_at_the_same_time_are_told(client, sessions, chosen, told):
    shown = text(document(client.get(PAGE, keys(*(sessions[name] for name in chosen)))))

    assert ("Zur gleichen Zeit" in shown) is bool(told)
    assert told in shown


def test_an_item_that_has_left_the_programme_is_told(client, sessions):
    key = keys(sessions["Werkstatt"])
    make_release(sessions["Vortrag"].event, [sessions["Vortrag"]])

    assert "Ein Punkt Ihrer Auswahl steht nicht mehr im Programm." in text(document(client.get(PAGE, key)))


def test_the_calendar_has_the_chosen_items_with_their_own_uids(client, sessions):
    chosen = keys(sessions["Lünen"], sessions["Vortrag"])
    address = next(link for link in links(document(client.get(PAGE, chosen))) if ".ics" in link)

    entries = list(Calendar.from_ical(client.get(address).content).walk("VEVENT"))

    assert [str(entry["summary"]) for entry in entries] == ["Vortrag", "Lünen"]
    assert str(entries[1]["uid"]).startswith(str(sessions["Lünen"].uuid))


@pytest.mark.parametrize(
    "sent",
    [
        {"p": ["x" * 5_000]},
        {"p": ["\x01", "' OR 1=1", "ä"]},
        {"p": [f"{number:08x}" for number in range(300)]},
        {"p": ""},
    ],
)
def test_no_choice_is_an_error_of_the_server(client, sessions, sent):
    assert client.get(PAGE, sent).status_code in {200, 400}
    assert client.get(CALENDAR, sent).status_code in {404, 400}


def test_an_old_address_keeps_the_choice(client, sessions):
    event = sessions["Vortrag"].event
    event.slug = "neu"
    event.save()
    chosen = keys(sessions["Vortrag"])

    for address in (PAGE, CALENDAR):
        response = client.get(address, chosen)
        assert response.status_code == 302
        assert response["Location"] == f"{address.replace('/treffen/', '/neu/')}?p={chosen['p'][0]}"


def test_a_hidden_event_has_no_choice(client, sessions):
    event = sessions["Vortrag"].event
    type(event).objects.filter(pk=event.pk).update(**DRAFT)

    assert {client.get(address).status_code for address in (PAGE, CALENDAR)} == {404}


@pytest.mark.django_db
def test_items_without_a_date_offer_no_calendar(client):
    event = make_event(slug="ohne-tag", starts_on=date(2027, 5, 1), precision="month")
    talk = make_session(event)
    make_release(event, [Entry(talk, day=make_day(event), begins_at=time(10))])
    address = "/veranstaltungen/ohne-tag/mein-programm/"

    assert "mein-programm.ics" not in client.get(address, keys(talk)).content.decode()
