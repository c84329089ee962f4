"""Task of `manage.py maintenance`: read files whose reading was lost or killed, and make missing pictures."""

import time
from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from lernnetzwerk.files.facts import count
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.operation.maintenance import Task, register
from lernnetzwerk.reading.models import Reading
from lernnetzwerk.reading.more_pictures import continue_pictures, unfinished
from lernnetzwerk.reading.store import fail, is_stuck, readable_files
from lernnetzwerk.reading.tasks import read_file

MOST_ATTEMPTS = 2
OVERDUE_AFTER = timedelta(minutes=5)  # the upload's own task is lost by then
SECONDS = 120
GIVEN_UP = "Das Auslesen ist zweimal abgebrochen."


def read_again() -> str:
    """Read overdue files, then make missing pictures, for at most `SECONDS` and return a German summary."""
    given_up = give_up()
    until = time.monotonic() + SECONDS
    waiting, done = list(overdue().values_list("pk", flat=True)[:1_000]), 0
    for file_id in waiting:
        if time.monotonic() > until:
            break
        read_file(file_id)
        done += 1
    left = len(waiting) - done + pictured_later(until)
    return f"{done} ausgelesen, {given_up} aufgegeben, {count(left, 'wartet', 'warten')} noch."


def pictured_later(until: float) -> int:
    """Make missing pictures of pages and return the number of files that still lack some."""
    return sum(not continue_pictures(reading, until) for reading in unfinished()[:1_000])


def overdue() -> QuerySet[StoredFile]:
    readings = Reading.objects.filter(stored_file=OuterRef("pk"))
    stuck = Exists(readings.filter(is_stuck()))
    unread = ~Exists(readings)
    return readable_files().filter(unread | stuck, created_at__lt=timezone.now() - OVERDUE_AFTER).order_by("created_at")


def give_up() -> int:
    """Fail readings that were killed twice and return their number."""
    failed_readings = Reading.objects.filter(is_stuck(), attempts__gte=MOST_ATTEMPTS).select_related("stored_file")
    for reading in failed_readings:
        fail(reading, GIVEN_UP)
    return len(failed_readings)


register(Task("Nachträglich auslesen", 40, read_again))
