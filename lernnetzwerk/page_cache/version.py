"""The version of all public content: a number that rises with every committed change of it."""

import logging

from django.db import DatabaseError, InterfaceError, OperationalError, connection

STATEMENT = "SELECT CAST(SUM(counter) AS bigint) FROM page_cache_publicchanges"

logger = logging.getLogger("lernnetzwerk.page_cache")


def current_version() -> int | None:
    """None if the database does not answer; then nothing may be taken from the cache."""
    try:
        return _total()
    except DatabaseError:
        logger.exception("The version of the public content is unknown")
        return None


def quick_version() -> int | None:
    """As `current_version`, for a first attempt: it does not try a lost connection again.

    On PostgreSQL it needs no cursor, which costs several times as much as the question.
    """
    if connection.vendor != "postgresql":
        return current_version()
    try:
        connection.ensure_connection()
        with connection.wrap_database_errors:
            answer = connection.connection.pgconn.exec_(STATEMENT.encode())
    except (DatabaseError, InterfaceError):
        return None
    return int(value) if answer.ntuples and (value := answer.get_value(0, 0)) else None


def _total() -> int | None:
    """The sum, which also shows that the connection is alive; of a lost one the second attempt opens another.

    On SQLite Django's own check is needed besides: it notices that another file has taken the place of the open one.
    """
    if connection.vendor == "postgresql":
        connection.health_check_done = True  # type: ignore[attr-defined]  # missing in the stubs
    try:
        return _ask()
    except (InterfaceError, OperationalError):
        if connection.in_atomic_block:
            raise
        connection.close()
        return _ask()


def _ask() -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT)
        return cursor.fetchone()[0]
