"""Whole small files of several kinds, and broken ones made of them: the same for the same number."""

import io
import random
import struct

from pptx import Presentation
from reportlab.pdfgen import canvas


def pdf(title: str, pages: int = 1) -> bytes:
    stream = io.BytesIO()
    paper = canvas.Canvas(stream)
    paper.setTitle(title)
    for number in range(pages):
        paper.drawString(72, 720, f"{title}, Seite {number + 1}")
        paper.showPage()
    paper.save()
    return stream.getvalue()


def slides(title: str) -> bytes:
    stream = io.BytesIO()
    presentation = Presentation()
    presentation.slides.add_slide(presentation.slide_layouts[0]).shapes.title.text = title
    presentation.save(stream)
    return stream.getvalue()


def film_head(megabytes: int) -> bytes:
    """The begin of an MP4 whose data are so many MB of anything."""
    kind = struct.pack(">I", 20) + b"ftypisom" + bytes(4) + b"isom"
    return kind + struct.pack(">I", 116) + b"moov" + bytes(108) + struct.pack(">I", 8 + (megabytes << 20)) + b"mdat"


def mutated(content: bytes, seed: int) -> bytes:
    """Some bytes changed, a piece cut out, or a piece put elsewhere."""
    chance, broken = random.Random(seed), bytearray(content)  # noqa: S311
    begin = chance.randrange(len(broken))
    piece = broken[begin : begin + chance.randrange(1, 400)]
    if seed % 3 == 0:
        for _ in range(chance.randrange(1, 30)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
    elif seed % 3 == 1:
        del broken[begin : begin + len(piece)]
    else:
        at = chance.randrange(len(broken))
        broken[at:at] = piece
    return bytes(broken)
