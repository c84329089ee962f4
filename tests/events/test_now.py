"""What runs at a meeting now, and what is next."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.models import Slot
from events.pages.now import now_page
from events.programme.structure import Entry
from tests.factories import DRAFT, make_day, make_event, make_release, make_session
from tests.reading import document, text

pytestmark = pytest.mark.django_db

DAY = date(2027, 5, 4)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def event():
    """Two days: a talk, then two forums of which one ends earlier, a cancelled item, a plenary; a talk next morning."""
    event = make_event(slug="treffen", title="Treffen", starts_on=DAY, ends_on=DAY + timedelta(days=1))
    first, second = make_day(event, date=DAY), make_day(event, date=DAY + timedelta(days=1))
    make_release(
        event,
        [
            Entry(make_session(event, title="Vortrag"), day=first, begins_at=time(10), duration=60, room="Saal"),
            Entry(make_session(event, title="Foren"), day=first, begins_at=time(11), duration=90, is_parallel=True),
            Entry(make_session(event, title="Hamm"), day=first, indent=1, room="Raum 1"),
            Entry(
                make_session(event, title="Lünen"), day=first, indent=1, begins_at=time(11), duration=30, room="Raum 2"
            ),
            Entry(title="Entfallener Imbiss", day=first, begins_at=time(12, 30), status=Slot.Status.CANCELLED),
            Entry(make_session(event, title="Plenum"), day=first, begins_at=time(14), duration=60),
            Entry(title="Ausklang", day=first, begins_at=time(15), duration=30),
            Entry(make_session(event, title="Morgenvortrag"), day=second, begins_at=time(9), duration=60),
        ],
    )
    return event


def shown(event, hour: int, minute: int = 0, day: date = DAY) -> dict[str, list]:
    page = now_page(event, datetime.combine(day, time(hour, minute), BERLIN))
    return {
        "now": [(str(place.slot), place.slot.room) for place in page["now"]],
        "next": [str(place.slot) for place in page["next"]],
        "later": [str(item.slot) for item in page["later"]],
    }


@pytest.mark.parametrize(
    ("hour", "minute", "now", "following", "later"),
    [
        (9, 59, [], ["Vortrag"], ["Foren", "Plenum", "Ausklang"]),
        (10, 0, [("Vortrag", "Saal")], ["Hamm", "Lünen"], ["Plenum", "Ausklang"]),
        (11, 0, [("Hamm", "Raum 1"), ("Lünen", "Raum 2")], ["Plenum"], ["Ausklang"]),
        (11, 30, [("Hamm", "Raum 1")], ["Plenum"], ["Ausklang"]),
        (12, 30, [], ["Plenum"], ["Ausklang"]),
        (15, 29, [("Ausklang", "")], ["Morgenvortrag"], []),
        (15, 30, [], ["Morgenvortrag"], []),
    ],
)
def test_the_page_follows_the_clock(event, hour, minute, now, following, later):
    assert shown(event, hour, minute) == {"now": now, "next": following, "later": later}


def test_before_and_after_the_event_the_page_says_so(client, event, monkeypatch):
    for moment, words in (("2027-05-01", "hat noch nicht begonnen"), ("2027-05-09", "ist zu Ende")):
        monkeypatch.setattr("django.utils.timezone.now", lambda at=moment: datetime.fromisoformat(f"{at}T12:00+00:00"))
        assert words in text(document(client.get("/veranstaltungen/treffen/jetzt/")))


def test_hidden_events_and_those_without_a_programme_have_no_such_page(client, event):
    make_event(slug="leer")
    type(event).objects.filter(pk=event.pk).update(**DRAFT)

    for slug in ("treffen", "leer"):
        assert client.get(f"/veranstaltungen/{slug}/jetzt/").status_code == 404


@pytest.mark.parametrize("course", ["cancelled", "postponed"])
def test_nothing_runs_at_an_event_that_does_not_take_place(client, event, course):
    type(event).objects.update(course=course)
    event.refresh_from_db()

    assert shown(event, 10) == {"now": [], "next": [], "later": []}
    assert "/jetzt/" not in client.get("/veranstaltungen/treffen/").content.decode()
