"""Counts downloads of attachments per day and stores nothing about visitors."""

import logging
import re
from collections.abc import Collection
from datetime import date

from django.db import DatabaseError, connection
from django.http import HttpRequest
from django.utils import timezone

ROBOTS = re.compile(r"bot|crawl|spider|slurp|preview|monitor", re.IGNORECASE)
ADD_ONE = """
    INSERT INTO events_downloadcount (material_id, day, number) VALUES {rows}
    ON CONFLICT (material_id, day) DO UPDATE SET number = events_downloadcount.number + 1
"""

logger = logging.getLogger("lernnetzwerk.materials")


def count_downloads(request: HttpRequest, attachments: Collection[int]) -> None:
    """Adds one to today's number of the attachments with these keys.

    HEAD requests, later parts of a file and robots are not counted. Nothing of the request is stored.
    A database error loses the count, never the download.
    """
    if request.method != "GET" or is_later_part(request) or ROBOTS.search(request.headers.get("User-Agent", "")):
        return
    try:
        add_one(attachments, timezone.localdate())
    except DatabaseError:
        logger.warning("a download could not be counted", exc_info=True)


def is_later_part(request: HttpRequest) -> bool:
    """Whether a seeking player or a resumed download asks for more of a file that was counted before."""
    wanted = request.headers.get("Range", "").strip()
    return bool(wanted) and not wanted.startswith("bytes=0-")


def add_one(attachments: Collection[int], day: date) -> None:
    """One atomic statement; its rows are sorted, so that two statements never deadlock."""
    if not attachments:
        return
    rows = ", ".join(["(%s, %s, 1)"] * len(attachments))
    with connection.cursor() as cursor:
        cursor.execute(ADD_ONE.format(rows=rows), [value for pk in sorted(attachments) for value in (pk, day)])
