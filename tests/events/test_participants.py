"""What only participants may know: shown by their link, and nowhere else."""

from datetime import date, timedelta

import pytest
from django.contrib.admin import site
from django.test import Client
from django.utils import timezone

from events.invitations.participants import address
from events.models import Event
from lernnetzwerk.search.indexing import rebuild
from tests import administration
from tests.administration import fill, sign_in
from tests.factories import DRAFT, HIDDEN, make_event, make_visible_session
from tests.reading import document, main, text

pytestmark = pytest.mark.django_db

SECRET = "Einwahl 0211 4711"
TOMORROW = timezone.localdate() + timedelta(days=1)
PLACES = (
    "/", "/veranstaltungen/", "/veranstaltungen/treffen/", "/veranstaltungen/treffen/vortrag/",
    "/veranstaltungen/treffen/aenderungen/", "/veranstaltungen/treffen/programm/1/", "/veranstaltungen/treffen/jetzt/",
    "/veranstaltungen/treffen/mein-programm/", "/veranstaltungen/treffen/programm.ics", "/veranstaltungen.ics",
    "/feeds/treffen/", "/feeds/treffen/treffen/", "/sitemap.xml", "/suche/?q=Einwahl", "/suche/?q=4711",
)  # fmt: skip


@pytest.fixture
def event():
    event = make_event(slug="treffen", starts_on=TOMORROW, ends_on=TOMORROW, participant_information=f"<p>{SECRET}</p>")
    make_visible_session(event, slug="vortrag")
    return event


def path(event) -> str:
    return address(event).removeprefix("http://testserver")


def test_the_link_shows_the_information_and_is_kept_nowhere(client, event):
    response = client.get(path(event))

    assert SECRET in text(main(document(response)))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert path(event) not in response.content.decode()


def test_the_information_is_on_no_public_page_calendar_feed_or_search(client, event):
    rebuild()

    for place in PLACES:
        content = client.get(place).content.decode()
        assert "0211" not in content, place
        assert event.participant_key.hex not in content, place


def test_a_new_link_ends_the_former_one(client, event):
    before = path(event)
    editor = Client()
    sign_in(editor, "verwaltung")
    assert address(event) in editor.get(administration.address(event)).content.decode()

    fill(editor, administration.address(event), renews_link="on")

    after = path(Event.objects.get(pk=event.pk))
    assert after != before
    assert client.get(before).status_code == 404
    assert client.get(after).status_code == 200


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN)
def test_the_link_of_a_hidden_event_opens_nothing(client, event, fields):
    Event.objects.filter(pk=event.pk).update(**fields)

    assert client.get(path(event)).status_code == 404


def test_the_link_ends_two_days_after_the_event(client, event):
    for days, status in ((2, 200), (3, 404)):
        held = timezone.localdate() - timedelta(days=days)
        Event.objects.filter(pk=event.pk).update(starts_on=held, ends_on=held)
        assert client.get(path(event)).status_code == status


@pytest.mark.parametrize("token", ["", "x", "0" * 32 + ".abc", "ä\x00"])
def test_an_invented_link_opens_nothing(client, event, token):
    assert client.get(f"/teilnahme/{token}/").status_code in {400, 404}


def test_without_information_there_is_no_link():
    assert address(make_event(starts_on=date(2027, 1, 1))) == ""


def test_editors_read_that_the_link_opens_only_when_the_event_is_public(event):
    shown = site.get_model_admin(Event).participants_link
    public = shown(event)
    Event.objects.update(**DRAFT)

    assert "öffnet sich erst" not in public
    assert "öffnet sich erst, wenn das Treffen öffentlich ist" in shown(event)
