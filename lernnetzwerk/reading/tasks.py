"""The task that reads one stored file; it is idempotent."""

import logging
from itertools import chain
from uuid import UUID

import django

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.reading.accessibility import key_of
from lernnetzwerk.reading.extraction import StoppedError, extract
from lernnetzwerk.reading.models import Reading
from lernnetzwerk.reading.office_pages import add_pages
from lernnetzwerk.reading.store import TakenOverError, begin, fail, save
from lernnetzwerk.sandbox.protocol import receive_pictures

if django.VERSION >= (6, 0):
    from django.tasks import task
else:
    from django_tasks import task  # type: ignore[no-redef]  # the package that became django.tasks

UNEXPECTED = "Beim Auslesen ist ein Fehler aufgetreten."

logger = logging.getLogger("lernnetzwerk.reading")


@task()
def read(file_id: str) -> None:
    read_file(file_id)


def read_file(file_id: UUID | str, again: bool = False) -> None:
    """Read a file that was not read yet, with `again` any file. Does nothing while another process reads it."""
    attempt = begin(file_id, again)
    if attempt is None:
        return
    try:
        extract_and_save(attempt)
    except UnreadableError as unreadable:
        fail(attempt, str(unreadable))
    except TakenOverError:
        logger.warning("reading %s was taken over by another attempt", file_id)
    except Exception:
        logger.exception("reading %s failed", file_id)
        fail(attempt, UNEXPECTED)


def extract_and_save(attempt: Reading) -> None:
    """A PDF whose pages take too long, or crash the child, is read without pictures; these are made later."""
    try:
        with extract(attempt.stored_file) as (result, response), add_pages(attempt.stored_file, result) as pictures:
            save(attempt, result, chain(receive_pictures(response), pictures))
    except StoppedError:
        if key_of(attempt) != "pdf":
            raise
        with extract(attempt.stored_file, pictured_pages=0) as (result, response):
            result.next_picture = None if result.unreadable else 1
            save(attempt, result, receive_pictures(response))
