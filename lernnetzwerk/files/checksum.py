import hashlib

from django.core.files import File


def sha256(content: File, chunk_size: int | None = None) -> str:
    """SHA-256 in hexadecimal, read in chunks of `chunk_size` bytes (default: Django's 64 KiB)."""
    digest = hashlib.sha256()
    for chunk in content.chunks(chunk_size):
        digest.update(chunk)
    return digest.hexdigest()
