"""The storage of files in a folder; a bucket (`lernnetzwerk.files.s3`) can replace it in STORAGES."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.deconstruct import deconstructible

TEMPORARY = "tmp"  # folder of unfinished writes, on the same file system as the finished ones


@deconstructible(path="lernnetzwerk.files.storage.DurableStorage")
class DurableStorage(FileSystemStorage):
    """Writes temp → fsync → rename → fsync of the folder: a saved file survives power loss, a partial one has no key.

    Only the process has access (0600, 0700), with nginx also its group (0640, 0750). No file has a URL. A name is
    never written twice.
    """

    @property
    def base_location(self) -> str:
        return str(self._location or settings.FILES_ROOT)  # type: ignore[attr-defined]  # the option, kept by Django

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        raise ValueError("Stored files have no address of their own; a view delivers them.")

    def _save(self, name: str, content: File) -> str:
        target = Path(self.path(name))
        make_folder(target.parent)
        with self.temporary_file() as temporary:
            write_through(temporary, content)
            if target.exists():
                raise FileExistsError(f"{name} is stored already")
            temporary.rename(target)
        sync_folder(target.parent)
        return name

    @contextmanager
    def temporary_file(self) -> Iterator[Path]:
        folder = Path(self.location, TEMPORARY)
        make_folder(folder)
        path = folder / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)


def files_storage() -> Storage:
    return storages["files"] if "files" in settings.STORAGES else DurableStorage()


def file_mode() -> int:
    return 0o640 if settings.FILES_HANDOVER == "nginx" else 0o600


def folder_mode() -> int:
    return 0o750 if settings.FILES_HANDOVER == "nginx" else 0o700


def write_through(path: Path, content: File) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file_mode())
    with open(descriptor, "wb") as file:
        for chunk in content.chunks():
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Create `folder` and its parents, each durably."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):  # created by another process
        folder.mkdir(mode=folder_mode())
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
