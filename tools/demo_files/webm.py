"""Writes a WebM film (RFC 9559) from still pictures, without a video encoder.

Each lossy WebP contains a VP8 key frame, which becomes a frame of the film. Players can jump to each frame, because
every frame has an entry in the cues."""

import struct
from collections.abc import Sequence
from io import BytesIO

from PIL import Image

EBML, SEGMENT, INFO, TRACKS, CUES, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1C53BB6B, 0x1F43B675
TICK = 1_000_000  # nanoseconds for each unit of time: times are in milliseconds
SECOND = 1_000
SIMPLE_BLOCK = b"\x81" + bytes(2) + b"\x80"  # header of a key frame of track 1 at the time of its cluster


def vp8_frame(picture: Image.Image, quality: int = 60) -> bytes:
    """The VP8 key frame of the picture as lossy WebP; ValueError if Pillow wrote another kind of WebP."""
    stream = BytesIO()
    picture.convert("RGB").save(stream, "WEBP", quality=quality, method=4)
    name, size = struct.unpack_from("<4sI", stream.getvalue(), 12)  # the header before it: RIFF, size, WEBP
    if name != b"VP8 ":
        raise ValueError("the picture was not stored as VP8")
    return stream.getvalue()[20 : 20 + size]


def webm(frames: Sequence[bytes], size: tuple[int, int]) -> bytes:
    """A film that shows each frame for one second; equal input gives equal bytes."""
    versions = [number(0x4286, 1), number(0x42F7, 1), number(0x42F2, 4), number(0x42F3, 8)]
    head = element(EBML, *versions, element(0x4282, b"webm"), number(0x4287, 2), number(0x4285, 2))
    duration = element(0x4489, struct.pack(">d", len(frames) * SECOND))
    made_by = [element(0x4D80, b"Lernnetzwerk"), element(0x5741, b"Lernnetzwerk")]
    front = element(INFO, number(0x2AD7B1, TICK), duration, *made_by) + _track(size)
    clusters = [
        element(CLUSTER, number(0xE7, place * SECOND), element(0xA3, SIMPLE_BLOCK + frame))
        for place, frame in enumerate(frames)
    ]
    begin = len(front) + len(_cues(clusters, 0))  # the length of the cues does not depend on their values
    return head + element(SEGMENT, front, _cues(clusters, begin), *clusters)


def _track(size: tuple[int, int]) -> bytes:
    pixels = element(0xE0, number(0xB0, size[0]), number(0xBA, size[1]))
    video = [number(0xD7, 1), number(0x73C5, 1), number(0x9C, 0), number(0x83, 1), element(0x86, b"V_VP8")]
    return element(TRACKS, element(0xAE, *video, number(0x23E383, SECOND * TICK), pixels))


def _cues(clusters: Sequence[bytes], begin: int) -> bytes:
    """The cues: the position of each cluster in the segment, of which the first one begins at `begin`."""
    points = []
    for place, cluster in enumerate(clusters):
        points.append(element(0xBB, number(0xB3, place * SECOND), element(0xB7, number(0xF7, 1), number(0xF1, begin))))
        begin += len(cluster)
    return element(CUES, *points)


def element(name: int, *content: bytes) -> bytes:
    """An EBML element: id, length in one or eight bytes, content."""
    body = b"".join(content)
    length = bytes([0x80 | len(body)]) if len(body) < 127 else (len(body) | 1 << 56).to_bytes(8, "big")
    return name.to_bytes((name.bit_length() + 7) // 8, "big") + length + body


def number(name: int, value: int) -> bytes:
    return element(name, value.to_bytes(8, "big"))
