"""Locks between processes, on one machine or on several; a lock ends with its process."""

import fcntl
import os
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.db import connection

FOLDER = Path(tempfile.gettempdir())
PAUSE = 0.05  # seconds between two attempts to take a slot


@contextmanager
def slot(name: str, count: int, seconds: float) -> Iterator[bool]:
    """Whether this thread gets one of `count` slots within `seconds`, of all threads and processes of this machine."""
    until = time.monotonic() + seconds
    paths = [FOLDER / f"lernnetzwerk-{os.getuid()}-{name}-{number}.lock" for number in range(count)]
    with ExitStack() as stack:
        while not (is_ours := any(stack.enter_context(_locked(path)) for path in paths)):
            stack.close()
            if time.monotonic() >= until:
                break
            time.sleep(PAUSE)
        yield is_ours


@contextmanager
def try_lock(name: str) -> Iterator[bool]:
    """Whether this process gets the lock `name`; never waits for another process.

    PostgreSQL: an advisory lock of the session, which also covers several machines; a connection pooler must pool
    sessions, not transactions. SQLite, which is limited to one machine: a lock on a file beside the database.
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


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    yield from _file_lock(path)


def _file_lock(path: Path) -> Iterator[bool]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
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
