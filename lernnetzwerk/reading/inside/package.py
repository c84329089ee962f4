"""Office files as archives of XML: bounded, without document types, so without entities."""

import posixpath
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any, BinaryIO, NamedTuple, cast
from zipfile import BadZipFile, ZipFile

from lxml import etree

from lernnetzwerk.files.inspection import RefusedError
from lernnetzwerk.files.inspection.archive import open_archive
from lernnetzwerk.reading.inside import DAMAGED, TOO_COMPLEX, UnreadableError

LARGEST_PART = 50_000_000
SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
BROKEN = (etree.XMLSyntaxError, BadZipFile, EOFError, KeyError, OSError, zlib.error)
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
START = 1 << 16  # bytes; in them the root element names its name spaces
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
DC = "{http://purl.org/dc/elements/1.1/}"


class Part:
    """A part as a stream; where its file is "Strict Open XML" (ISO/IEC 29500-1), with the names that all others use."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._start = BytesIO(STRICT.sub(TRANSITIONAL, stream.read(START)))
        self._rest = stream

    def read(self, size: int) -> bytes:
        return self._start.read(size) or self._rest.read(size)


class Link(NamedTuple):
    """From one part of an Office file to another one of the same file."""

    id: str
    kind: str
    place: str


def opened(file: BinaryIO) -> ZipFile:
    try:
        return open_archive(file)
    except RefusedError:
        raise UnreadableError(DAMAGED) from None


def root(archive: ZipFile, name: str) -> Any:
    """The root element of a part, None when there is no such part."""
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise UnreadableError(TOO_COMPLEX)
    try:
        with archive.open(name) as part:
            tree = etree.parse(cast("IO[bytes]", Part(part)), etree.XMLParser(**SAFE))
    except BROKEN:
        raise UnreadableError(DAMAGED) from None
    refuse_document_type(tree)
    return tree.getroot()


def spare(archive: ZipFile, name: str) -> Any:
    """The root of a part that can be done without: None when it is damaged, too."""
    try:
        return root(archive, name)
    except UnreadableError:
        return None


def needed(archive: ZipFile, name: str) -> Any:
    found = root(archive, name)
    if found is None:
        raise UnreadableError(DAMAGED)
    return found


def each(archive: ZipFile, name: str, *tags: str) -> Iterator[Any]:
    """Elements of these tags in a part too large to be held as a whole."""
    try:
        with archive.open(name) as part:
            for count, (_event, element) in enumerate(etree.iterparse(Part(part), tag=tags, **SAFE)):
                if not count:
                    refuse_document_type(element.getroottree())
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except BROKEN:
        raise UnreadableError(DAMAGED) from None


def refuse_document_type(tree: Any) -> None:
    if tree.docinfo.internalDTD is not None:
        raise UnreadableError(DAMAGED)


def links(archive: ZipFile, name: str) -> list[Link]:
    """Where a part points to within the file; what lies outside is never followed."""
    folder, _, last = name.rpartition("/")
    tree = spare(archive, posixpath.join(folder, "_rels", f"{last}.rels"))
    return [
        Link(one.get("Id", ""), one.get("Type", "").rpartition("/")[2], placed(folder, one.get("Target", "")))
        for one in (() if tree is None else tree.iter(RELATIONSHIP))
        if one.get("TargetMode") != "External"
    ]


def placed(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def targets(archive: ZipFile, name: str) -> dict[str, str]:
    """The parts a part points to, by the id of the relationship."""
    return {link.id: link.place for link in links(archive, name)}


def main_part(archive: ZipFile, usual: str) -> str:
    """Word in the browser calls it document2.xml."""
    found = (link.place for link in links(archive, "") if link.kind == "officeDocument")
    return next((place for place in found if place in archive.namelist()), usual)


def value(tree: Any, tag: str) -> str:
    """The text of the first such element anywhere below."""
    found = None if tree is None else next(tree.iter(tag), None)
    return "" if found is None else "".join(found.itertext())


def whole(text: str) -> int | None:
    """A number as files write levels and places; None for anything else, however many digits it has."""
    return int(text) if text.isdecimal() and len(text) < 10 else None
