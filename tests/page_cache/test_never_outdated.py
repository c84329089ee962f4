"""No page is outdated for a single request, whatever has written; `ways` has the table."""

from collections.abc import Iterator
from pathlib import Path
from traceback import format_exception_only

import pytest
from django.contrib import admin
from django.core.management import get_commands
from django.core.management.color import no_style
from django.db import connection
from django.test.utils import override_settings
from django.urls import reverse

from lernnetzwerk.page_cache.triggers import public_tables
from tests.administration import superuser_client
from tests.page_cache.second_process import Visitor, second_process
from tests.page_cache.ways import NOTHING_PUBLIC, WAYS, Portal
from tests.shared import made_once

pytestmark = pytest.mark.django_db

CONTENT = ("events_", "speakers_", "practice_", "reading_", "files_", "slugs_")
LONG = {"municipalities": pytest.mark.walk}
SHOWN = [pytest.param(way, marks=LONG.get(way, ())) for way, (pages, _act) in WAYS.items() if pages]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[tuple[Portal, Path]]:
    with made_once(django_db_blocker, tmp_path_factory) as folder, override_settings(FILES_ROOT=folder):
        yield Portal(), folder


@pytest.fixture
def portal(made, settings) -> Portal:
    portal, settings.FILES_ROOT = made
    return portal


@pytest.mark.parametrize("way", SHOWN)
def test_the_next_request_after_a_change_shows_it(portal, way):
    pages, act = WAYS[way]
    path, visitor = portal.address(pages[0]), Visitor()
    before = visitor.get(path)

    act(portal)

    assert visitor.get(path) != before


@pytest.mark.walk
@pytest.mark.django_db(transaction=True)
def test_each_change_is_seen_by_its_own_and_by_a_second_process_on_every_page():
    """A page asked for before and after is as new as when rendered anew, and shows the change."""
    failed = {}
    with second_process() as second:
        for way in WAYS:
            try:
                compare(Portal(), way, Visitor(), second)
            except Exception as error:
                failed[way] = "".join(format_exception_only(error))[:500]
            empty()

    assert failed == {}


def empty() -> None:
    """Deletes the content; rows that migrations have written stay."""
    tables = [table for table in public_tables() if table.startswith(CONTENT)]
    connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), tables, allow_cascade=True))


def compare(portal: Portal, way: str, *visitors: Visitor) -> None:
    pages, act = WAYS[way]
    paths = {name: portal.address(name) for name in pages or ("event", "session")}
    before = [{name: visitor.get(path) for name, path in paths.items()} for visitor in visitors]

    act(portal)

    for visitor, shown in zip(visitors, before, strict=True):
        after = {name: visitor.get(path) for name, path in paths.items()}
        visitor.forget()
        anew = {name: visitor.get(path) for name, path in paths.items()}
        assert [name for name in paths if after[name] != anew[name]] == []
        assert [name for name in paths if (after[name] != shown[name]) != (name in pages)] == []


def writing_urls() -> Iterator[str]:
    """The names of all pages of the administration, without those of lists, whose actions count on their own."""
    for one in admin.site._registry.values():
        yield from (url.name for url in one.get_urls() if url.name and not url.name.endswith("_changelist"))


def actions_and_inlines(request) -> Iterator[str]:
    for model, one in admin.site._registry.items():
        yield from (f"{model.__name__}.{action}" for action in one.get_actions(request))
        yield from (f"{model._meta.label}.{inline.model.__name__}" for inline in one.inlines)


def test_the_table_has_every_way():
    client = superuser_client()
    request = client.get(reverse("admin:index")).wsgi_request
    own = ("events", "speakers", "practice", "lernnetzwerk")
    commands = [name for name, app in get_commands().items() if app.partition(".")[0] in own]
    known = {way.partition(": ")[0] for way in WAYS}

    missing = {
        way
        for way in (*writing_urls(), *actions_and_inlines(request), *commands)
        if way not in known and not any(way.endswith(ending) for ending in NOTHING_PUBLIC)
    }

    assert missing == set()
