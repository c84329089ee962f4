"""Places of recording: found in MP4 and WebM; in MP4 replaced by zeros of the same length, so that no byte moves.

Phones write them as `©xyz` (QuickTime), as `loci` (3GPP TS 26.244) or under a key of Apple's.
"""

import mmap
from collections.abc import Iterator

from lernnetzwerk.formats.media.boxes import boxes, elements, inside, named
from lernnetzwerk.formats.media.codecs import sample_entries
from lernnetzwerk.formats.results import LARGEST_PATCH, MOST_PATCHES, Patch

PLACES = {b"\xa9xyz", b"loci"}
APPLE = b"com.apple.quicktime.location."
CONTAINERS = {b"trak", b"udta", b"meta", b"ilst"}
DEEPEST = 5
FREE = b"free"
XMP_PLACE = b"GPSLatitude"
LARGEST_XMP = 1_000_000
CAMERA_PATHS = {b"gpmd", b"camm", b"rtmd"}  # tracks of GoPro, Google and Sony: positions, second by second


SEGMENT, TAGS, TAG, SIMPLE_TAG, TAG_NAME = 0x18538067, 0x1254C367, 0x7373, 0x67C8, 0x45A3
PLACE_TAG = b"LOCATION"  # part of the names that converters give to the place of a phone


def patches(data: mmap.mmap) -> list[Patch]:
    """Changes that make each place a free box (ISO/IEC 14496-12, 8.1.2); none where there are too many."""
    try:
        found = [
            Patch(begin, FREE + bytes(end - begin - len(FREE)))
            for begin, end in places(data)
            if end - begin <= LARGEST_PATCH
        ]
    except (ValueError, IndexError):  # a damaged part, which `read` reports
        return []
    return found if len(found) <= MOST_PATCHES else []


def has_places(data: mmap.mmap) -> bool:
    """Whether a place is left: in a box, in XMP, or as positions of the camera."""
    codes = {code for _begin, _end, code in sample_entries(data)}
    return bool(any(True for _place in places(data)) or has_xmp_place(data) or codes & CAMERA_PATHS)


def webm_has_places(data: mmap.mmap) -> bool:
    """Whether a tag (RFC 9559, 5.1.8) of a WebM has a place."""
    spans = [(0, len(data))]
    for name in (SEGMENT, TAGS, TAG, SIMPLE_TAG, TAG_NAME):
        spans = [(start, stop) for span in spans for _name, start, stop in named(elements(data, *span), name)]
    return any(PLACE_TAG in data[start:stop].upper() for start, stop in spans)


def has_xmp_place(data: mmap.mmap) -> bool:
    found = named(boxes(data, 0, len(data)), b"uuid")
    return any(XMP_PLACE in data[begin:end] for _name, begin, end in found if end - begin <= LARGEST_XMP)


def places(data: mmap.mmap) -> Iterator[tuple[int, int]]:
    """Begin of the name and end of each box with a place."""
    for begin, end in inside(data, 0, len(data), b"moov"):
        yield from places_in(data, begin, end)


def places_in(data: mmap.mmap, begin: int, end: int, depth: int = 0) -> Iterator[tuple[int, int]]:
    keys: list[bytes] = []
    for name, start, stop in boxes(data, begin, end):
        if name in PLACES:
            yield start - 4, stop
        elif name == b"keys":
            keys = [data[first:last] for _space, first, last in boxes(data, start + 8, stop)]
        elif name == b"ilst" and keys:
            yield from apple_places(data, start, stop, keys)
        elif name in CONTAINERS and depth < DEEPEST:
            yield from places_in(data, start + flags_of(data, name, start), stop, depth + 1)


def flags_of(data: mmap.mmap, name: bytes, start: int) -> int:
    """The length of version and flags of `meta`, which QuickTime leaves out."""
    return 4 if name == b"meta" and data[start + 4 : start + 8] != b"hdlr" else 0


def apple_places(data: mmap.mmap, begin: int, end: int, keys: list[bytes]) -> Iterator[tuple[int, int]]:
    """Entries of `ilst`; their names are numbers of `keys`, from 1."""
    for name, start, stop in boxes(data, begin, end):
        index = int.from_bytes(name, "big") - 1
        if 0 <= index < len(keys) and keys[index].startswith(APPLE):
            yield start - 4, stop
