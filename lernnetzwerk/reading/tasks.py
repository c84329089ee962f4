"""The task that reads one stored file. Doing it twice does no harm."""

import logging
from uuid import UUID

import django

from lernnetzwerk.reading.apart import looked_into
from lernnetzwerk.reading.inside import UnreadableError
from lernnetzwerk.reading.keeping import TakenOverError, begin, fail, keep

if django.VERSION >= (6, 0):
    from django.tasks import task
else:
    from django_tasks import task  # type: ignore[no-redef]  # the package Django's own was made of

UNEXPECTED = "Beim Auslesen ist ein Fehler aufgetreten."

logger = logging.getLogger("lernnetzwerk.reading")


@task()
def read(file_id: str) -> None:
    read_file(file_id)


def read_file(file_id: UUID | str, again: bool = False) -> None:
    """Look into a file nobody has looked into yet, or, `again`, into any; nothing happens while somebody is at it."""
    attempt = begin(file_id, again)
    if attempt is None:
        return
    try:
        with looked_into(attempt.stored_file) as (answer, file):
            keep(attempt, answer, file)
    except UnreadableError as unreadable:
        fail(attempt, str(unreadable))
    except TakenOverError:
        logger.warning("reading %s was taken over by another attempt", file_id)
    except Exception:
        logger.exception("reading %s failed", file_id)
        fail(attempt, UNEXPECTED)
