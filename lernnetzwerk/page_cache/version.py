"""The version of all public content: a number that rises with every committed change of it."""

import logging

from django.db import DatabaseError, connection

STATEMENT = "SELECT SUM(counter) FROM page_cache_publicchanges"

logger = logging.getLogger("lernnetzwerk.page_cache")


def current_version() -> int | None:
    """None if the database does not answer; then nothing may be taken from the cache."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(STATEMENT)
            total = cursor.fetchone()[0]
    except DatabaseError:
        logger.exception("The version of the public content is unknown")
        return None
    return None if total is None else int(total)
