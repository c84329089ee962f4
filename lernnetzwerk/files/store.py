"""Keep checked files for good. Call it inside the transaction that also writes what points to the file."""

import hashlib
import logging
import secrets
from functools import partial
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from lernnetzwerk.files.check import CheckedUpload, check
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.signals import stored
from lernnetzwerk.files.storage import files_storage

logger = logging.getLogger("lernnetzwerk.files")


def store(checked: CheckedUpload) -> StoredFile:
    """Write the blob durably, then its row. A rollback or crash leaves at most a blob for `gc_media`."""
    return keep(StoredFile.waiting(checked))


def store_bytes(data: bytes, name: str) -> StoredFile:
    """Check and store content made by the program; ValidationError like an upload."""
    return store(check(ContentFile(data, name=name)))


def keep(stored_file: StoredFile) -> StoredFile:
    """Store a waiting file and say so after the commit; nothing happens when that was done before."""
    if stored_file.pending is None:
        return stored_file
    write(stored_file, stored_file.pending.content)
    transaction.on_commit(partial(announce, stored_file.pk), robust=True)
    return stored_file


def announce(file_id: UUID) -> None:
    for receiver, answer in stored.send_robust(sender=StoredFile, file_id=file_id):
        if isinstance(answer, Exception):
            logger.error("%r failed on the stored file %s", receiver, file_id, exc_info=answer)


def write(stored_file: StoredFile, content: File) -> None:
    storage = files_storage()
    stored_file.sha256 = sha256(content)
    stored_file.key = storage.save(new_key(), content)
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


def sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
