"""Duration and dimensions of video and audio, from the structure alone: nothing is decoded."""

import mmap
import struct
from contextlib import suppress
from typing import BinaryIO

from lernnetzwerk.formats.errors import DAMAGED, RefusedError, UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.media.boxes import boxes, elements, named, number
from lernnetzwerk.formats.media.check import SAMPLE_RATES, frame_length
from lernnetzwerk.formats.media.codecs import mp4_codecs, webm_codecs
from lernnetzwerk.formats.media.places import has_places, webm_has_places
from lernnetzwerk.formats.results import ReadResult

LONGEST = 7 * 24 * 3600
MOST_PIXELS = 20_000
INFO, TIMECODE_SCALE, DURATION, TRACKS, ENTRY, VIDEO = 0x1549A966, 0x2AD7B1, 0x4489, 0x1654AE6B, 0xAE, 0xE0
SEGMENT, CLUSTER, WIDTH, HEIGHT = 0x18538067, 0x1F43B675, 0xB0, 0xBA


def read(file: BinaryIO, key: str, limits: Limits) -> ReadResult:
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            result = {"mp4": read_mp4, "webm": read_webm, "mp3": read_mp3}[key](data)
    except (ValueError, IndexError, OverflowError, struct.error, ZeroDivisionError):
        raise UnreadableError(DAMAGED) from None
    if result.seconds is not None and not 0 < result.seconds <= LONGEST:
        result.seconds = None
    if not all(side and 0 < side <= MOST_PIXELS for side in (result.width, result.height)):
        result.width = result.height = None
    return result


def read_mp4(data: mmap.mmap) -> ReadResult:
    """ISO/IEC 14496-12: `mvhd` (or `mehd` of a fragmented film) has the duration, `tkhd` the dimensions."""
    result = ReadResult()
    for _name, begin, end in named(boxes(data, 0, len(data)), b"moov"):
        for name, start, stop in boxes(data, begin, end):
            if name == b"mvhd":
                scale, units = clock(data, start)
                result.seconds = rounded(units / scale) if units else None
            elif name == b"mvex" and not result.seconds:
                for _mehd, at, _stop in named(boxes(data, start, stop), b"mehd"):
                    result.seconds = rounded(number(data, at + 4, 8 if data[at] else 4) / scale)
            elif name == b"trak":
                track_size(data, start, stop, result)
    # Of a damaged film, length and size are still worth knowing.
    with suppress(ValueError, IndexError):
        result.codecs = mp4_codecs(data)
    with suppress(ValueError, IndexError):
        result.count_hidden({"places": has_places(data)})
    return result


def clock(data: mmap.mmap, at: int) -> tuple[int, int]:
    """Units per second, and the duration in units. Version 1 has longer fields."""
    if data[at]:
        return number(data, at + 20, 4), number(data, at + 24, 8)
    return number(data, at + 12, 4), number(data, at + 16, 4)


def track_size(data: mmap.mmap, begin: int, end: int, result: ReadResult) -> None:
    for _name, at, stop in named(boxes(data, begin, end), b"tkhd"):
        width, height = (number(data, stop - back, 4) >> 16 for back in (8, 4))
        is_upright = number(data, stop - 44, 4) != 0  # the matrix of a rotated film begins with 0
        if width and height and at < stop - 44:
            result.width, result.height = (width, height) if is_upright else (height, width)


def read_webm(data: mmap.mmap) -> ReadResult:
    """RFC 9559: `Info` has the duration, the first video track the dimensions."""
    result = ReadResult(codecs=webm_codecs(data))
    result.count_hidden({"places": webm_has_places(data)})
    for _name, begin, end in named(elements(data, 0, len(data)), SEGMENT):
        for name, start, stop in elements(data, begin, end):
            if name == INFO:
                result.seconds = webm_seconds(data, start, stop)
            elif name == TRACKS:
                result.width, result.height = webm_size(data, start, stop)
            elif name == CLUSTER:
                break
    return result


def webm_seconds(data: mmap.mmap, begin: int, end: int) -> int | None:
    scale, units = 1_000_000, 0.0
    for name, start, stop in elements(data, begin, end):
        if name == TIMECODE_SCALE:
            scale = number(data, start, stop - start)
        elif name == DURATION:
            (units,) = struct.unpack(">f" if stop - start == 4 else ">d", data[start:stop])
    return rounded(units * scale / 1_000_000_000) if units > 0 else None


def webm_size(data: mmap.mmap, begin: int, end: int) -> tuple[int | None, int | None]:
    for _entry, start, stop in named(elements(data, begin, end), ENTRY):
        for _video, first, last in named(elements(data, start, stop), VIDEO):
            sides = {name: number(data, at, to - at) for name, at, to in elements(data, first, last) if to - at <= 8}
            return sides.get(WIDTH), sides.get(HEIGHT)
    return None, None


def read_mp3(data: mmap.mmap) -> ReadResult:
    """Sum up the frames: headers about variable bit rates are often missing."""
    at = 0
    if data[:3] == b"ID3":
        at = 10 + sum((data[6 + index] & 0x7F) << 7 * (3 - index) for index in range(4)) + (data[5] & 0x10 and 10)
    while at < len(data) and not data[at]:
        at += 1
    seconds = 0.0
    while at + 4 <= len(data):
        header = data[at : at + 4]
        try:
            at += frame_length(header)
        except RefusedError:  # a tag at the end
            break
        version = header[1] >> 3 & 3
        seconds += (1152 if version == 3 else 576) / SAMPLE_RATES[version][header[2] >> 2 & 3]
    return ReadResult(seconds=rounded(seconds))


def rounded(seconds: float) -> int:
    return max(1, round(seconds))
