"""Database objects that are created once for all tests of a module."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def made_once(blocker: DjangoDbBlocker, folders: pytest.TempPathFactory) -> Iterator[Path]:
    """For fixtures with the scope of a module: yields an empty folder for stored files, rolls all rows back at the end.

    Each test runs in a savepoint of this transaction that is rolled back, so no test sees changes by another.
    """
    folder = folders.mktemp("files")
    with blocker.unblock(), transaction.atomic():
        yield folder
        transaction.set_rollback(True)
