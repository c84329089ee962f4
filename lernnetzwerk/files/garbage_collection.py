"""Deletes interrupted writes and unreferenced blobs. The grace period of a blob starts when a run first finds it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, ProtectedError, Q

from lernnetzwerk.files.models import Leftover, StoredFile, StoredFileQuerySet
from lernnetzwerk.files.storage import TEMPORARY


def old_temporary_files(storage: Storage, before: datetime) -> list[str]:
    """Names of unfinished writes last modified before that moment; younger ones may still be running."""
    found = []
    for name in names_below(storage, TEMPORARY):
        with suppress(FileNotFoundError):  # the write has ended meanwhile
            if storage.get_modified_time(name) < before:
                found.append(name)
    return found


def old_uploads(before: datetime) -> list[Path]:
    """Upload files of interrupted requests in the upload folder, as Django names them; only those of our own user."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    found = []
    for path in folder.glob("tmp*.upload*"):
        with suppress(OSError):
            facts = path.lstat()
            if path.is_file() and facts.st_uid == os.geteuid() and facts.st_mtime < before.timestamp():
                found.append(path)
    return found


def delete_temporary(storage: Storage, before: datetime, *, dry_run: bool = False) -> int:
    """Delete unfinished writes and uploads from before that moment and return their number."""
    names, paths = old_temporary_files(storage, before), old_uploads(before)
    if not dry_run:
        for name in names:
            storage.delete(name)
        for path in paths:
            path.unlink(missing_ok=True)
    return len(names) + len(paths)


def collect_garbage(storage: Storage, at: datetime, before: datetime, *, dry_run: bool = False) -> int:
    """Mark blobs without references, delete those marked by `before`, and return the number of the deleted ones."""
    mark_unreferenced(storage, at)
    leftovers = list(Leftover.objects.filter(noticed_at__lte=before))
    return len(leftovers) if dry_run else sum(remove(storage, leftover) for leftover in leftovers)


def blobs_in(storage: Storage) -> set[str]:
    """The keys of all blobs, without unfinished writes."""
    if hasattr(storage, "keys"):  # one request instead of one for each folder
        return set(storage.keys())
    return set(names_below(storage, "")) - set(names_below(storage, TEMPORARY))


def mark_unreferenced(storage: Storage, at: datetime) -> None:
    """Mark blobs and rows without references, and unmark those with references."""
    blobs = blobs_in(storage)
    referenced = set(referenced_files().values_list("key", flat=True))
    stored = set(StoredFile.objects.values_list("key", flat=True))
    leftovers = (blobs | stored) - referenced
    known = set(Leftover.objects.values_list("key", flat=True))
    Leftover.objects.filter(key__in=known - leftovers).delete()
    Leftover.objects.bulk_create([Leftover(key=key, noticed_at=at) for key in leftovers - known], ignore_conflicts=True)


def remove(storage: Storage, leftover: Leftover) -> bool:
    """Delete row and blob; returns False when the file has a reference by now.

    The row is deleted first: a crash in between leaves a blob without a row, which the next run finds.
    """
    key = leftover.key
    try:
        with transaction.atomic():
            StoredFile.objects.filter(key=key).delete()
            leftover.delete()
    except (IntegrityError, ProtectedError):
        return False
    storage.delete(key)
    return True


def referenced_files() -> StoredFileQuerySet:
    """Files with a reference from any row of any model.

    A foreign key that its model names in `describes` does not count: such a row is deleted with the file (CASCADE).
    """
    is_referenced = Q(pk__in=[])
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model, name = relation.related_model, relation.field.name
        if getattr(model, "describes", "") != name:
            is_referenced |= Q(Exists(model._base_manager.filter(**{name: OuterRef("pk")})))
    return StoredFile.objects.filter(is_referenced)


def names_below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from names_below(storage, prefix + name)
