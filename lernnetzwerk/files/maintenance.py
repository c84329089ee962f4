"""Tasks of `manage.py maintenance` for stored files."""

from datetime import timedelta

from django.utils import timezone

from lernnetzwerk.files.consistency import verify_oldest
from lernnetzwerk.files.garbage_collection import collect_garbage, delete_temporary
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.operation.maintenance import Task, TaskFailed, register

TEMPORARY_AFTER = timedelta(days=1)
GRACE = timedelta(days=30)
VERIFIED_EVERY = timedelta(days=30)
SECONDS = 20  # of reading in each run


def delete_interrupted() -> str:
    return f"{delete_temporary(files_storage(), timezone.now() - TEMPORARY_AFTER)} gelöscht."


def delete_unreferenced() -> str:
    now = timezone.now()
    deleted = collect_garbage(files_storage(), now, now - GRACE)
    return f"{deleted} gelöscht, auf die seit {GRACE.days} Tagen nichts verweist."


def verify_some() -> str:
    findings, due = verify_oldest(timezone.now() - VERIFIED_EVERY, SECONDS)
    summary = f"{findings.summary} geprüft, {due} weitere seit {VERIFIED_EVERY.days} Tagen nicht."
    if findings.damages:
        raise TaskFailed(f"{summary} Beschädigt: {' '.join(findings.damages)}")
    return summary


register(
    Task("Abgebrochene Uploads", 10, delete_interrupted),
    Task("Übrige Dateien (gc_media)", 20, delete_unreferenced),
    Task("Unversehrtheit (check_consistency)", 30, verify_some),
)
