"""Makes the pictures of pages for which a reading had no time left."""

import time
from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet, Sum

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.results import Picture
from lernnetzwerk.reading.extraction import LIMITS, StoppedError, extract, key_of
from lernnetzwerk.reading.models import Reading, Rendition
from lernnetzwerk.reading.office_pages import numbered, read_as_pdf
from lernnetzwerk.reading.store import TakenOverError, stored_renditions
from lernnetzwerk.sandbox.protocol import receive_pictures


def unfinished() -> QuerySet[Reading]:
    found = Reading.objects.filter(state=Reading.State.DONE, next_picture__isnull=False)
    return found.select_related("stored_file").order_by("started_at")


def continue_pictures(reading: Reading, until: float) -> bool:
    """Make pictures until all are there or `until` (monotonic seconds) is over; returns whether all are there.

    After a failure the pages are tried one by one, and the first one that fails alone stays without a picture.
    """
    is_alone = False
    while reading.next_picture and time.monotonic() < until:
        page = reading.next_picture
        try:
            make_pictures(reading, is_alone)
            if reading.next_picture is not None and reading.next_picture <= page:
                skip_to(reading, page + 1)
        except StoppedError:
            if is_alone:
                skip_to(reading, page + 1)
            is_alone = not is_alone
        except UnreadableError:
            skip_to(reading, None)
        except TakenOverError:
            return True
    return reading.next_picture is None


def make_pictures(reading: Reading, is_alone: bool) -> None:
    """Add pictures from the next page on, with `is_alone` only that page's."""
    stored = Rendition.objects.filter(source=reading.stored_file_id).aggregate(bytes=Sum("picture__size"))["bytes"]
    limits = {
        "pages": 0,
        "pictured_from": reading.next_picture or 1,
        "picture_bytes": max(0, LIMITS.picture_bytes - (stored or 0)),
        **({"picture_seconds": 0} if is_alone else {}),
    }
    if key_of(reading.stored_file) == "pdf":
        with extract(reading.stored_file, **limits) as (result, response):
            add(reading, result.next_picture, receive_pictures(response))
    else:
        numbers = list(reading.pages.values_list("number", flat=True).order_by("number"))
        with read_as_pdf(reading.stored_file, **limits) as (result, response):
            add(reading, result.next_picture, numbered(result, response, numbers))


def add(reading: Reading, next_picture: int | None, pictures: Iterable[Picture]) -> None:
    """Store further pictures. Raises TakenOverError when the file was read again or deleted meanwhile."""
    with stored_renditions(reading.stored_file, pictures) as renditions, transaction.atomic():
        move(reading, next_picture)
        StoredFile.objects.bulk_create([rendition.picture for rendition in renditions], batch_size=50)
        Rendition.objects.bulk_create(renditions, batch_size=50)
    reading.next_picture = next_picture


def skip_to(reading: Reading, next_picture: int | None) -> None:
    is_last = next_picture is None or next_picture > LIMITS.pictured_pages
    with transaction.atomic():
        move(reading, None if is_last else next_picture)
    reading.next_picture = None if is_last else next_picture


def move(reading: Reading, next_picture: int | None) -> None:
    """Change the row if it is still that of this attempt. Raises TakenOverError."""
    same = {"state": Reading.State.DONE, "started_at": reading.started_at, "next_picture": reading.next_picture}
    if not Reading.objects.filter(pk=reading.pk, **same).update(next_picture=next_picture):
        raise TakenOverError
