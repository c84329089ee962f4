"""Creates small files of each type that the portal accepts."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from PIL import Image
from pypdfium2 import PdfDocument
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

OOXML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "pptx": ("ppt/presentation.xml", f"{OOXML}presentationml.presentation.main+xml"),
    "docx": ("word/document.xml", f"{OOXML}wordprocessingml.document.main+xml"),
    "xlsx": ("xl/workbook.xml", f"{OOXML}spreadsheetml.sheet.main+xml"),
}
ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_TYPES = {"odp": "presentation", "odt": "text", "ods": "spreadsheet"}


def pdf(pages=1, password=None):
    stream = BytesIO()
    encrypt = pdfencrypt.StandardEncryption(password, canPrint=0) if password else None
    paper = canvas.Canvas(stream, encrypt=encrypt)
    for number in range(pages):
        paper.drawString(72, 720, f"Folie {number + 1}")
        paper.showPage()
    paper.save()
    return stream.getvalue()


def pdf_without_pages():
    stream = BytesIO()
    PdfDocument.new().save(stream)
    return stream.getvalue()


def archive(members, stored=(), **changes):
    """Returns a ZIP of `members` (name → content).

    Members in `stored` are not compressed; `changes` set attributes of the last member's directory entry.
    """
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as zipped:
        for name, content in members.items():
            zipped.writestr(name, content, ZIP_STORED if name in stored else ZIP_DEFLATED)
        for name, value in changes.items():
            setattr(zipped.infolist()[-1], name, value)
    return stream.getvalue()


def ooxml(key="pptx", slides=2, content_types=None, **extra):
    """Returns a minimal Office file of the type `key`; `extra` are further members by name, with "__" for "/"."""
    name, main = MAIN_PARTS[key]
    names = [f"ppt/slides/slide{number + 1}.xml" for number in range(slides if key == "pptx" else 0)]
    parts = {name: main} | dict.fromkeys(names, f"{OOXML}presentationml.slide+xml") | (content_types or {})
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{type_}"/>' for part, type_ in parts.items())
    members = {
        "[Content_Types].xml": f'<Types xmlns="urn:x">{overrides}</Types>',
        name: "<main/>",
        **dict.fromkeys(names, "<slide/>"),
    }
    return archive(members | {part.replace("__", "/"): content for part, content in extra.items()})


def odf(key="odp", pages=3, first="mimetype", manifest="", content="", **extra):
    """Returns a minimal OpenDocument file of the type `key`; `first` is the name of its first member."""
    pages_xml = '<draw:page draw:name="x"/>' * (pages if key == "odp" else 0)
    members = {
        first: f"application/vnd.oasis.opendocument.{ODF_TYPES[key]}",
        "content.xml": f'<office xmlns:draw="{ODF}drawing:1.0">{pages_xml}{content}</office>',
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODF}manifest:1.0">{manifest}</m:manifest>',
    }
    return archive(members | {part.replace("__", "/"): body for part, body in extra.items()}, stored=(first,))


def image(format_="JPEG", size=(40, 20), mode="RGB", color=None, **options):
    stream = BytesIO()
    Image.new(mode, size, color or 0).save(stream, format_, **options)
    return stream.getvalue()


def photo_with_position(orientation=6):
    """Returns a JPEG as phones write it: with GPS position, camera name, comment and an orientation tag."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Geheime Kamera"
    exif.get_ifd(0x8825)[1] = "N"
    return image("JPEG", (40, 20), exif=exif, comment=b"Geheimer Kommentar")


def bomb_png(side=13_000, rows=None):
    """Returns a PNG of 169 megapixels in 20 KB; with `rows`, the data end after that many rows of the declared size."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    packer = zlib.compressobj(9)
    row = bytes(side // 8 + 2)
    pixels = b"".join(packer.compress(row) for _ in range(rows or side)) + packer.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def webp_header(width, height):
    """Returns the header of a WebP file that declares this size, without image data."""
    canvas_size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return b"RIFF" + struct.pack("<I", 22) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + canvas_size


def box(name, content=b""):
    """Returns a box of the ISO base media file format (ISO/IEC 14496-12)."""
    return struct.pack(">I", 8 + len(content)) + name + content


def mp4(brand=b"isom", compatible=b"isommp42"):
    return (
        box(b"ftyp", brand + bytes(4) + compatible) + box(b"moov", box(b"mvhd", bytes(100))) + box(b"mdat", bytes(64))
    )


def webm(document_type=b"webm"):
    header = b"\x42\x86\x81\x01" + b"\x42\x82" + bytes([0x80 | len(document_type)]) + document_type
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(header)]) + header + b"\x18\x53\x80\x67\x82\xec\x80"


def mp3(frames=12, tag=True):
    id3 = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) if tag else b""
    return id3 + (b"\xff\xfb\x90\x00" + bytes(413)) * frames  # 128 kbit/s, 44.1 kHz: 417 bytes


def vtt():
    return "WEBVTT\n\n00:00.000 --> 00:02.000\nGrüß Gott\n".encode()
