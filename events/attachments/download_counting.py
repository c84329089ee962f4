"""Counts downloads of attachments per day and stores nothing about visitors."""

import atexit
import logging
import re
from collections import Counter
from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import date
from threading import Lock, Timer

from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, connections
from django.http import HttpRequest
from django.utils import timezone

ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)
WRITTEN_AFTER = 5.0  # seconds
ADD = """
    INSERT INTO events_downloadcount (material_id, day, number) VALUES {rows}
    ON CONFLICT (material_id, day) DO UPDATE SET number = events_downloadcount.number + excluded.number
"""

Counts = Mapping[tuple[int, date], int]  # by key of the attachment and day

logger = logging.getLogger("lernnetzwerk.materials")


def count_downloads(request: HttpRequest, attachments: Collection[int]) -> None:
    """Adds one to today's number of the attachments with these keys.

    HEAD requests, later parts of a file and robots are not counted. Nothing of the request is stored.
    """
    if request.method != "GET" or is_later_part(request) or ROBOTS.search(request.headers.get("User-Agent", "")):
        return
    counts = {(pk, timezone.localdate()): 1 for pk in attachments}
    if settings.DOWNLOADS_COUNTED_AT_ONCE:
        write(counts)
    else:
        write_later(counts)


def is_later_part(request: HttpRequest) -> bool:
    """Whether a seeking player or a resumed download asks for more of a file that was counted before."""
    wanted = request.headers.get("Range", "").strip()
    return bool(wanted) and not wanted.startswith("bytes=0-")


def write_later(counts: Counts) -> None:
    """Writes them with those of the next seconds, or when the process ends: each write waits for the disk."""
    with _lock:
        if not _waiting:
            timer = Timer(WRITTEN_AFTER, _write_in_thread)
            timer.daemon = True
            timer.start()
        _waiting.update(counts)


@atexit.register
def write_waiting() -> None:
    with _lock:
        counts = dict(_waiting)
        _waiting.clear()
    write(counts)


def _write_in_thread() -> None:
    try:
        write_waiting()
    finally:
        connections.close_all()


def write(counts: Counts) -> None:
    """A database error loses counts; a deleted attachment only its own."""
    try:
        add(counts)
    except IntegrityError:
        for key, number in counts.items():
            with suppress(IntegrityError):
                add({key: number})
    except DatabaseError:
        logger.warning("%s downloads could not be counted", sum(counts.values()), exc_info=True)


def add(counts: Counts) -> None:
    """One atomic statement; its rows are sorted, so that two statements never deadlock."""
    if not counts:
        return
    rows = ", ".join(["(%s, %s, %s)"] * len(counts))
    values = [value for (pk, day), number in sorted(counts.items()) for value in (pk, day, number)]
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(rows=rows), values)


_waiting: Counter[tuple[int, date]] = Counter()
_lock = Lock()
