"""Photos inside of office files: phones write the place of the recording into them."""

import struct
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from PIL import Image

ENDINGS = (".jpg", ".jpeg", ".jfif")
MOST_PHOTOS = 200
HEAD = 1 << 17  # bytes that contain all of Exif
EXIF, GPS, LATITUDE = b"Exif\0\0", 0x8825, 2


def photos_with_place(archive: ZipFile) -> int:
    names = [name for name in archive.namelist() if name.lower().endswith(ENDINGS)]
    return sum(has_place(head_of(archive, name)) for name in names[:MOST_PHOTOS])


def head_of(archive: ZipFile, name: str) -> bytes:
    """The first bytes of a member; none of a damaged one."""
    try:
        with archive.open(name) as member:
            return member.read(HEAD)
    except (BadZipFile, OSError, EOFError, zlib.error):
        return b""


def has_place(head: bytes) -> bool:
    if EXIF not in head:
        return False
    try:
        with Image.open(BytesIO(head), formats=("JPEG",)) as image:
            return LATITUDE in image.getexif().get_ifd(GPS)
    except (OSError, SyntaxError, ValueError, KeyError, TypeError, EOFError, struct.error):
        return False
