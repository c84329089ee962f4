import re

import pytest

from tests.factories import (
    HIDDEN,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_page,
    make_topic,
    make_visible_session,
    make_visible_speaker,
    rewrite,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

LISTS = ["/", "/kommunen/", "/materialien/", "/personen/", "/praxis/", "/suche/", "/themen/", "/veranstaltungen/"]


def locations(client) -> list[str]:
    response = client.get("/sitemap.xml")
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml")
    return sorted(re.findall("<loc>http://testserver(.*?)</loc>", response.content.decode()))


def test_the_sitemap_of_an_empty_portal_contains_only_lists(client):
    assert locations(client) == LISTS


def test_the_sitemap_contains_every_visible_page(client):
    session, speaker, attachment = make_visible_session(), make_visible_speaker(), make_attachment()
    other = speaker.appearances.get().session
    example, municipality, topic, page = (
        make_example([make_municipality()]),
        make_municipality(),
        make_topic(),
        make_page(),
    )
    instances = [session, session.event, other, other.event, speaker, attachment, example, municipality, topic, page]
    addresses = [instance.get_absolute_url() for instance in [*instances, example.municipalities.get()]]

    assert locations(client) == sorted([*LISTS, *addresses])


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_the_sitemap_contains_no_hidden_page(client, state):
    make_visible_session(make_event(**state))
    make_attachment(**state)
    make_page(**state)
    example = make_example(**state)

    assert locations(client) == sorted([*LISTS, example.municipalities.get().get_absolute_url()])


def test_the_sitemap_contains_no_absent_attachment(client):
    make_attachment(absence="lost")

    assert locations(client) == LISTS


def test_a_withdrawn_page_leaves_the_sitemap_at_once(client):
    event = make_event()
    assert event.get_absolute_url() in locations(client)

    rewrite(event, state="withdrawn", published_from=None)

    assert locations(client) == LISTS


def test_the_sitemap_states_the_dates_of_changes(client):
    event = make_event()

    text = client.get("/sitemap.xml").content.decode()

    assert f"<lastmod>{event.changed_at.astimezone().date()}</lastmod>" in text or str(event.changed_at.date()) in text


def test_addresses_begin_with_site_url_on_any_host(client, settings):
    settings.SITE_URL = "https://portal.example"
    make_event()

    found = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())

    assert {address.partition(".example/")[0] for address in found} == {"https://portal"}
