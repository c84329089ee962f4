"""Title, names and comments of a PDF, read with pypdf: PDFium gives no XMP."""

from collections.abc import Iterator
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import ArrayObject, StreamObject

from lernnetzwerk.formats.pdf.objects import as_dictionary, resolved
from lernnetzwerk.formats.pdf.objects import root as catalog
from lernnetzwerk.formats.plain_text import clean_line
from lernnetzwerk.formats.results import MOST_NAMES
from lernnetzwerk.formats.xml_tree import DC, SAFE

LARGEST_XMP = 1_000_000
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
NOBODY = {"", "anonymous", "unknown", "unspecified", "user", "admin", "administrator", "windows user", "unbekannt"}
# Annotations that people write (ISO 32000-2, table 171), without links, fields, media and their pop-up windows.
COMMENTS = (
    *("/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline"),
    *("/Squiggly", "/StrikeOut", "/Caret", "/Stamp", "/Ink", "/Redact"),
)


def xmp(reader: PdfReader) -> Any:
    """The root of the XMP metadata, None without it."""
    try:
        stream = as_dictionary(catalog(reader).get("/Metadata"))
        content = stream.get_data() if isinstance(stream, StreamObject) else b""
        if not 0 < len(content) <= LARGEST_XMP:
            return None
        root = etree.fromstring(content, etree.XMLParser(**SAFE))
    except MemoryError:
        raise
    except Exception:
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def texts(root: Any, tag: str) -> list[str]:
    """The texts of a property of the Dublin Core: one, or those of its list or language alternatives."""
    found = None if root is None else next(root.iter(f"{DC}{tag}"), None)
    if found is None:
        return []
    entries = list(found.iter(f"{RDF}li")) or [found]
    return [text for one in entries if (text := clean_line("".join(one.itertext())))]


def title(root: Any) -> str:
    return next(iter(texts(root, "title")), "")


def names(reader: PdfReader, root: Any) -> list[str]:
    """The authors in the properties of the file, without placeholders of programs."""
    try:
        info = as_dictionary(reader.trailer.get("/Info"))
        found = [clean_line(str(resolved(info.get("/Author", "")))), *texts(root, "creator")]
    except MemoryError:
        raise
    except Exception:
        return []
    return list(dict.fromkeys(one for one in found if one.strip("() ").lower() not in NOBODY))[:MOST_NAMES]


def count_comments(reader: PdfReader, most_pages: int, most: int) -> int:
    """Comments on the first `most_pages` pages, of at most `most` annotations."""
    count = 0
    for subtype, _number in zip(subtypes(reader, most_pages), range(most), strict=False):
        count += subtype in COMMENTS
    return count


def subtypes(reader: PdfReader, most_pages: int) -> Iterator[str]:
    try:
        for page in reader.pages[:most_pages]:
            annotations = resolved(page.get("/Annots"))
            for one in annotations if isinstance(annotations, ArrayObject) else ():
                yield str(as_dictionary(one).get("/Subtype"))
    except MemoryError:
        raise
    except Exception:  # a broken tree of pages; PDFium reads what it can
        return
