"""An event that was cancelled or moved: unmistakable everywhere, with the way to its new date."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from icalendar import Calendar

from tests.factories import HIDDEN, make_event, make_visible_session
from tests.reading import document, links, main, text, texts

pytestmark = pytest.mark.django_db

DAY = date(timezone.localdate().year + 1, 5, 4)
ADDRESSES = ("/veranstaltungen/alt/", "/veranstaltungen/alt/vortrag/", "/veranstaltungen/", "/feeds/treffen/")


@pytest.fixture
def moved():
    """An event in May that takes place in June."""
    other = make_event(title="Neues Treffen", slug="neu", starts_on=DAY + timedelta(30), ends_on=DAY + timedelta(30))
    event = make_event(
        title="Altes Treffen", slug="alt", starts_on=DAY, ends_on=DAY, course="postponed", new_date=other
    )
    make_visible_session(event, slug="vortrag")
    return event


@pytest.mark.parametrize("address", ["/veranstaltungen/alt/", "/veranstaltungen/alt/vortrag/", "/veranstaltungen/"])
def test_pages_lead_to_the_new_date(client, moved, address):
    page = main(document(client.get(address)))

    assert "Neuer Termin: Neues Treffen" in text(page)
    assert "/veranstaltungen/neu/" in links(page)


@pytest.mark.parametrize("address", ["/veranstaltungen/alt/", "/veranstaltungen/alt/vortrag/"])
def test_pages_that_were_shown_before_lead_to_a_date_published_since(client, moved, address):
    client.get(address)
    type(moved).objects.filter(slug="neu").update(published_from=timezone.now())

    assert "Neuer Termin: Neues Treffen" in text(main(document(client.get(address))))


def test_the_list_says_at_the_title_that_an_event_was_moved(client, moved):
    page = main(document(client.get("/veranstaltungen/")))

    assert texts(page, style="kern-badge--small") == ["Verschoben"]


@pytest.mark.parametrize("address", ["/veranstaltungen.ics", "/veranstaltungen/alt/programm.ics"])
def test_calendars_name_the_new_date(client, moved, address):
    entries = Calendar.from_ical(client.get(address).content).walk("VEVENT")
    (entry,) = [entry for entry in entries if "Verschoben: Altes Treffen" in entry["summary"]]

    assert entry["status"] == "TENTATIVE"
    assert "http://testserver/veranstaltungen/neu/" in entry["description"]


def test_the_feed_names_the_new_date(client, moved):
    assert "Verschoben · Neuer Termin: Neues Treffen" in client.get("/feeds/treffen/").content.decode()


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("address", [*ADDRESSES, "/veranstaltungen.ics", "/veranstaltungen/alt/programm.ics"])
def test_a_hidden_new_date_is_told_nowhere(client, moved, address, fields):
    type(moved).objects.filter(slug="neu").update(title="GEHEIM", **fields)

    content = client.get(address).content.decode()

    assert "GEHEIM" not in content
    assert "Neuer Termin" not in content


def test_an_event_is_not_its_own_new_date_and_a_planned_one_has_none(moved):
    moved.new_date = moved
    with pytest.raises(ValidationError):
        moved.full_clean()
    moved.new_date, moved.course = make_event(), "planned"
    with pytest.raises(ValidationError):
        moved.full_clean()


def test_a_new_date_that_becomes_public_later_is_shown_then(client, moved, monkeypatch):
    """Also on pages whose query was compiled while it was hidden."""
    later = timezone.now() + timedelta(hours=1)
    type(moved).objects.filter(slug="neu").update(published_from=later)
    before = [client.get(address).content.decode() for address in ADDRESSES[:2]]
    monkeypatch.setattr(timezone, "now", lambda: later)
    after = [client.get(address).content.decode() for address in ADDRESSES[:2]]

    assert ["Neuer Termin" in page for page in (*before, *after)] == [False, False, True, True]


@pytest.mark.parametrize("address", ["/veranstaltungen/alt/jetzt/", "/veranstaltungen/alt/mein-programm/"])
def test_the_pages_of_the_day_lead_to_the_new_date(client, moved, address):
    page = main(document(client.get(address)))

    assert "Das Treffen wurde verschoben." in text(page)
    assert "/veranstaltungen/neu/" in links(page)
