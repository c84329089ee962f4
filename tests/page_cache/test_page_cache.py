"""Kept pages: never outdated, the same for everybody, rendered once, and bounded in number."""

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import brotli
import pytest
from django.contrib.sessions.models import Session as BrowserSession
from django.core.cache import caches
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.attachments.download_counting import add
from events.models import Event, Session
from events.programme.structure import working_version
from lernnetzwerk.page_cache import middleware, triggers, version
from lernnetzwerk.page_cache.moments import next_moment
from lernnetzwerk.page_cache.pages import accepted_encoding
from lernnetzwerk.page_cache.version import current_version
from lernnetzwerk.visibility.models import publish, withdraw
from tests.administration import sign_in
from tests.concurrency import at_once
from tests.factories import (
    make_appearance,
    make_attachment,
    make_event,
    make_example,
    make_page,
    make_release,
    make_session,
    make_topic,
    make_user,
    make_visible_session,
)
from tools.steps import ROOT

BERLIN = ZoneInfo("Europe/Berlin")

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def rendered(monkeypatch) -> list[str]:
    """The paths of the pages that were rendered, in this order."""
    paths = []
    whole = middleware.PageCache._rendered

    def render(self, request, *rest):
        paths.append(request.path)
        return whole(self, request, *rest)

    monkeypatch.setattr(middleware.PageCache, "_rendered", render)
    return paths


@pytest.fixture
def clock(monkeypatch) -> Callable[[datetime], None]:
    def turn(moment: datetime) -> None:
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return turn


def text(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_page_that_nobody_changed_is_rendered_once(client, rendered):
    event = make_event()

    first, second = client.get(event.get_absolute_url()), client.get(event.get_absolute_url())

    assert rendered == [event.get_absolute_url()]
    assert first.content == second.content
    assert dict(first.headers) == dict(second.headers)


def test_a_kept_page_costs_one_query(client, django_assert_num_queries):
    path = make_event().get_absolute_url()
    client.get(path)

    with django_assert_num_queries(1):
        client.get(path)


def test_a_withdrawn_page_is_gone_at_the_next_request_and_its_lists_with_it(client):
    event = make_event(title="Gibt es bald nicht mehr")
    lists = [reverse("home"), reverse("events:list"), reverse("sitemap")]
    before = [text(client, path) for path in (event.get_absolute_url(), *lists)]

    withdraw([event])

    assert all(event.slug in page for page in before)
    assert client.get(event.get_absolute_url()).status_code == 404
    assert not any(event.slug in text(client, path) for path in lists)


@pytest.mark.django_db(transaction=True)
def test_a_change_made_by_another_process_is_seen(client):
    event = make_event()
    before = text(client, event.get_absolute_url())
    code = (
        "import django; django.setup()\n"
        "from events.models import Event\n"
        f"Event.objects.filter(pk={event.pk}).update(motto='Neue Worte')"
    )
    name = connection.settings_dict["NAME"]
    url = os.environ["DATABASE_URL"]
    address = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{url.rpartition('/')[0]}/{name}"

    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT, env={**os.environ, "DATABASE_URL": address})

    assert "Neue Worte" not in before
    assert "Neue Worte" in text(client, event.get_absolute_url())


def test_a_change_that_is_rolled_back_changes_nothing(client):
    before = current_version()

    with transaction.atomic():
        make_event()
        during = current_version()
        transaction.set_rollback(True)

    assert during > before == current_version()


def downloads() -> Iterator[None]:
    attachment = make_attachment()
    yield
    add({(attachment.pk, timezone.localdate()): 1})


def signing_in() -> Iterator[None]:
    user = make_user()
    yield
    sign_in(Client(), user)
    BrowserSession.objects.all().delete()


def nothing_found() -> Iterator[None]:
    yield
    Event.objects.filter(slug="gibt-es-nicht").update(motto="Neue Worte")
    Session.objects.filter(slug="gibt-es-nicht").delete()


@pytest.mark.parametrize("happening", [downloads, signing_in, nothing_found])
def test_what_no_visitor_sees_leaves_pages_alone(happening):
    steps = happening()
    next(steps)
    before = current_version()

    next(steps, None)

    assert current_version() == before


