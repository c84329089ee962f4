"""Triggers on every table with public content; they raise the version in the transaction that changes a row.

Triggers see what no signal does: `update()`, `bulk_create`, SQL, other processes and other machines. A table counts as
public unless it is listed here. They are created after every `migrate`, as SQLite drops them with the tables that it
rebuilds.

PostgreSQL: one trigger for a statement, which does nothing if no row has changed. It raises a row of the counter that
no other transaction uses, found by an advisory lock, so that transactions neither wait for each other nor deadlock.
SQLite: one trigger for a row, as there are no others; only one transaction writes at a time.
"""

from typing import Any

from django.apps import apps
from django.db import connections, models
from django.db.backends.utils import CursorWrapper

from lernnetzwerk.page_cache.models import PublicChanges

# Not public, and often written.
NOT_PUBLIC = {
    "administration.SentForm",
    "barriers.BarrierReport",
    "events.DownloadCount",
    "events.HandedIn",
    "events.Invitation",
    "files.Examination",
    "files.Leftover",
    "page_cache.PublicChanges",
    "previews.PreviewLink",
    "search.MissedQuery",
}
OWN_APPS = ("events", "speakers", "practice", "lernnetzwerk")
COUNTERS = PublicChanges._meta.db_table
PREFIX = "public_change"  # of the names of triggers; also the function on PostgreSQL

# 64 counters: that many transactions can write at once without waiting. 182026 is the first key of the advisory locks,
# used by nothing else. A counter begins with the time in microseconds, so that an emptied table repeats no version.
FUNCTION = """
CREATE OR REPLACE FUNCTION public_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE slot integer := 1;
BEGIN
    IF TG_OP <> 'TRUNCATE' THEN
        IF NOT EXISTS (SELECT 1 FROM changed) THEN RETURN NULL; END IF;
    END IF;
    WHILE slot < 64 AND NOT pg_try_advisory_xact_lock(182026, slot) LOOP slot := slot + 1; END LOOP;
    INSERT INTO page_cache_publicchanges AS counted (id, counter)
        VALUES (slot, extract(epoch from clock_timestamp())::bigint * 1000000)
        ON CONFLICT (id) DO UPDATE SET counter = counted.counter + 1;
    RETURN NULL;
END $$
"""
STATEMENT = "FOR EACH STATEMENT EXECUTE FUNCTION public_change()"
POSTGRESQL = {
    "insert": f"AFTER INSERT ON {{table}} REFERENCING NEW TABLE AS changed {STATEMENT}",
    "update": f"AFTER UPDATE ON {{table}} REFERENCING NEW TABLE AS changed {STATEMENT}",
    "delete": f"AFTER DELETE ON {{table}} REFERENCING OLD TABLE AS changed {STATEMENT}",
    "truncate": f"AFTER TRUNCATE ON {{table}} {STATEMENT}",
}
RAISE_ON_SQLITE = """
BEGIN
    INSERT INTO page_cache_publicchanges (id, counter) VALUES (1, CAST(strftime('%s', 'now') AS INTEGER) * 1000000)
        ON CONFLICT (id) DO UPDATE SET counter = counter + 1;
END
"""
SQLITE = {event: f"AFTER {event.upper()} ON {{table}} {RAISE_ON_SQLITE}" for event in ("insert", "update", "delete")}


def public_tables() -> list[str]:
    """Tables of our own apps, link tables included, without those that visitors never see."""
    return [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if _is_ours(model) and model._meta.managed and model._meta.label not in NOT_PUBLIC
    ]


def _is_ours(model: type[models.Model]) -> bool:
    return model.__module__.partition(".")[0] in OWN_APPS


def create_triggers(using: str = "default", **_kwargs: Any) -> None:
    """Receiver of post_migrate: creates those that are missing."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        if COUNTERS not in tables:
            return
        is_postgres = connection.vendor == "postgresql"
        if is_postgres:
            cursor.execute(FUNCTION)
        existing = _existing(cursor, is_postgres)
        for table in sorted(tables.intersection(public_tables())):
            _create(cursor, table, existing, POSTGRESQL if is_postgres else SQLITE)


def _create(cursor: CursorWrapper, table: str, existing: set[tuple[str, str]], bodies: dict[str, str]) -> None:
    for event, body in bodies.items():
        name = f"{PREFIX}_{table}_{event}"[-63:]
        if (table, name) not in existing:
            cursor.execute(f'CREATE TRIGGER "{name}" ' + body.format(table=f'"{table}"'))


def _existing(cursor: CursorWrapper, is_postgres: bool) -> set[tuple[str, str]]:
    """Table and name of each of our triggers."""
    if is_postgres:
        cursor.execute(
            "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
            " WHERE NOT tgisinternal AND pg_table_is_visible(pg_class.oid)"
        )
    else:
        cursor.execute("SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'")
    return {(table, name) for table, name in cursor.fetchall() if PREFIX in name}


def drop_triggers(using: str) -> None:
    """Before the counter's table is removed: with a trigger left, nothing could be saved any more."""
    connection = connections[using]
    with connection.cursor() as cursor:
        is_postgres = connection.vendor == "postgresql"
        for table, name in _existing(cursor, is_postgres):
            cursor.execute(f'DROP TRIGGER "{name}"' + (f' ON "{table}"' if is_postgres else ""))
        if is_postgres:
            cursor.execute("DROP FUNCTION IF EXISTS public_change()")
