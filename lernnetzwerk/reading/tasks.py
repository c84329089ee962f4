"""The task that reads one stored file; it is idempotent."""

import logging
from uuid import UUID

import django

from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.reading.extraction import extract
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
        with extract(attempt.stored_file) as (result, response):
            save(attempt, result, receive_pictures(response))
    except UnreadableError as unreadable:
        fail(attempt, str(unreadable))
    except TakenOverError:
        logger.warning("reading %s was taken over by another attempt", file_id)
    except Exception:
        logger.exception("reading %s failed", file_id)
        fail(attempt, UNEXPECTED)
