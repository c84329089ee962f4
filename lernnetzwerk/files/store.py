"""Stores checked files. Call it in the transaction that also writes the row that refers to the file."""

import logging
import secrets
from functools import partial
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from lernnetzwerk.files.check import CheckedUpload, check
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.signals import stored
from lernnetzwerk.files.storage import files_storage

logger = logging.getLogger("lernnetzwerk.files")


def store(checked: CheckedUpload) -> StoredFile:
    """Write the blob durably, then its row. A rollback or crash leaves at most a blob for `gc_media`."""
    return save(StoredFile.unsaved(checked))


def store_bytes(data: bytes, name: str) -> StoredFile:
    """Check and store generated content. Raises ValidationError."""
    return store(check(ContentFile(data, name=name)))


def save(stored_file: StoredFile) -> StoredFile:
    """Store an unsaved file and send `stored` after the commit; does nothing for a stored one."""
    if stored_file.pending is None:
        return stored_file
    write(stored_file, stored_file.pending)
    transaction.on_commit(partial(send_stored, stored_file.pk), robust=True)
    return stored_file


def send_stored(file_id: UUID) -> None:
    for receiver, response in stored.send_robust(sender=StoredFile, file_id=file_id):
        if isinstance(response, Exception):
            logger.error("%r failed on the stored file %s", receiver, file_id, exc_info=response)


def write(stored_file: StoredFile, checked: CheckedUpload) -> None:
    storage = files_storage()
    stored_file.sha256 = checked.sha256
    stored_file.key = storage.save(new_key(), checked.content)
    try:
        stored_file.save()
    except BaseException:
        storage.delete(stored_file.key)
        raise
    stored_file.pending = None


def new_key() -> str:
    """128 random bits, spread over 65,536 folders."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name}"
