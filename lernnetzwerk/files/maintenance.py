"""What `manage.py tick` does for the stored files."""

from datetime import timedelta

from django.utils import timezone

from lernnetzwerk.files.consistency import examine_oldest
from lernnetzwerk.files.garbage_collection import collect, sweep
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.operation.maintenance import Chore, ChoreFailed, register

TEMPORARY_FOR = timedelta(days=1)
GRACE = timedelta(days=30)
EXAMINED_EVERY = timedelta(days=30)
SECONDS = 20  # of reading in each run


def sweep_remains() -> str:
    return f"{sweep(files_storage(), timezone.now() - TEMPORARY_FOR)} gelöscht."


def collect_leftovers() -> str:
    now = timezone.now()
    return f"{collect(files_storage(), now, now - GRACE)} gelöscht, auf die seit {GRACE.days} Tagen nichts verweist."


def examine_some() -> str:
    findings, due = examine_oldest(timezone.now() - EXAMINED_EVERY, SECONDS)
    told = f"{findings.told} geprüft, {due} weitere seit {EXAMINED_EVERY.days} Tagen nicht."
    if findings.damages:
        raise ChoreFailed(f"{told} Beschädigt: {' '.join(findings.damages)}")
    return told


register(
    Chore("Abgebrochene Uploads", 10, sweep_remains),
    Chore("Übrige Dateien (gc_media)", 20, collect_leftovers),
    Chore("Unversehrtheit (check_consistency)", 30, examine_some),
)
