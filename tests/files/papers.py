"""Creates PDFs with content that readers must find, and with content that could break them."""

from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from tests.files import samples

A4 = (595, 842)


def paper(*texts, size=A4):
    """Returns a PDF with one page for each text."""
    stream = BytesIO()
    paper = canvas.Canvas(stream, pagesize=size)
    for text in texts:
        for number, line in enumerate(text.split("\n")):
            paper.drawString(72, size[1] - 72 - 16 * number, line)
        paper.showPage()
    paper.save()
    return stream.getvalue()


def scan(pages=1, words=0):
    """Returns a PDF whose pages consist of one picture each; the first `words` pages have a text layer too."""
    stream, photo = BytesIO(), ImageReader(BytesIO(samples.image("JPEG", (60, 80), color=(250, 240, 230))))
    paper = canvas.Canvas(stream, pagesize=A4)
    for number in range(pages):
        paper.drawImage(photo, 0, 0, *A4)
        if number < words:
            paper.drawString(72, 720, "Erkannter Text")
        paper.showPage()
    paper.save()
    return stream.getvalue()


def changed(content, change):
    """Returns the PDF after `change` was called with a writer of it."""
    writer = PdfWriter(PdfReader(BytesIO(content)))
    change(writer)
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def dictionary(**values):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in values.items()})


def tagged(*pages, language="de-DE", title="Kette", roles=None):
    """Returns a tagged PDF; each page is a list of structure elements (name, {"Alt": …}).

    `roles` is the role map (ISO 32000-1, 14.7.3): it maps names of own structure types to standard ones.
    """
    return changed(
        paper(*["Seite"] * len(pages)), lambda writer: add_structure(writer, pages, language, title, roles or {})
    )


def add_structure(writer, pages, language, title, roles):
    names = {NameObject(own): NameObject(standard) for own, standard in roles.items()}
    root = dictionary(Type=NameObject("/StructTreeRoot"), RoleMap=DictionaryObject(names))
    reference = writer._add_object(root)
    everything, by_page = ArrayObject(), ArrayObject()
    for number, elements in enumerate(pages):
        found = [add_element(writer, reference, number, place, *one) for place, one in enumerate(elements)]
        everything += found
        by_page += [NumberObject(number), writer._add_object(ArrayObject(found))]
        mark(writer, writer.pages[number], number, len(elements))
    root[NameObject("/K")] = everything
    root[NameObject("/ParentTree")] = writer._add_object(dictionary(Nums=by_page))
    writer.root_object[NameObject("/StructTreeRoot")] = reference
    writer.root_object[NameObject("/MarkInfo")] = dictionary(Marked=BooleanObject(True))
    writer.root_object[NameObject("/Lang")] = TextStringObject(language)
    writer.add_metadata({"/Title": title})


def add_element(writer, root, page, place, name, texts):
    element = dictionary(
        S=NameObject(name),
        P=root,
        Pg=writer.pages[page].indirect_reference,
        K=NumberObject(place),
        **{key: TextStringObject(text) for key, text in texts.items()},
    )
    return writer._add_object(element)


def mark(writer, page, number, count):
    """Appends `count` pieces of marked content to the page, one for each of its structure elements."""
    marked = b"".join(b"\n/Span <</MCID %d>> BDC 72 %d 9 9 re f EMC" % (n, 600 - 20 * n) for n in range(count))
    content = DecodedStreamObject()
    content.set_data(page.get_contents().get_data() + marked)
    page[NameObject("/Contents")] = writer._add_object(content)
    page[NameObject("/StructParents")] = NumberObject(number)


def outlined(pages=3):
    """Returns a PDF with an outline: part 1 with a chapter and a section, part 2, and two entries to be ignored.

    One of these has no page as its target, the other has an empty title.
    """

    def change(writer):
        first = writer.add_outline_item(title="Teil 1", page_number=0)
        chapter = writer.add_outline_item(title="Kapi\u00adtel", page_number=1, parent=first)
        writer.add_outline_item(title="Abschnitt", page_number=1, parent=chapter)
        writer.add_outline_item(title="Teil 2", page_number=2)
        gone = writer.add_outline_item(title="Nirgends", page_number=2)
        gone.get_object()[NameObject("/Dest")] = ArrayObject([NullObject(), NameObject("/Fit")])
        writer.add_outline_item(title="   ", page_number=2)

    return changed(paper(*["Seite"] * pages), change)


def outlined_in_a_circle(pages=2):
    """Returns a PDF whose outline is cyclic: the first entry follows the last one and is its own child."""

    def change(writer):
        first, last = (
            writer.add_outline_item(title="Anfang", page_number=0),
            writer.add_outline_item(title="Ende", page_number=1),
        )
        last.get_object()[NameObject("/Next")] = first
        first.get_object()[NameObject("/First")] = first

    return changed(paper(*["Seite"] * pages), change)


def rotated(*degrees):
    """Returns a PDF with one page for each angle, rotated by it."""

    def change(writer):
        for page, angle in zip(writer.pages, degrees, strict=True):
            page.rotate(angle)

    return changed(paper(*["Seite"] * len(degrees)), change)


def without_its_table():
    """Returns a PDF without cross-reference table, so that readers have to search for the objects."""
    content = paper("Noch lesbar")
    return content[: content.rindex(b"xref\n")]