def test_every_table_with_public_content_has_its_triggers():
    with connection.cursor() as cursor:
        existing = triggers._existing(cursor, connection.vendor == "postgresql")
    per_table = len(triggers.POSTGRESQL if connection.vendor == "postgresql" else triggers.SQLITE)

    tables = triggers.public_tables()
    assert {table for table, _name in existing} == set(tables)
    assert len(existing) == per_table * len(tables)
    assert {Event._meta.db_table, Event.topics.through._meta.db_table} < set(tables)


@pytest.mark.django_db(transaction=True)
def test_the_counter_is_removed_together_with_all_triggers(client):
    call_command("migrate", "page_cache", "zero", verbosity=0)
    try:
        event = make_event()
        assert client.get(event.get_absolute_url()).status_code == 200
    finally:
        call_command("migrate", "page_cache", verbosity=0)

    before = current_version()
    make_event()
    assert current_version() != before


@pytest.mark.postgresql  # SQLite has one writer at a time
@pytest.mark.django_db(transaction=True)
def test_two_that_write_at_once_do_not_wait_for_each_others_counter():
    first, second = make_topic(), make_topic()
    order = []

    def outer():
        with transaction.atomic():
            type(first).objects.filter(pk=first.pk).update(name="A")
            assert at_once(inner) == []
            order.append("outer")

    def inner():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '2s'")
            type(second).objects.filter(pk=second.pk).update(name="B")
            order.append("inner")

    before = current_version()
    outer()

    assert order == ["inner", "outer"]
    assert current_version() != before


def test_what_is_scheduled_appears_at_its_moment(client, clock):
    noon = datetime(2031, 3, 4, 12, tzinfo=BERLIN)
    clock(noon - timedelta(hours=1))
    event = make_event(state="draft", published_from=None)
    publish([event], noon)
    found = []
    for moment in (noon - timedelta(seconds=1), noon, noon + timedelta(seconds=1)):
        clock(moment)
        found.append((client.get(event.get_absolute_url()).status_code, event.slug in text(client, reverse("home"))))

    assert found == [(404, False), (200, True), (200, True)]


def test_at_midnight_a_day_begins(client, clock, rendered):
    day = datetime(2031, 3, 4, tzinfo=BERLIN)
    event = make_event(starts_on=day.date(), published_from=day - timedelta(days=9))
    clock(day - timedelta(seconds=1))
    before, again = text(client, event.get_absolute_url()), text(client, event.get_absolute_url())
    clock(day)
    after = text(client, event.get_absolute_url())

    assert before == again
    assert ("· angekündigt" in before, "· läuft" in before) == (True, False)
    assert ("· angekündigt" in after, "· läuft" in after) == (False, True)
    assert len(rendered) == 2


@pytest.mark.parametrize(
    ("at", "midnight"),
    [
        (datetime(2031, 3, 29, 23, 59, tzinfo=BERLIN), datetime(2031, 3, 30, tzinfo=BERLIN)),
        (datetime(2031, 3, 30, 0, 0, tzinfo=BERLIN), datetime(2031, 3, 31, tzinfo=BERLIN)),
        (datetime(2031, 10, 26, 2, 30, tzinfo=BERLIN), datetime(2031, 10, 27, tzinfo=BERLIN)),
    ],
)
def test_the_next_midnight_is_that_of_berlin_also_when_clocks_change(at, midnight):
    assert next_moment(at) == midnight


def test_unknown_parameters_neither_change_a_page_nor_fill_the_cache(client, rendered):
    path = reverse("events:list")
    make_event()
    pages = {client.get(path, {"x": number, "utm_source": "brief"}).content for number in range(5)}

    assert pages == {client.get(path).content}
    assert rendered == [path]


def test_known_parameters_count_in_any_order(client, rendered):
    make_event(starts_on=datetime(2025, 3, 4, tzinfo=BERLIN).date())
    path = reverse("events:list")

    client.get(f"{path}?jahr=2025&seite=1&reihe=")
    client.get(f"{path}?seite=1&jahr=2025")

    assert len(rendered) == 1
    assert text(client, f"{path}?jahr=2025") != text(client, path)


def test_the_number_of_kept_pages_is_bounded(client, settings):
    pages = caches["pages"]
    for number in range(pages._max_entries + 50):
        pages.set(f"page:{number}", b"")

    assert len(pages._cache) <= pages._max_entries


