"""Begin and end of a reading, each one transaction: what is known of a file is from one attempt, or not there."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any, BinaryIO
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import new_key, sha256
from lernnetzwerk.files.types import TYPES
from lernnetzwerk.reading.accessibility import level
from lernnetzwerk.reading.answer import Answer, PictureHead, contents
from lernnetzwerk.reading.findings import open_findings
from lernnetzwerk.reading.models import FilePage, Reading, Rendition

NAMES = {"small": "klein", "large": "gross"}
STUCK_AFTER = timedelta(minutes=10)
READABLE = [one.media_type for one in TYPES if one.kind != "subtitles"]


class TakenOverError(Exception):
    """Another attempt took this one for dead, or the file is gone."""


def readable_files() -> QuerySet[StoredFile]:
    """Files of people, not the pictures made of them."""
    return StoredFile.objects.filter(media_type__in=READABLE, rendition_of__isnull=True)


def is_stuck() -> Q:
    """Begun, and never heard of again: the process was killed."""
    return Q(state=Reading.State.RUNNING, started_at__lt=timezone.now() - STUCK_AFTER)


@transaction.atomic
def begin(file_id: UUID | str, again: bool) -> Reading | None:
    """The reading, running and ours; None when there is nothing to do or somebody else is doing it."""
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


def keep(reading: Reading, answer: Answer, file: BinaryIO) -> None:
    """Replace what was known. Blobs come first: writing them durably is slow and must not hold a lock."""
    with stored_pictures(reading, answer, file) as pictures:
        state = Reading.State.FAILED if answer.unreadable else Reading.State.DONE
        replace(reading, pictures, answer.pages, state=state, reason=answer.unreadable, **answer.facts)


def fail(reading: Reading, reason: str) -> None:
    with suppress(TakenOverError):
        replace(reading, [], [], state=Reading.State.FAILED, reason=reason)


@transaction.atomic
def replace(old: Reading, pictures: list[Rendition], pages: list[dict[str, Any]], **fields: Any) -> None:
    lock(old)
    old.pages.all().delete()
    Rendition.objects.filter(source=old.stored_file_id).delete()
    reading = Reading(stored_file=old.stored_file, attempts=old.attempts, started_at=old.started_at, **fields)
    reading.accessibility = level(reading)
    reading.open_findings = len(open_findings(reading))
    reading.save(force_update=True)
    FilePage.objects.bulk_create([FilePage(reading=reading, **page) for page in pages], batch_size=50)
    StoredFile.objects.bulk_create([rendition.picture for rendition in pictures], batch_size=50)
    Rendition.objects.bulk_create(pictures, batch_size=50)


def lock(reading: Reading) -> None:
    """Still the attempt that was begun: neither taken for dead and repeated, nor its file deleted."""
    same = {"pk": reading.pk, "state": Reading.State.RUNNING, "started_at": reading.started_at}
    if Reading.objects.select_for_update().filter(**same).first() is None:
        raise TakenOverError


@contextmanager
def stored_pictures(reading: Reading, answer: Answer, file: BinaryIO) -> Iterator[list[Rendition]]:
    """The blobs of the pictures, deleted again if their rows do not come to be."""
    pictures = []
    try:
        for head, content in contents(file, answer.pictures):
            pictures.append(rendition(reading.stored_file, head, content))
        yield pictures
    except BaseException:
        for picture in pictures:
            files_storage().delete(picture.picture.key)
        raise


def rendition(source: StoredFile, head: PictureHead, content: bytes) -> Rendition:
    blob = ContentFile(content)
    picture = StoredFile(
        key=files_storage().save(new_key(), blob),
        sha256=sha256(blob),
        size=len(content),
        media_type="image/webp",
        original_name=f"seite-{head.page}-{NAMES[head.size]}.webp",
        width=head.width,
        height=head.height,
    )
    return Rendition(source=source, number=head.page, size=head.size, picture=picture)
