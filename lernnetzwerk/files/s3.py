"""Stored files in a bucket of an S3-compatible store; needs the optional packages `s3` of pyproject.toml."""

import errno
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

SECONDS = 300  # validity of a signed address
MISSING = {"404", "NoSuchKey", "NotFound"}


class BucketStorage(S3Storage):
    """A private bucket. Browsers fetch from it only through signed addresses of short validity."""

    def __init__(self, **options: Any) -> None:
        defaults = {
            "addressing_style": "path",
            "client_config": Config(
                connect_timeout=5,
                read_timeout=20,
                retries={"max_attempts": 3},
                request_checksum_calculation="when_required",  # other stores than AWS refuse the checksums
                response_checksum_validation="when_required",
                s3={"addressing_style": "path"},
                signature_version="s3v4",
            ),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
            "querystring_expire": SECONDS,
        }
        super().__init__(**{**defaults, **options})

    def keys(self) -> Iterator[str]:
        """Every key, a thousand at a time."""
        with as_os_errors("the bucket"):
            yield from (found.key for found in self.bucket.objects.all())

    def signed_url(self, name: str, content_type: str, disposition: str) -> str:
        """An address for GET, valid for five minutes, with the type and disposition of its response."""
        fixed = {"ResponseContentType": content_type, "ResponseContentDisposition": disposition}
        return self.url(name, parameters={**fixed, "ResponseCacheControl": "no-cache"}, expire=SECONDS)

    def size(self, name: str) -> int:
        with as_os_errors(name):
            return super().size(name)

    def exists(self, name: str) -> bool:
        with as_os_errors(name):
            return super().exists(name)

    def delete(self, name: str) -> None:
        with as_os_errors(name):
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        with as_os_errors(name):
            return super().listdir(name)

    def _open(self, name: str, mode: str = "rb") -> File:
        if mode != "rb":
            raise ValueError("Stored files are written whole, by save().")
        return File(io.BufferedReader(Blob(self, name, self.size(name)), 1 << 16), name)

    def _save(self, name: str, content: File) -> str:
        with as_os_errors(name):
            return super()._save(name, content)


class Blob(io.RawIOBase):
    """A seekable stream of a blob, read over the network without a copy in memory or on disk."""

    def __init__(self, storage: BucketStorage, key: str, size: int) -> None:
        self.storage, self.key, self.size = storage, key, size
        self.position = 0
        self.body: Any = None  # boto3's StreamingBody

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.size}[whence]
        if start + offset != self.position:
            self._end()
        self.position = max(0, start + offset)
        return self.position

    def tell(self) -> int:
        return self.position

    def readinto(self, buffer: Any) -> int:
        if self.position >= self.size:
            return 0
        with as_os_errors(self.key):
            if self.body is None:
                asked = {"Bucket": self.storage.bucket.name, "Key": self.key, "Range": f"bytes={self.position}-"}
                self.body = self.storage.connection.meta.client.get_object(**asked)["Body"]
            data = self.body.read(len(buffer))
        buffer[: len(data)] = data
        self.position += len(data)
        return len(data)

    def close(self) -> None:
        self._end()
        super().close()

    def _end(self) -> None:
        if self.body is not None:
            self.body.close()
            self.body = None


@contextmanager
def as_os_errors(name: str) -> Iterator[None]:
    """Turn errors of the store into those of a disk: FileNotFoundError for a missing blob, else OSError."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in MISSING:
            raise FileNotFoundError(errno.ENOENT, "not in the bucket", name) from error
        raise OSError(errno.EHOSTDOWN, f"the store answered: {error}", name) from error
    except (BotoCoreError, Boto3Error) as error:
        raise OSError(errno.EHOSTDOWN, f"the store is out of reach: {error}", name) from error
