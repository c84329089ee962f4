"""A file was stored: have it read after the answer, or at once where nothing else works tasks off."""

from uuid import UUID

from lernnetzwerk.reading.tasks import read


def read_later(file_id: UUID, **_kwargs: object) -> None:
    read.enqueue(str(file_id))
