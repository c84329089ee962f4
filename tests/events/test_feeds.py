"""Atom feeds (RFC 4287) and the page that explains them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.conf import settings
from django.utils import timezone
from lxml import etree, html

from tests.factories import (
    HIDDEN,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_municipality,
    make_release,
    make_session,
    make_topic,
    make_visible_session,
)
from tests.reading import document, links, text

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, address: str) -> etree._Element:
    """The feed, checked for what RFC 4287 demands."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = etree.fromstring(response.content)
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        assert {"id", "title", "updated"} <= {child.tag.removeprefix(ATOM) for child in element}
        UUID(element.findtext(f"{ATOM}id"))
    assert {link.get("rel") for link in feed.findall(f"{ATOM}link")} == {"self", "alternate"}
    assert all(link.get("href").startswith(f"{settings.SITE_URL}/") for link in feed.iter(f"{ATOM}link"))
    assert client.get(address).content == response.content
    return feed


def titles(feed: etree._Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_new_things_are_told_each_in_its_feed(client):
    event = make_event(title="Übergänge")
    attachment = make_attachment(title="Folien", kind="slides", event=event, stored_file=make_file(b"x", "a.pdf"))
    make_example(title="Lotsenstelle")

    assert titles(read(client, "/feeds/treffen/")) == ["Treffen: Übergänge"]
    assert titles(read(client, "/feeds/praxis/")) == ["Praxisbeispiel: Lotsenstelle"]
    feed = read(client, "/feeds/materialien/")
    assert titles(feed) == ["Präsentation: Folien"]
    assert feed.findtext(f"{ATOM}entry/{ATOM}id") == attachment.uuid.urn
    (enclosure,) = [link for link in feed.find(f"{ATOM}entry").iter(f"{ATOM}link") if link.get("rel") == "enclosure"]
    assert enclosure.get("href").endswith(attachment.get_download_url())
    assert (enclosure.get("length"), enclosure.get("type")) == ("1", attachment.stored_file.media_type)


@pytest.mark.both_databases
def test_topic_and_municipality_tell_what_belongs_to_them_each_once(client):
    topic, town = make_topic(slug="armut"), make_municipality(slug="luenen")
    event = make_event(title="Treffen", topics=(topic,), host=town)
    session = make_visible_session(event, municipalities=[town], topics=[topic])
    make_attachment(title="Folien", session=session)
    make_example((town, make_municipality()), (topic,), title="Beispiel")
    make_example(title="Anderes")

    for address in ("/feeds/themen/armut/", "/feeds/kommunen/luenen/"):
        found = {title.partition(": ")[2] for title in titles(read(client, address))}
        assert found == {"Treffen", "Folien", "Beispiel"}
        assert len(titles(read(client, address))) == 3


def test_nothing_hidden_is_in_a_feed(client):
    topic, town = make_topic(slug="armut"), make_municipality(slug="luenen")
    for name, fields in HIDDEN.items():
        make_attachment(title=f"GEHEIM {name}", session=make_visible_session(topics=[topic]), **fields)
        hidden = make_event(title=f"GEHEIM {name}", topics=(topic,), host=town, **fields)
        make_attachment(title=f"GEHEIM {name}", event=hidden)
        make_example((town,), (topic,), title=f"GEHEIM {name}", **fields)

    for address in ("treffen/", "materialien/", "praxis/", "themen/armut/", "kommunen/luenen/"):
        assert not [title for title in titles(read(client, f"/feeds/{address}")) if "GEHEIM" in title]


def test_the_changes_of_a_programme_are_a_feed(client):
    event = make_event(title="Treffen", slug="treffen")
    make_release(event, [make_session(event), "Pause"])
    make_release(event, ["Pause"], note="Eine Absage")

    feed = read(client, "/feeds/treffen/treffen/")

    assert len(titles(feed)) == 2
    assert "Eine Absage" in feed.findtext(f"{ATOM}entry/{ATOM}summary")
    assert 'href="/feeds/treffen/treffen/"' in client.get("/veranstaltungen/treffen/").content.decode()


def test_control_characters_do_not_break_a_feed(client):
    make_event(title="Ein \x08Treffen", summary="mit \x0cZeichen")

    assert titles(read(client, "/feeds/treffen/")) == ["Treffen: Ein Treffen"]


def test_the_page_about_feeds_has_the_addresses_of_all(client):
    page = document(client.get("/auf-dem-laufenden/"))

    assert {"/feeds/treffen/", "/feeds/materialien/", "/feeds/praxis/"} <= set(links(page))
    assert any(link.startswith("webcal://") for link in links(page))
    assert "/veranstaltungen.ics" in text(page)
    assert "/auf-dem-laufenden/" in links(document(client.get("/")))


def test_summaries_are_text_also_where_readers_take_them_for_html(client):
    make_event(title="Treffen", summary="Kinder <b>und</b> Eltern & mehr")

    summary = read(client, "/feeds/treffen/").find(f"{ATOM}entry/{ATOM}summary")

    assert summary.get("type") == "html"
    assert html.fromstring(summary.text).text_content() == "Kinder <b>und</b> Eltern & mehr"


def test_a_release_after_midnight_has_the_day_of_berlin(client):
    event = make_event(title="Treffen", slug="treffen")
    make_release(event, ["Pause"])
    moment = datetime(2025, 11, 29, 23, 30, tzinfo=UTC)
    event.programmes.releases().update(released_at=moment)
    type(event).objects.update(published_from=moment)

    assert titles(read(client, "/feeds/treffen/treffen/")) == ["Programm vom 30.11.2025: Treffen"]


def test_only_events_with_a_programme_offer_its_changes(client):
    day = timezone.localdate() + timedelta(days=30)
    make_event(title="Ohne Programm", starts_on=day)
    assert "Änderungen eines Programms" not in client.get("/auf-dem-laufenden/").content.decode()

    event = make_event(slug="treffen", title="Mit Programm", starts_on=day)
    make_release(event, ["Pause"])
    page = document(client.get("/auf-dem-laufenden/"))

    assert [link for link in links(page) if link.startswith("/feeds/treffen/") and link != "/feeds/treffen/"] == [
        "/feeds/treffen/treffen/"
    ]
