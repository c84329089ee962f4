"""No page is outdated for a single request, whatever has written; `ways` has the table.

The same in two processes: test_two_processes.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import admin
from django.core.management import get_commands
from django.test.utils import override_settings
from django.urls import reverse

from tests.administration import superuser_client
from tests.page_cache.second_process import Visitor
from tests.page_cache.ways import NOTHING_PUBLIC, WAYS, Portal
from tests.shared import made_once

pytestmark = pytest.mark.django_db

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
