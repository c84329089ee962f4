"""Does every row have its blob, with the right size and content? Reads in chunks, whatever the size of a file."""

import errno
import hashlib
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from lernnetzwerk.files.facts import format_size
from lernnetzwerk.files.garbage_collection import blobs_in, needed_files
from lernnetzwerk.files.models import Examination, StoredFile
from lernnetzwerk.files.storage import files_storage

CHUNK = 1 << 20
AT_ONCE = 200
UNREADABLE = {errno.EACCES, errno.EPERM, errno.EIO}


@dataclass
class Findings:
    """What was read, in files and bytes, and a German sentence for each damaged file."""

    files: int = 0
    size: int = 0
    damages: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        return f"{self.files} {'Datei' if self.files == 1 else 'Dateien'}, {format_size(self.size)}"

    def examine(self, stored_file: StoredFile, *, quick: bool = False) -> None:
        """Compares one file and remembers the result; a row deleted meanwhile is no damage."""
        damage = damage_of(stored_file, quick=quick)
        if damage and not StoredFile.objects.filter(pk=stored_file.pk).exists():
            return
        if damage or not quick:
            note(stored_file, damage)
        self.files += 1
        self.size += stored_file.size
        if damage:
            self.damages.append(f"{stored_file} (Kennung {stored_file.pk}, Schlüssel {stored_file.key}): {damage}")


def damage_of(stored_file: StoredFile, *, quick: bool = False) -> str:
    """What is wrong with the blob, as a German sentence; empty when it is as its row says."""
    try:
        size = files_storage().size(stored_file.key)
        if size != stored_file.size:
            return f"{size} Bytes statt {stored_file.size}."
        if not quick and _sha256(stored_file) != stored_file.sha256:
            return "Der Inhalt hat sich verändert (andere Prüfsumme)."
    except (FileNotFoundError, NotADirectoryError):
        return "Der Inhalt fehlt im Dateispeicher."
    except OSError as error:
        if error.errno not in UNREADABLE:  # the whole store is away: that says nothing about this file
            raise
        return f"Der Inhalt lässt sich nicht lesen ({error.strerror})."
    return ""


def _sha256(stored_file: StoredFile) -> str:
    digest = hashlib.sha256()
    with stored_file.open() as file:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def note(stored_file: StoredFile, damage: str) -> None:
    with suppress(IntegrityError), transaction.atomic():  # the row may be gone by now
        Examination.objects.update_or_create(
            stored_file=stored_file, defaults={"examined_at": timezone.now(), "damage": damage}
        )


def every_file() -> Iterator[StoredFile]:
    """All rows, a few at a time: no statement and no list grows with their number."""
    rows = list(StoredFile.objects.order_by("pk")[:AT_ONCE])
    while rows:
        yield from rows
        rows = list(StoredFile.objects.filter(pk__gt=rows[-1].pk).order_by("pk")[:AT_ONCE])


def unreferenced(storage: Storage) -> tuple[list[str], list[StoredFile]]:
    """Blobs without a row, and rows that nothing points to; neither is damage, `gc_media` removes them in time."""
    blobs = blobs_in(storage)
    blobs -= set(StoredFile.objects.values_list("key", flat=True))  # asked last: an upload has its blob first
    return sorted(blobs), list(StoredFile.objects.exclude(pk__in=needed_files().values("pk")))


def examine_oldest(since: datetime, seconds: float) -> tuple[Findings, int]:
    """Examines what was found damaged, then what was not examined since that moment, the longest ago first.

    Begins no further file after `seconds`; tells as well how many stay due.
    """
    end, findings = time.monotonic() + seconds, Findings()
    for stored_file in StoredFile.objects.filter(examination__damage__gt="").order_by("pk"):
        findings.examine(stored_file)
    due = StoredFile.objects.filter(Q(examination__isnull=True) | Q(examination__examined_at__lt=since))
    by_age = due.order_by(F("examination__examined_at").asc(nulls_first=True), "pk")
    while time.monotonic() < end and (rows := list(by_age[:AT_ONCE])):
        for stored_file in rows:
            if time.monotonic() >= end:
                break
            findings.examine(stored_file)
    return findings, due.count()
