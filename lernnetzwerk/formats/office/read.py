"""Office Open XML (ECMA-376): PPTX, DOCX, XLSX."""

from collections.abc import Iterator
from typing import BinaryIO
from zipfile import ZipFile

from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.office.presentation import read_slides
from lernnetzwerk.formats.office.relationships import RELATIONSHIP
from lernnetzwerk.formats.office.spreadsheet import read_sheets
from lernnetzwerk.formats.office.word import read_document
from lernnetzwerk.formats.photos import photos_with_place
from lernnetzwerk.formats.plain_text import clean_line
from lernnetzwerk.formats.results import ActiveContent, ReadResult, names
from lernnetzwerk.formats.xml_tree import DC, first_text, open_package, optional_root, property_texts

CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
APP = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"
READERS = {"pptx": read_slides, "docx": read_document, "xlsx": read_sheets}


def read(file: BinaryIO, key: str, limits: Limits) -> ReadResult:
    archive = open_package(file)
    core = optional_root(archive, "docProps/core.xml")
    title = clean_line(first_text(core, f"{DC}title"))
    people = property_texts(core, f"{DC}creator", f"{CORE}lastModifiedBy")
    offices = property_texts(optional_root(archive, "docProps/app.xml"), f"{APP}Company", f"{APP}Manager")
    result = ReadResult(title=title, active_content=sorted(set(active_content(archive))), names=names(people, offices))
    result.count_hidden({"photos": photos_with_place(archive)})
    READERS[key](archive, result, limits)
    return result


def active_content(archive: ZipFile) -> Iterator[ActiveContent]:
    """Kinds of external content that is loaded on opening and of embedded objects; hyperlinks are neither."""
    for name in archive.namelist():
        tree = optional_root(archive, name) if name.endswith(".rels") else None
        for one in () if tree is None else tree.iter(RELATIONSHIP):
            kind = one.get("Type", "").rpartition("/")[2]
            if one.get("TargetMode") == "External":
                if kind != "hyperlink":
                    yield "external"
            elif kind == "oleObject":
                yield "embedded"