def test_a_visitor_who_has_the_page_gets_304_and_after_a_change_the_new_one(client):
    event = make_event()
    path = event.get_absolute_url()
    etag = client.get(path).headers["ETag"]

    same = client.get(path, headers={"if-none-match": etag})
    Event.objects.update(motto="Neue Worte")
    new = client.get(path, headers={"if-none-match": etag})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", etag)
    assert (new.status_code, b"Neue Worte" in new.content) == (200, True)


@pytest.mark.parametrize(
    ("header", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("gzip;q=0", ""),
        ("br;q=1.0", "br"),
        ("identity", ""),
        ("", ""),
        (";;;=,,", ""),
    ],
)
def test_the_best_accepted_encoding_is_chosen(header, encoding):
    assert accepted_encoding(header) == encoding


def test_all_encodings_hold_the_same_page(client):
    path = make_event().get_absolute_url()
    plain = client.get(path)
    packed = {name: client.get(path, headers={"accept-encoding": name}) for name in ("br", "gzip")}

    assert brotli.decompress(packed["br"].content) == gzip.decompress(packed["gzip"].content) == plain.content
    assert {response.headers["Vary"] for response in (plain, *packed.values())} == {"Accept-Encoding"}


def test_head_gets_the_headers_of_get(client):
    path = make_event().get_absolute_url()
    first = client.head(path)
    page = client.get(path)
    again = client.head(path)

    assert (first.status_code, again.status_code, again.content) == (200, 200, b"")
    assert again.headers["ETag"] == page.headers["ETag"]


def test_a_signed_in_editor_gets_the_page_of_everybody_and_leaves_nothing_in_it(client):
    event = make_event()
    editor = Client()
    sign_in(editor, make_user())
    first = editor.get(event.get_absolute_url())

    assert first.content == client.get(event.get_absolute_url()).content
    assert not first.cookies


def test_pages_with_a_form_that_posts_are_not_kept(client, rendered):
    first, second = client.get(reverse("barriers:report")), client.get(reverse("barriers:report"))

    assert rendered == []
    assert first.cookies
    assert second.status_code == 200


def test_every_marked_page_is_kept(client, rendered):
    """None of them reads a cookie or sets one, without anybody noticing that it is rendered each time."""
    event = make_event(starts_on=timezone.localdate())
    session = make_visible_session(event)
    appearance = make_appearance(session)
    paths = [
        reverse("home"),
        *(reverse(name) for name in ("events:list", "events:attachment_list", "speakers:list", "sitemap")),
        *(reverse(f"practice:{name}_list") for name in ("municipality", "example", "topic")),
        reverse("events:calendar", args=[event.slug]),
        make_page().get_absolute_url(),
        *(
            row.get_absolute_url()
            for row in (event, session, appearance.speaker, make_attachment(), make_example(), make_topic())
        ),
    ]
    for path in paths * 2:
        assert client.get(path).status_code == 200

    assert rendered == paths


@pytest.mark.django_db(transaction=True)
def test_visitors_who_come_at_once_wait_for_one_rendering(rendered):
    path = make_event().get_absolute_url()
    pages = set()

    def visit():
        pages.add(Client().get(path).content)

    assert at_once(*[visit] * 4) == []
    assert len(pages) == 1
    assert rendered == [path]


def test_without_an_answer_about_the_version_pages_are_rendered(client, monkeypatch):
    event = make_event()
    client.get(event.get_absolute_url())
    Event.objects.update(motto="Neue Worte")

    class Broken:
        def __enter__(self):
            raise DatabaseError

        def __exit__(self, *_error):
            return None

    class Asked:
        vendor = connection.vendor

        def cursor(self):
            return Broken()

    monkeypatch.setattr(version, "connection", Asked())

    assert "Neue Worte" in text(client, event.get_absolute_url())


def test_addresses_for_other_hosts_are_left_to_django(client):
    path = make_event().get_absolute_url()
    client.get(path)

    assert client.get(path, headers={"host": "anderswo.example"}).status_code == 400


def test_a_draft_saved_in_the_editor_changes_no_page_but_may_be_rendered_again(client):
    event = make_event()
    make_release(event, [make_session(event, title="Schon freigegeben")])
    before = text(client, event.get_absolute_url())
    working_version(event)
    make_session(event, title="Noch nicht freigegeben")

    assert text(client, event.get_absolute_url()) == before
