"""A stopped database: visitors get an error page, and the process recovers without a restart."""

import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.browser import seeding
from tests.browser.pages import fetch
from tests.conftest import skip_or_fail
from tools import portal, postgres

PAGE = "/veranstaltungen/"


@pytest.fixture
def on_postgres(seeds):
    """A portal on a PostgreSQL of its own, migrated and empty, and the address of that."""
    try:
        with (
            postgres.server(seeds / seeding.POSTGRES) as url,
            portal.serving(seeds / seeding.DEMO, Path(sys.executable), DATABASE_URL=url) as running,
        ):
            yield running, url
    except postgres.Unavailable as reason:
        skip_or_fail(str(reason))


def test_the_portal_recovers_after_its_sqlite_file_was_missing(own_site):
    database = own_site.folder / "db.sqlite3"
    away = own_site.folder / "away.sqlite3"

    def stop() -> None:
        database.rename(away)
        database.mkdir()  # an absent file would be created anew

    def start() -> None:
        database.rmdir()
        away.rename(database)

    expect_outage_and_recovery(own_site, stop, start)


def test_the_portal_recovers_after_its_postgresql_was_stopped(on_postgres):
    """Connections end as they do when the server stops, and there is nobody at the socket."""
    site, url = on_postgres
    folder = Path("/", urlsplit(url).path.lstrip("/")).parent
    socket, away = folder / ".s.PGSQL.5432", folder / "away"

    def stop() -> None:
        with closing(psycopg.connect(host=str(folder), user="postgres", autocommit=True)) as connection:
            socket.rename(away)
            everyone = "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid()"
            connection.execute(f"{everyone} and backend_type = 'client backend'")

    def start() -> None:
        away.rename(socket)

    expect_outage_and_recovery(site, stop, start)


def expect_outage_and_recovery(site: portal.Portal, stop: Callable[[], None], start: Callable[[], None]) -> None:
    before = fetch(site.url + PAGE)
    assert before.status == 200

    stop()
    for _request in range(20):  # more than the server has threads, each with a connection of its own
        answer = fetch(site.url + PAGE)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "30"), site.log()
    assert '<h1 class="error__title">Das Portal ist zurzeit nicht erreichbar</h1>' in answer.body.decode()
    assert answer.headers["Cache-Control"] == "no-store"
    assert fetch(f"{site.url}/healthz").body == b"ok\n"
    assert fetch(f"{site.url}/readyz").status == 503

    start()
    after = fetch(site.url + PAGE)
    assert (after.status, after.body) == (200, before.body)
    assert fetch(f"{site.url}/readyz").status == 200
