"""Office Open XML (ECMA-376): PPTX, DOCX, XLSX."""

from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZipFile

from lernnetzwerk.reading.inside import Found, Limits
from lernnetzwerk.reading.inside.package import DC, RELATIONSHIP, opened, spare, value
from lernnetzwerk.reading.inside.presentation import read_slides
from lernnetzwerk.reading.inside.spreadsheet import read_sheets
from lernnetzwerk.reading.inside.word import read_document
from lernnetzwerk.reading.text import clean_line

READERS = {"pptx": read_slides, "docx": read_document, "xlsx": read_sheets}


def read(file: BinaryIO, key: str, limits: Limits) -> Found:
    archive = opened(file)
    core = spare(archive, "docProps/core.xml")
    found = Found(title=clean_line(value(core, f"{DC}title")), active_content=sorted(set(references(archive))))
    READERS[key](archive, found, limits)
    return found


def references(archive: ZipFile) -> Iterable[str]:
    """What is fetched from elsewhere when the file is opened, and what is carried along; links are neither."""
    for name in archive.namelist():
        tree = spare(archive, name) if name.endswith(".rels") else None
        for one in () if tree is None else tree.iter(RELATIONSHIP):
            kind = one.get("Type", "").rpartition("/")[2]
            if one.get("TargetMode") == "External":
                if kind != "hyperlink":
                    yield "external"
            elif kind == "oleObject":
                yield "embedded"
