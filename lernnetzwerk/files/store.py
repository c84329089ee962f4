"""Keep checked files for good. Call it inside the transaction that also writes what points to the file."""

import hashlib
import secrets

from django.core.files import File
from django.core.files.base import ContentFile

from lernnetzwerk.files.check import CheckedUpload, check
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage


def store(checked: CheckedUpload) -> StoredFile:
    """Write the blob durably, then its row. A rollback or crash leaves at most a blob for `gc_media`."""
    return keep(StoredFile.waiting(checked))


def store_bytes(data: bytes, name: str) -> StoredFile:
    """Check and store content made by the program; ValidationError like an upload."""
    return store(check(ContentFile(data, name=name)))


def keep(stored_file: StoredFile) -> StoredFile:
    """Store a waiting file; nothing happens when that was done before."""
    if stored_file.pending is None:
        return stored_file
    storage = files_storage()
    stored_file.sha256 = sha256(stored_file.pending.content)
    stored_file.key = storage.save(new_key(), stored_file.pending.content)
    try:
        stored_file.save()
    except BaseException:
        storage.delete(stored_file.key)
        raise
    stored_file.pending = None
    return stored_file


def new_key() -> str:
    """128 random bits, spread over 65,536 folders."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name[2:4]}/{name}"


def sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    return digest.hexdigest()
