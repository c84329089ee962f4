"""Verifies that each row has its blob with the right size and checksum."""

import errno
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.storage import Storage
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from lernnetzwerk.files.checksum import sha256
from lernnetzwerk.files.facts import format_size
from lernnetzwerk.files.garbage_collection import blobs_in, referenced_files
from lernnetzwerk.files.models import Examination, StoredFile
from lernnetzwerk.files.storage import files_storage

CHUNK = 1 << 20
BATCH = 200
UNREADABLE = {errno.EACCES, errno.EPERM, errno.EIO}


@dataclass
class Findings:
    """Verified files and bytes, and a German sentence for each damaged file."""

    files: int = 0
    size: int = 0
    damages: list[str] = field(default_factory=list)

    @property
    def summary(self) -> str:
        return f"{self.files} {'Datei' if self.files == 1 else 'Dateien'}, {format_size(self.size)}"

    def verify(self, stored_file: StoredFile, *, quick: bool = False) -> None:
        """Compare one file and record the result; a row deleted meanwhile is no damage."""
        damage = damage_of(stored_file, quick=quick)
        if damage and not StoredFile.objects.filter(pk=stored_file.pk).exists():
            return
        if damage or not quick:
            record(stored_file, damage)
        self.files += 1
        self.size += stored_file.size
        if damage:
            self.damages.append(f"{stored_file} (Kennung {stored_file.pk}, Schlüssel {stored_file.key}): {damage}")


def damage_of(stored_file: StoredFile, *, quick: bool = False) -> str:
    """The damage of a blob as a German sentence, or an empty string."""
    try:
        size = files_storage().size(stored_file.key)
        if size != stored_file.size:
            return f"{size} Bytes statt {stored_file.size}."
        if not quick and _checksum(stored_file) != stored_file.sha256:
            return "Der Inhalt hat sich verändert (andere Prüfsumme)."
    except (FileNotFoundError, NotADirectoryError):
        return "Der Inhalt fehlt im Dateispeicher."
    except OSError as error:
        if error.errno not in UNREADABLE:  # the whole store is unavailable
            raise
        return f"Der Inhalt lässt sich nicht lesen ({error.strerror})."
    return ""


def _checksum(stored_file: StoredFile) -> str:
    with stored_file.open() as file:
        return sha256(file, CHUNK)


def record(stored_file: StoredFile, damage: str) -> None:
    with suppress(IntegrityError), transaction.atomic():  # the row may be gone by now
        Examination.objects.update_or_create(
            stored_file=stored_file, defaults={"examined_at": timezone.now(), "damage": damage}
        )


def all_files() -> Iterator[StoredFile]:
    """All rows, in batches of constant size."""
    rows = list(StoredFile.objects.order_by("pk")[:BATCH])
    while rows:
        yield from rows
        rows = list(StoredFile.objects.filter(pk__gt=rows[-1].pk).order_by("pk")[:BATCH])


def unreferenced(storage: Storage) -> tuple[list[str], list[StoredFile]]:
    """Blobs without a row, and rows without a reference. Neither is damage: `gc_media` deletes them."""
    blobs = blobs_in(storage)
    blobs -= set(StoredFile.objects.values_list("key", flat=True))  # queried last: an upload writes its blob first
    return sorted(blobs), list(StoredFile.objects.exclude(pk__in=referenced_files().values("pk")))


def verify_oldest(since: datetime, seconds: float) -> tuple[Findings, int]:
    """Verify all damaged files, then those not verified since that moment, the oldest first.

    Starts no further file after `seconds`. Returns the findings and the number of files still due.
    """
    end, findings = time.monotonic() + seconds, Findings()
    for stored_file in StoredFile.objects.filter(examination__damage__gt="").order_by("pk"):
        findings.verify(stored_file)
    due = StoredFile.objects.filter(Q(examination__isnull=True) | Q(examination__examined_at__lt=since))
    by_age = due.order_by(F("examination__examined_at").asc(nulls_first=True), "pk")
    while time.monotonic() < end and (rows := list(by_age[:BATCH])):
        for stored_file in rows:
            if time.monotonic() >= end:
                break
            findings.verify(stored_file)
    return findings, due.count()
