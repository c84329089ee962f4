"""ZIP archives of office files: names, sizes and structure are checked before any part is parsed."""

import os
import re
import stat
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lernnetzwerk.formats.errors import RefusedError

MOST_MEMBERS = 10_000
MOST_BYTES = 500_000_000
MOST_RATIO = 100
RATIO_COUNTS_FROM = 20_000_000
CHUNK = 1 << 20
PADDING = b"\r\n\0"  # line ends of a transfer as text, zeros of a block
END_SIGNATURE = b"PK\5\6"
LONGEST_END = 22 + 65_535

DAMAGED = "Die Datei ist beschädigt oder unvollständig. Bitte speichern Sie sie neu und laden Sie sie noch einmal hoch."
DATA_AFTER_END = "Hinter dem Ende der Datei stehen weitere Daten. Bitte speichern Sie sie neu."
TOO_LARGE = "Die Datei wäre ausgepackt zu groß, um sie zu prüfen."
ENCRYPTED = "Die Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort."
MACROS = "Die Datei enthält Makros. Bitte speichern Sie sie ohne Makros."


def open_archive(file: BinaryIO) -> ZipFile:
    """The archive after a check of all names and unpacked sizes. Raises RefusedError."""
    try:
        archive = ZipFile(file)
        if not any(map(is_padding, bytes_after_end(file)[-1:])):
            raise RefusedError(DATA_AFTER_END)
        check_members(archive.infolist())
        check_sizes(archive, file)
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, struct.error, zlib.error):
        raise RefusedError(DAMAGED) from None
    return archive


def check_members(members: list[ZipInfo]) -> None:
    names = [member.filename for member in members]
    if not names or len(names) > MOST_MEMBERS:
        raise RefusedError("Die Datei enthält zu viele oder gar keine Teile.")
    if min(member.header_offset for member in members) != 0 or len(set(names)) < len(names):
        raise RefusedError(DAMAGED)
    if any(is_outside(member.orig_filename) for member in members):
        raise RefusedError("Die Datei enthält Teile mit unzulässigen Namen.")
    if any(stat.S_ISLNK(member.external_attr >> 16) for member in members):
        raise RefusedError("Die Datei enthält Verweise auf andere Dateien.")
    if any(member.flag_bits & 0x1 for member in members):
        raise RefusedError(ENCRYPTED)
    if any(member.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for member in members):
        raise RefusedError(DAMAGED)


def refuse_archive(file: BinaryIO) -> None:
    """Raise RefusedError for a file of another type that is a valid ZIP archive, too."""
    if any(map(is_padding, bytes_after_end(file))):
        raise RefusedError("Die Datei ist zugleich ein ZIP-Archiv. Bitte erzeugen Sie sie neu.")


def bytes_after_end(file: BinaryIO) -> list[bytes | None]:
    """The bytes after each end of central directory and its comment, None where the comment is cut."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - LONGEST_END))
    tail = file.read()
    file.seek(0)
    found = (match.start() for match in re.finditer(re.escape(END_SIGNATURE), tail))
    ends = (at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") for at in found)
    return [tail[end:] if end <= len(tail) else None for end in ends]


def is_padding(rest: bytes | None) -> bool:
    return rest is not None and not rest.strip(PADDING)


def is_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/")


def check_sizes(archive: ZipFile, file: BinaryIO) -> None:
    """Count the unpacked bytes: the sizes in the headers may be wrong."""
    total = packed = 0
    for member in archive.infolist():
        packed += member.compress_size
        size = 0
        for chunk in unpacked(archive, file, member):
            size += len(chunk)
            total += len(chunk)
            if total > MOST_BYTES or total > max(RATIO_COUNTS_FROM, MOST_RATIO * packed):
                raise RefusedError(TOO_LARGE)
        if size != member.file_size:
            raise RefusedError(DAMAGED)


def unpacked(archive: ZipFile, file: BinaryIO, member: ZipInfo) -> Iterator[bytes]:
    """Chunks of the unpacked member. ZipFile would stop at the size in the header."""
    with archive.open(member):  # compares the local header with the central one
        pass
    file.seek(member.header_offset + 26)
    name_length, extra_length = struct.unpack("<HH", file.read(4))
    file.seek(name_length + extra_length, 1)
    packed = packed_chunks(file, member.compress_size)
    return inflated(packed) if member.compress_type == ZIP_DEFLATED else packed


def packed_chunks(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise RefusedError(DAMAGED)
        left -= len(chunk)
        yield chunk


def inflated(packed: Iterator[bytes]) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    for chunk in packed:
        while chunk:
            yield inflate.decompress(chunk, CHUNK)
            chunk = inflate.unconsumed_tail
    while rest := inflate.decompress(b"", CHUNK):
        yield rest
    if not inflate.eof or inflate.unused_data:
        raise RefusedError(DAMAGED)
