"""Begin and end of a reading, each in one transaction: all stored facts come from the same attempt."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from msgspec import to_builtins
from msgspec.structs import asdict

from lernnetzwerk.files.checksum import sha256
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import new_key
from lernnetzwerk.files.types import TYPES
from lernnetzwerk.formats.results import Page, Picture, ReadResult
from lernnetzwerk.reading.accessibility import level
from lernnetzwerk.reading.findings import open_findings
from lernnetzwerk.reading.models import FilePage, Reading, Rendition

NAMES = {"small": "klein", "large": "gross"}
FACTS = (
    "title",
    "language",
    "seconds",
    "width",
    "height",
    "is_tagged",
    "has_headings",
    "figures",
    "figures_described",
    "is_scan",
    "is_encrypted",
    "hidden_content",
    "remarks",
    "next_picture",
    "names",
    "codecs",
)
STUCK_AFTER = timedelta(minutes=10)
READABLE = [one.media_type for one in TYPES if one.kind != "subtitles"]


class TakenOverError(Exception):
    """A later attempt has replaced this one, or the file was deleted."""


def readable_files() -> QuerySet[StoredFile]:
    """Uploaded files, without the renditions made of them."""
    return StoredFile.objects.filter(media_type__in=READABLE, rendition_of__isnull=True)


def is_stuck() -> Q:
    """Condition for readings that never ended because their process was killed."""
    return Q(state=Reading.State.RUNNING, started_at__lt=timezone.now() - STUCK_AFTER)


@transaction.atomic
def begin(file_id: UUID | str, again: bool) -> Reading | None:
    """The running reading of a new attempt; None when there is nothing to read or another attempt is running."""
    stored_file = readable_files().filter(pk=file_id).first()
    if stored_file is None:
        return None
    Reading.objects.get_or_create(stored_file=stored_file)
    reading = Reading.objects.select_for_update().get(stored_file=stored_file)
    was_begun = reading.state == Reading.State.RUNNING and reading.attempts > 0
    if was_begun and reading.started_at > timezone.now() - STUCK_AFTER:
        return None
    if reading.state != Reading.State.RUNNING and not again:
        return None
    reading.state, reading.reason, reading.started_at = Reading.State.RUNNING, "", timezone.now()
    reading.attempts = reading.attempts + 1 if was_begun else 1
    reading.save()
    return reading


def save(reading: Reading, result: ReadResult, pictures: Iterable[Picture]) -> None:
    """Replace the stored facts. The blobs are written first: their fsync is slow and must not hold a lock."""
    facts = {name: getattr(result, name) for name in FACTS}
    facts["outline"] = to_builtins(result.outline)
    facts["active_content"] = sorted(result.active_content)
    state = Reading.State.FAILED if result.unreadable else Reading.State.DONE
    with stored_renditions(reading.stored_file, pictures) as renditions:
        replace(reading, renditions, result.pages, state=state, reason=result.unreadable, **facts)


def fail(reading: Reading, reason: str) -> None:
    with suppress(TakenOverError):
        replace(reading, [], [], state=Reading.State.FAILED, reason=reason)


@transaction.atomic
def replace(old: Reading, renditions: list[Rendition], pages: list[Page], **fields: Any) -> None:
    lock(old)
    old.pages.all().delete()
    Rendition.objects.filter(source=old.stored_file_id).delete()
    reading = Reading(stored_file=old.stored_file, attempts=old.attempts, started_at=old.started_at, **fields)
    reading.accessibility = level(reading)
    reading.open_findings = len(open_findings(reading))
    reading.save(force_update=True)
    FilePage.objects.bulk_create([FilePage(reading=reading, **asdict(page)) for page in pages], batch_size=50)
    StoredFile.objects.bulk_create([rendition.picture for rendition in renditions], batch_size=50)
    Rendition.objects.bulk_create(renditions, batch_size=50)


def lock(reading: Reading) -> None:
    """Lock the row of this attempt. Raises TakenOverError when it is replaced or its file is deleted."""
    same = {"pk": reading.pk, "state": Reading.State.RUNNING, "started_at": reading.started_at}
    if Reading.objects.select_for_update().filter(**same).first() is None:
        raise TakenOverError


@contextmanager
def stored_renditions(source: StoredFile, pictures: Iterable[Picture]) -> Iterator[list[Rendition]]:
    """Unsaved rows whose blobs are stored; the blobs are deleted when the block fails."""
    renditions: list[Rendition] = []
    try:
        for picture in pictures:
            renditions.append(rendition(source, picture))
        yield renditions
    except BaseException:
        for one in renditions:
            files_storage().delete(one.picture.key)
        raise


def rendition(source: StoredFile, picture: Picture) -> Rendition:
    blob = ContentFile(picture.content)
    stored_file = StoredFile(
        key=files_storage().save(new_key(), blob),
        sha256=sha256(blob),
        size=len(picture.content),
        media_type="image/webp",
        original_name=f"seite-{picture.page}-{NAMES[picture.size]}.webp",
        width=picture.width,
        height=picture.height,
    )
    return Rendition(source=source, number=picture.page, size=picture.size, picture=stored_file)
