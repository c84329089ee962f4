import re

import pytest

from lernnetzwerk.web import sitemap
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

LISTS = [
    "/",
    "/auf-dem-laufenden/",
    "/kommunen/",
    "/materialien/",
    "/personen/",
    "/praxis/",
    "/suche/",
    "/themen/",
    "/veranstaltungen/",
]


def locations(client, path: str = "/sitemap.xml") -> list[str]:
    response = client.get(path)
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


@pytest.fixture
def large(monkeypatch) -> None:
    monkeypatch.setattr(sitemap, "MOST_TOGETHER", 4)
    monkeypatch.setattr(sitemap, "MOST_IN_FILE", 2)


def test_a_large_portal_has_an_index_of_short_files_with_each_address_once(client, large):
    events = [make_event() for _ in range(5)]
    index = locations(client)
    files = {path: locations(client, path) for path in index}

    assert index == ["/sitemap-event-1.xml", "/sitemap-event-2.xml", "/sitemap-event-3.xml", "/sitemap-lists.xml"]
    assert sorted(path for paths in files.values() for path in paths) == sorted(
        [*LISTS, *(event.get_absolute_url() for event in events)]
    )
    assert [len(files[path]) for path in index[:3]] == [2, 2, 1]


def test_up_to_the_limit_the_sitemap_is_one_file(client, large):
    events = [make_event() for _ in range(4)]

    assert locations(client) == sorted([*LISTS, *(event.get_absolute_url() for event in events)])


@pytest.mark.parametrize("path", ["event-2", "event-01", "event-0", "event-99999", "speaker-1", "user-1", "x-1"])
def test_a_file_without_addresses_is_not_found(client, path):
    make_event()

    assert client.get(f"/sitemap-{path}.xml").status_code == 404


def test_the_index_and_its_files_need_as_many_queries_for_many_rows(client, large, django_assert_max_num_queries):
    make_visible_session()
    make_visible_session()
    for _ in range(5):
        make_event()

    with django_assert_max_num_queries(13):
        client.get("/sitemap.xml")
    with django_assert_max_num_queries(2):
        client.get("/sitemap-session-1.xml")


def test_a_page_withdrawn_between_the_index_and_its_file_is_not_in_the_file(client, large):
    events = [make_event() for _ in range(5)]
    locations(client), locations(client, "/sitemap-event-1.xml")

    rewrite(events[0], state="withdrawn", published_from=None)

    assert events[0].get_absolute_url() not in locations(client, "/sitemap-event-1.xml")
    assert not {"/sitemap-event-3.xml"} & set(locations(client))
