"""A film from still pictures, without any encoder: each lossy WebP holds a VP8 key frame, WebM (RFC 9559) puts them
in a row. Every frame has an entry in the cues, so players can jump to each."""

import struct
from collections.abc import Sequence
from io import BytesIO

from PIL import Image

EBML, SEGMENT, INFO, TRACKS, CUES, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675
TICK = 1_000_000  # nanoseconds: times are in milliseconds
KEY_FRAME = 0x80
VIDEO = 1


def vp8_frame(picture: Image.Image, quality: int = 60) -> bytes:
    """The picture as one VP8 key frame."""
    stream = BytesIO()
    picture.convert("RGB").save(stream, "WEBP", quality=quality, method=4)
    data, at = stream.getvalue(), 12
    while at < len(data):
        name, size = data[at : at + 4], struct.unpack_from("<I", data, at + 4)[0]
        if name == b"VP8 ":
            return data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2
    raise ValueError("the picture was not stored as VP8")


def webm(frames: Sequence[bytes], size: tuple[int, int], milliseconds: int = 1000) -> bytes:
    """A film that shows each frame for the given time; the same input gives the same bytes."""
    head = element(
        EBML,
        number(0x4286, 1),
        number(0x42F7, 1),
        number(0x42F2, 4),
        number(0x42F3, 8),
        element(0x4282, b"webm"),
        number(0x4287, 2),
        number(0x4285, 2),
    )
    front = _info(len(frames) * milliseconds) + _track(size, milliseconds)
    clusters = [_cluster(place * milliseconds, frame) for place, frame in enumerate(frames)]
    begin = len(front) + len(_cues(clusters, 0, milliseconds))  # the cues are as long whatever they say
    return head + element(SEGMENT, front, _cues(clusters, begin, milliseconds), *clusters)


def _info(duration: int) -> bytes:
    made_by = (element(0x4D80, b"Lernnetzwerk"), element(0x5741, b"Lernnetzwerk"))
    return element(INFO, number(0x2AD7B1, TICK), element(0x4489, struct.pack(">d", duration)), *made_by)


def _track(size: tuple[int, int], milliseconds: int) -> bytes:
    pixels = element(0xE0, number(0xB0, size[0]), number(0xBA, size[1]))
    entry = (number(0xD7, 1), number(0x73C5, 1), number(0x9C, 0), number(0x83, VIDEO), element(0x86, b"V_VP8"))
    return element(TRACKS, element(0xAE, *entry, number(0x23E383, milliseconds * TICK), pixels))


def _cues(clusters: Sequence[bytes], begin: int, milliseconds: int) -> bytes:
    points = []
    for place, cluster in enumerate(clusters):
        position = element(0xB7, number(0xF7, 1), number(0xF1, begin))
        points.append(element(0xBB, number(0xB3, place * milliseconds), position))
        begin += len(cluster)
    return element(CUES, *points)


def _cluster(time: int, frame: bytes) -> bytes:
    return element(CLUSTER, number(0xE7, time), element(0xA3, b"\x81" + struct.pack(">hB", 0, KEY_FRAME) + frame))


def element(name: int, *content: bytes) -> bytes:
    """Its identity, its length in one byte or eight, its content."""
    body = b"".join(content)
    length = bytes([0x80 | len(body)]) if len(body) < 127 else (len(body) | 1 << 56).to_bytes(8, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + length + body


def number(name: int, value: int) -> bytes:
    return element(name, value.to_bytes(8, "big"))
