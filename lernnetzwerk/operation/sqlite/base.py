"""SQLite with persistent connections that notice when the database file was replaced."""

import os
import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connection = super().get_new_connection(conn_params)
        self.opened = identity(conn_params["database"])
        return connection

    def is_usable(self) -> bool:
        """Called once per request (CONN_HEALTH_CHECKS)."""
        return identity(self.settings_dict["NAME"]) == self.opened


def identity(path: str) -> tuple[int, int] | None:
    """Device and inode of a file; None if there is none, as for a database in memory."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
