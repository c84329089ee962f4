"""Objects that are created once for all tests of a file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def made_once(blocker: DjangoDbBlocker, folders: pytest.TempPathFactory) -> Iterator[Path]:
    """For a fixture of a module: yields an empty folder for stored files; the rows made meanwhile go at the end.

    Each test runs inside this transaction and is rolled back alone, so none sees what another one changed.
    """
    folder = folders.mktemp("files")
    with blocker.unblock(), transaction.atomic():
        yield folder
        transaction.set_rollback(True)
