"""The codecs of the pictures and sounds of a recording, as RFC 6381 and the Matroska registry name them."""

import mmap
from collections.abc import Iterator

from lernnetzwerk.formats.media.boxes import boxes, elements, inside, named, number
from lernnetzwerk.formats.results import LONGEST_CODEC, MOST_CODECS

SEEN_AND_HEARD = {b"vide", b"soun"}
TABLE = (b"mdia", b"minf", b"stbl", b"stsd")
H264 = {b"avc1", b"avc3"}
PICTURE_HEADER = 78  # bytes of a visual sample entry before its boxes
SEGMENT, TRACKS, ENTRY, KIND, CODEC = 0x18538067, 0x1654AE6B, 0xAE, 0x83, 0x86
PICTURE_OR_SOUND = (1, 2)


def mp4_codecs(data: mmap.mmap) -> list[str]:
    codecs = []
    for begin, end in inside(data, 0, len(data), b"moov", b"trak"):
        handlers = {data[at + 8 : at + 12] for at, _end in inside(data, begin, end, b"mdia", b"hdlr")}
        if handlers & SEEN_AND_HEARD:
            codecs += [codec_of(data, *entry) for entry in track_entries(data, begin, end)]
    return in_order(codecs)


def sample_entries(data: mmap.mmap) -> Iterator[tuple[int, int, bytes]]:
    """Begin, end and code of the sample entries of all tracks."""
    for begin, end in inside(data, 0, len(data), b"moov", b"trak"):
        yield from track_entries(data, begin, end)


def track_entries(data: mmap.mmap, begin: int, end: int) -> Iterator[tuple[int, int, bytes]]:
    for start, stop in inside(data, begin, end, *TABLE):
        yield from ((first, last, name) for name, first, last in boxes(data, start + 8, stop))


def codec_of(data: mmap.mmap, begin: int, end: int, code: bytes) -> str:
    """Such as "hvc1", or "avc1.64001f" with profile and level."""
    name = readable(code)
    if code in H264:
        for at, _end in inside(data, begin + PICTURE_HEADER, end, b"avcC"):
            return f"{name}.{data[at + 1 : at + 4].hex()}"
    return name


def webm_codecs(data: mmap.mmap) -> list[str]:
    codecs = []
    for _segment, begin, end in named(elements(data, 0, len(data)), SEGMENT):
        for _tracks, start, stop in named(elements(data, begin, end), TRACKS):
            for _entry, first, last in named(elements(data, start, stop), ENTRY):
                parts = {name: (at, to) for name, at, to in elements(data, first, last)}
                kind, codec = parts.get(KIND), parts.get(CODEC)
                if kind and codec and number(data, kind[0], kind[1] - kind[0]) in PICTURE_OR_SOUND:
                    codecs.append(readable(data[codec[0] : codec[1]]))
    return in_order(codecs)


def in_order(codecs: list[str]) -> list[str]:
    return list(dict.fromkeys(codecs))[:MOST_CODECS]


def readable(code: bytes) -> str:
    text = code.decode("ascii", "replace")[:LONGEST_CODEC].rstrip(" \0")
    return "".join(char if " " <= char <= "~" else "?" for char in text) or "?"
