"""Video and audio: the outer structure, nothing is decoded; places of recording are removed from videos."""

import mmap
import os
from collections.abc import Collection, Iterator
from typing import BinaryIO

from lernnetzwerk.formats.archive import DATA_AFTER_END, is_padding, refuse_archive
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.media.places import patches
from lernnetzwerk.formats.results import CheckResult, Patch

INCOMPLETE = "Die Datei ist unvollständig oder beschädigt."
MP4 = "Bitte wandeln Sie sie in das Format MP4 (H.264) um."
NO_WEBM = f"Die Datei ist kein WebM-Video. {MP4}"
NO_MP3 = "Die Datei ist keine MP3-Audiodatei. Bitte speichern Sie die Aufnahme als MP3."
BRANDS = {b"isom", b"mp41", b"mp42", b"avc1", b"dash", b"M4V ", b"M4VH", b"M4VP", b"MSNV"} | {
    b"iso%d" % number for number in range(2, 10)
}
EBML, SEGMENT, DOCTYPE = 0x1A45DFA3, 0x18538067, 0x4282
CLUSTER = 0x1F43B675
IGNORED = {0xEC, 0xBF}  # void, checksum
PARTS = {  # of a segment, then of a cluster: RFC 9559
    *(CLUSTER, 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1043A770, 0x1941A469, 0x1254C367),
    *(0xE7, 0x5854, 0xA7, 0xAB, 0xA3, 0xA0, 0xAF),
}
FRAMES_TO_SEE = 10
FEWEST_FRAMES = 3
TAGS = (b"TAG", b"APET", b"LYRI", b"ID3")  # the begin of those that follow the frames
MOST_PADDING = 65_536
LONGEST_LINE_END = 7  # bytes behind the file that are too few for a box
BITRATES = {  # kbit/s of layer III, ISO/IEC 11172-3 and 13818-3
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    refuse_archive(file)
    {"mp4": check_mp4, "webm": check_webm, "mp3": check_mp3}[key](file)
    return CheckResult(patches=without_places(file) if key == "mp4" else [])


def without_places(file: BinaryIO) -> list[Patch]:
    try:
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return patches(data)
    except OSError:  # larger than the memory of this process, where the operator allows such files
        return []


def check_mp4(file: BinaryIO) -> None:
    """ISO/IEC 14496-12: boxes up to the last byte, `ftyp` first, then `moov` and `mdat` or `moof`."""
    boxes = dict(mp4_boxes(file))
    first, (begin, size) = next(iter(boxes.items()), (b"", (0, 0)))
    if first != b"ftyp" or not 8 <= size <= 4096:
        raise RefusedError("Die Datei ist kein MP4-Video.")
    file.seek(begin)
    brands = file.read(size)
    if not BRANDS & {brands[at : at + 4] for at in range(0, size, 4) if at != 4}:
        raise RefusedError(f"Die Datei ist kein MP4-Video. {MP4}")
    if b"moov" not in boxes or not {b"mdat", b"moof"} & boxes.keys():
        raise RefusedError(INCOMPLETE)


def mp4_boxes(file: BinaryIO) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Name, begin and size of the content of each top-level box."""
    end = file.seek(0, os.SEEK_END)
    at = 0
    while at < end and not is_line_end(file, at):
        file.seek(at)
        head = file.read(16)
        size, name, header = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - at
            refuse_more(file, name, at)
        if size < header or at + size > end or not name.isascii():
            raise RefusedError(INCOMPLETE)
        yield name, (at + header, size - header)
        at += size


def is_line_end(file: BinaryIO, at: int) -> bool:
    file.seek(at)
    rest = file.read(LONGEST_LINE_END + 1)
    return len(rest) <= LONGEST_LINE_END and is_padding(rest)


def refuse_more(file: BinaryIO, name: bytes, at: int) -> None:
    """Raise RefusedError for a last box without size, unless it is `mdat` or zeros, with which some programs pad."""
    file.seek(at)
    rest = file.read(MOST_PADDING + 1)
    if name != b"mdat" and (len(rest) > MOST_PADDING or rest.strip(b"\0")):
        raise RefusedError(DATA_AFTER_END)


def check_webm(file: BinaryIO) -> None:
    """RFC 8794: an EBML header whose document type is "webm", then the segment."""
    name, size = ebml_number(file, keep_marker=True), ebml_number(file)
    if name != EBML or size > 4096:
        raise RefusedError(NO_WEBM)
    end = file.tell() + size
    document_type = b""
    while file.tell() < end:
        name, size = ebml_number(file, keep_marker=True), ebml_number(file)
        value = file.read(min(size, 4096))
        document_type = value.rstrip(b"\0") if name == DOCTYPE else document_type
    if document_type != b"webm":
        raise RefusedError(NO_WEBM)
    if file.tell() != end or ebml_number(file, keep_marker=True) != SEGMENT:
        raise RefusedError(INCOMPLETE)
    check_segment(file)


def check_segment(file: BinaryIO) -> None:
    """The segment must end with the file. A live recording has a segment of unknown size."""
    size = ebml_size(file)
    end = file.tell() + (size or 0)
    allowed = IGNORED if size is not None else IGNORED | PARTS
    last = file.seek(0, os.SEEK_END)
    while end < last and not is_line_end(file, end):
        file.seek(end)
        size = element_size(file, allowed)
        end = file.tell() + size
    if end > last:
        raise RefusedError(INCOMPLETE)


def element_size(file: BinaryIO, allowed: Collection[int]) -> int:
    """The size of the next element; 0 for a cluster of unknown size, whose children are checked next."""
    try:
        name, size = ebml_number(file, keep_marker=True), ebml_size(file)
    except RefusedError:
        raise RefusedError(DATA_AFTER_END) from None
    if name not in allowed or (size is None and name != CLUSTER):
        raise RefusedError(DATA_AFTER_END)
    return size or 0


def ebml_size(file: BinaryIO) -> int | None:
    """The size, None for an unknown one, which is coded as all ones."""
    at = file.tell()
    value = ebml_number(file)
    return None if value == (1 << 7 * (file.tell() - at)) - 1 else value


def ebml_number(file: BinaryIO, keep_marker: bool = False) -> int:
    first = file.read(1)
    if not first or not first[0]:
        raise RefusedError(INCOMPLETE)
    length = 9 - first[0].bit_length()
    rest = file.read(length - 1)
    if len(rest) < length - 1:
        raise RefusedError(INCOMPLETE)
    value = int.from_bytes(first + rest, "big")
    return value if keep_marker else value & ((1 << 7 * length) - 1)


def check_mp3(file: BinaryIO) -> None:
    """An optional ID3 tag, then frames that follow each other exactly."""
    head = file.read(10)
    at = 0
    if head.startswith(b"ID3") and len(head) == 10:
        size = 0
        for byte in head[6:10]:
            size = size << 7 | byte & 0x7F
        at = 10 + size + (10 if head[5] & 0x10 else 0)
    file.seek(at)
    padding = file.read(MOST_PADDING)
    at += len(padding) - len(padding.lstrip(b"\0"))
    frames = 0
    while frames < FRAMES_TO_SEE:
        file.seek(at)
        header = file.read(4)
        if len(header) < 4 or (frames >= FEWEST_FRAMES and header.startswith(TAGS)):
            break
        at += frame_length(header)
        frames += 1
    if frames < FEWEST_FRAMES:
        raise RefusedError(NO_MP3)


def frame_length(header: bytes) -> int:
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    bitrate, rate, padding = header[2] >> 4, header[2] >> 2 & 3, header[2] >> 1 & 1
    is_sync = header[0] == 0xFF and header[1] >> 5 == 7
    if not is_sync or version == 1 or layer != 1 or rate == 3 or not 0 < bitrate < 15:
        raise RefusedError(NO_MP3)
    bits = BITRATES[1 if version == 3 else 2][bitrate - 1] * 1000
    return (144 if version == 3 else 72) * bits // SAMPLE_RATES[version][rate] + padding
