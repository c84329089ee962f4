"""Structure for screen readers in PDFs (ISO 32000-1, 14.7 and 14.8), which reportlab does not write."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import cast

from pypdf import PdfWriter
from pypdf.generic import ArrayObject, BooleanObject, DictionaryObject, IndirectObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas


@contextmanager
def marked(canvas: Canvas, tag: str, number: int) -> Iterator[None]:
    """Marks the content drawn inside the block as number `number` of its page, with a `tag` such as `H1` or `P`."""
    canvas.addLiteral(f"/{tag} <</MCID {number}>> BDC")
    yield
    canvas.addLiteral("EMC")


def tagged(pdf: bytes, pages: Sequence[Sequence[str]]) -> bytes:
    """The document with a structure tree; `pages` are the tags of each page's marked content, in reading order."""
    writer = PdfWriter(clone_from=BytesIO(pdf))
    tree = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
    root = writer._add_object(tree)
    document = _element("Document", root)
    body = writer._add_object(document)
    numbers = ArrayObject()
    for place, tags in enumerate(pages):
        page = writer.pages[place]
        page[NameObject("/StructParents")] = NumberObject(place)
        elements = ArrayObject(
            writer._add_object(_element(tag, body, page.indirect_reference, number)) for number, tag in enumerate(tags)
        )
        cast("ArrayObject", document["/K"]).extend(elements)
        numbers.extend([NumberObject(place), elements])
    tree[NameObject("/K")] = body
    tree[NameObject("/ParentTree")] = DictionaryObject({NameObject("/Nums"): numbers})
    writer.root_object[NameObject("/StructTreeRoot")] = root
    writer.root_object[NameObject("/MarkInfo")] = DictionaryObject({NameObject("/Marked"): BooleanObject(True)})
    stream = BytesIO()
    writer.write(stream)
    return stream.getvalue()


def _element(
    tag: str, parent: IndirectObject, page: IndirectObject | None = None, number: int | None = None
) -> DictionaryObject:
    element = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject(f"/{tag}"),
            NameObject("/P"): parent,
            NameObject("/K"): ArrayObject() if number is None else NumberObject(number),
        }
    )
    if page is not None:
        element[NameObject("/Pg")] = page
    return element
