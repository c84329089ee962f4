"""What lies in the storage and nobody needs any more. A grace period starts when that is first noticed."""

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
    """Unfinished writes; a younger one may still be going on."""
    found = []
    for name in names_below(storage, TEMPORARY):
        with suppress(FileNotFoundError):  # finished while we looked
            if storage.get_modified_time(name) < before:
                found.append(name)
    return found


def old_uploads(before: datetime) -> list[Path]:
    """What requests that never came to an end left in the folder of uploads, as Django names it; our own only."""
    folder = Path(settings.FILE_UPLOAD_TEMP_DIR or tempfile.gettempdir())
    found = []
    for path in folder.glob("tmp*.upload*"):
        with suppress(OSError):
            facts = path.lstat()
            if path.is_file() and facts.st_uid == os.geteuid() and facts.st_mtime < before.timestamp():
                found.append(path)
    return found


def sweep(storage: Storage, before: datetime, *, dry_run: bool = False) -> int:
    """Deletes what unfinished writes and requests left before that moment; tells how many that are."""
    names, paths = old_temporary_files(storage, before), old_uploads(before)
    if not dry_run:
        for name in names:
            storage.delete(name)
        for path in paths:
            path.unlink(missing_ok=True)
    return len(names) + len(paths)


def collect(storage: Storage, at: datetime, before: datetime, *, dry_run: bool = False) -> int:
    """Deletes what nothing has pointed to since that moment, and notices what is left over now; tells how many."""
    notice_leftovers(storage, at)
    leftovers = list(Leftover.objects.filter(noticed_at__lte=before))
    return len(leftovers) if dry_run else sum(remove(storage, leftover) for leftover in leftovers)


def blobs_in(storage: Storage) -> set[str]:
    """The keys of everything stored, without what is still being written."""
    if hasattr(storage, "keys"):  # one list instead of a question for each folder
        return set(storage.keys())
    return set(names_below(storage, "")) - set(names_below(storage, TEMPORARY))


def notice_leftovers(storage: Storage, at: datetime) -> None:
    """Remember from now on what nothing points to, and forget what is pointed to again."""
    blobs = blobs_in(storage)
    needed = set(needed_files().values_list("key", flat=True))
    stored = set(StoredFile.objects.values_list("key", flat=True))
    leftovers = (blobs | stored) - needed
    known = set(Leftover.objects.values_list("key", flat=True))
    Leftover.objects.filter(key__in=known - leftovers).delete()
    Leftover.objects.bulk_create([Leftover(key=key, noticed_at=at) for key in leftovers - known], ignore_conflicts=True)


def remove(storage: Storage, leftover: Leftover) -> bool:
    """Delete row and blob; False when something came to point to the file in the meantime.

    The row goes first: a crash in between leaves a blob without a row, which the next run finds.
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


def needed_files() -> StoredFileQuerySet:
    """Files that any row of any model points to.

    A row that only tells something about a file does not keep it: its model names that foreign key in `describes`,
    and goes with the file (CASCADE).
    """
    is_needed = Q(pk__in=[])
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model, name = relation.related_model, relation.field.name
        if getattr(model, "describes", "") != name:
            is_needed |= Q(Exists(model._base_manager.filter(**{name: OuterRef("pk")})))
    return StoredFile.objects.filter(is_needed)


def names_below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from names_below(storage, prefix + name)
