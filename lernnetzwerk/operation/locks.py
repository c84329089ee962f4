"""One process at a time, on one machine or on many; the turn ends with the process, whatever ends it."""

import fcntl
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def try_lock(name: str) -> Iterator[bool]:
    """Whether it is our turn to do `name`; never waits for somebody else's.

    With PostgreSQL an advisory lock of the session, so machines that share a database take turns as well; a pooler
    in front of it must pool sessions, not transactions. With SQLite, which is one machine's, a lock on a file beside
    the database.
    """
    if connection.vendor == "postgresql":
        yield from _session_lock(zlib.crc32(f"lernnetzwerk.{name}".encode()))
    else:
        yield from _file_lock(Path(f"{connection.settings_dict['NAME']}.{name}.lock"))


def _session_lock(key: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_ours = cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


def _file_lock(path: Path) -> Iterator[bool]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield _is_locked_now(descriptor)
    finally:
        os.close(descriptor)


def _is_locked_now(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
