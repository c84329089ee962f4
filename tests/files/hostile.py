"""Creates files that pretend to be of another type, contain active content or have an unusual structure."""

import struct
import zipfile
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from tests.files import samples

RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def pdf_that(action=None, attachment=None, **catalog):
    """Returns a PDF that runs `action`, such as {"S": "/Launch"}, when it is opened.

    `attachment` is the name of an embedded file, `catalog` are further entries of the document catalog.
    """
    writer = PdfWriter(PdfReader(BytesIO(samples.pdf())))
    if action:
        writer.root_object[NameObject("/OpenAction")] = dictionary(action)
    if attachment:
        writer.add_attachment(attachment, b"MZ")
    for key, value in catalog.items():
        writer.root_object[NameObject(f"/{key}")] = dictionary(value)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def pdf_with_link(action):
    """Returns a PDF whose page has a link that runs the action."""
    writer = PdfWriter(PdfReader(BytesIO(samples.pdf())))
    link = dictionary({"Type": "/Annot", "Subtype": "/Link", "A": action})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def dictionary(values):
    found = DictionaryObject()
    for key, value in values.items():
        plain = NameObject(value) if str(value).startswith("/") else TextStringObject(value)
        found[NameObject(f"/{key}")] = dictionary(value) if isinstance(value, dict) else plain
    return found


def pdf_for_its_owner():
    """Returns a PDF that opens without a password, but whose owner password forbids copying."""
    return encrypted(pdfencrypt.StandardEncryption("", "besitzer", canCopy=0))


def zip_after(content):
    """Returns the content followed by a ZIP, so that it can be read as either type."""
    return content + samples.archive({"boese.class": b"x" * 9000})


def pdf_within_zip():
    """Returns a file that is a PDF and a ZIP: the comment of the ZIP is the end of the PDF."""
    document = samples.pdf()
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("boese.class", b"x")
        archive.comment = document[-200:]
    return document + stream.getvalue()


def relationships(kind, target, mode="External"):
    return (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONSHIPS}/{kind}" '
        f'Target="{target}" TargetMode="{mode}"/></Relationships>'
    )


def docx_with(kind, target):
    return samples.ooxml("docx", **{"word___rels__settings.xml.rels": relationships(kind, target)})


def with_link():
    """Returns a PPTX with a member that is a symbolic link."""
    info = zipfile.ZipInfo("ppt/media/bild.png")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    stream = BytesIO(samples.ooxml())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(info, "/etc/passwd")
    return stream.getvalue()


def with_overlapping_members():
    """Returns a PPTX in which two directory entries point to the same data."""
    content = bytearray(samples.ooxml(**{"ppt__a.xml": b"x" * 500, "ppt__b.xml": b"x" * 500}))
    first, second = (content.rfind(name) - 46 for name in (b"ppt/a.xml", b"ppt/b.xml"))
    content[second + 42 : second + 46] = content[first + 42 : first + 46]
    return bytes(content)


def with_member_twice():
    """Returns a PPTX with two members whose names differ only in case."""
    return samples.ooxml(**{"ppt__Presentation.XML": "<main/>"})


def with_nul():
    """Returns a PPTX with a NUL byte in the name of a member."""
    return samples.ooxml(**{"ppt__aXb.xml": "x"}).replace(b"ppt/aXb.xml", b"ppt/a\0b.xml")


def nested_bomb():
    """Returns a PPTX with an embedded file of 500 concatenated ZIPs that each unpack to 60 MB."""
    return samples.ooxml(**{"ppt__embeddings__innen.zip": samples.archive({"a": bytes(60_000_000)}) * 500})


def live_webm():
    """Returns a WebM as browsers record it, with unknown sizes of the segment and its clusters."""
    unknown, head = b"\x01" + b"\xff" * 7, samples.webm()[:-3]
    cluster = b"\x1f\x43\xb6\x75" + unknown + b"\xe7\x81\0" + b"\xa3\x85\x81\0\0\x80x"
    return head + unknown + b"\x15\x49\xa9\x66\x80" + cluster + cluster


def with_comment(archive):
    """Returns the ZIP with an archive comment."""
    return archive[:-2] + b"\5\0Hallo"


def added_to(content):
    """Returns the PDF with an incremental update: a second cross-reference table and trailer (ISO 32000-1, 7.5.6)."""
    before = content[content.rindex(b"startxref") :].split()[1]
    trailer = content[content.rindex(b"trailer") : content.rindex(b"startxref")].rstrip().removesuffix(b">>")
    table = b"xref\n0 0\n" + trailer + b"/Prev " + before + b">>\n"
    return content + table + b"startxref\n%d\n%%%%EOF\n" % len(content)


def png_beyond_bounds():
    """Returns the header of a PNG that declares 387 million pixels in each direction."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + struct.pack(">IIBBBBB", 9**9, 9**9, 8, 2, 0, 0, 0)


def encrypted(encryption):
    stream = BytesIO()
    paper = canvas.Canvas(stream, encrypt=encryption)
    paper.drawString(72, 720, "Folie")
    paper.save()
    return stream.getvalue()
