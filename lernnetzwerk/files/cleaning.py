"""What lies in the storage and nobody needs any more. A grace period starts when that is first noticed."""

from collections.abc import Iterator
from datetime import datetime

from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import Exists, ForeignObjectRel, OuterRef, ProtectedError, Q

from lernnetzwerk.files.models import Leftover, StoredFile, StoredFileQuerySet
from lernnetzwerk.files.storage import TEMPORARY


def old_temporary_files(storage: Storage, before: datetime) -> list[str]:
    """Unfinished writes; a younger one may still be going on."""
    return [name for name in names_below(storage, TEMPORARY) if storage.get_modified_time(name) < before]


def notice_leftovers(storage: Storage, at: datetime) -> None:
    """Remember from now on what nothing points to, and forget what is pointed to again."""
    blobs = set(names_below(storage, "")) - set(names_below(storage, TEMPORARY))
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
    """Files that any row of any model points to, unless it only `describes` the file."""
    is_needed = Q(pk__in=[])
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if relation.auto_created and not relation.concrete and not describes(relation):
            users = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            is_needed |= Exists(users)
    return StoredFile.objects.filter(is_needed)


def describes(relation: ForeignObjectRel) -> bool:
    """A model that only holds what can be read from a file again names that pointer in `describes`."""
    return getattr(relation.related_model, "describes", None) == relation.field.name


def names_below(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from (prefix + name for name in files)
    for name in folders:
        yield from names_below(storage, prefix + name)
