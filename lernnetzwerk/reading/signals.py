"""Enqueues the reading of each stored file."""

from typing import Any
from uuid import UUID

from lernnetzwerk.reading.tasks import read


def read_later(file_id: UUID, **_kwargs: Any) -> None:
    read.enqueue(str(file_id))
