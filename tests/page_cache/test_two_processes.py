"""No page is outdated for a single request, in the process that writes and in another one.

A module of its own: the portal of other tests is made in a transaction, whose changes no other process sees.
"""

from traceback import format_exception_only

import pytest
from django.core.management.color import no_style
from django.db import connection

from tests.page_cache.second_process import Visitor, second_process
from tests.page_cache.ways import WAYS, Portal

PARTS = 4  # for test processes beside each other
CONTENT = ("events_", "speakers_", "practice_", "reading_", "files_", "slugs_")


@pytest.mark.walk
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", range(PARTS))
def test_each_change_is_seen_by_its_own_and_by_a_second_process_on_every_page(part):
    """A page asked for before and after is as new as when rendered anew, and shows the change."""
    failed = {}
    with second_process() as second:
        for way in list(WAYS)[part::PARTS]:
            try:
                compare(Portal(), way, Visitor(), second)
            except Exception as error:
                failed[way] = "".join(format_exception_only(error))[:500]
            empty()

    assert failed == {}


def empty() -> None:
    """Deletes the content; rows that migrations have written stay."""
    tables = [table for table in connection.introspection.table_names() if table.startswith(CONTENT)]
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
