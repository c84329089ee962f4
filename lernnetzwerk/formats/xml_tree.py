"""Parts of office files as lxml trees: bounded in size, without declarations and so without entities."""

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Any, BinaryIO, cast
from xml.parsers.expat import ExpatError
from zipfile import BadZipFile, ZipFile

from lxml import etree

from lernnetzwerk.formats.archive import open_archive
from lernnetzwerk.formats.errors import DAMAGED, TOO_COMPLEX, RefusedError, UnreadableError
from lernnetzwerk.formats.xml_events import visit_tags_of

LARGEST_PART = 50_000_000
SAFE: dict[str, Any] = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
BROKEN = (etree.XMLSyntaxError, BadZipFile, EOFError, KeyError, OSError, zlib.error)
START = 1 << 16  # bytes that contain the namespaces of the root element
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/\2"
HIDDEN = "hidden"  # the name given to elements that a reader passes over
DC = "{http://purl.org/dc/elements/1.1/}"


class TransitionalStream:
    """A part with the namespaces of "Strict Open XML" (ISO/IEC 29500-1) replaced by the transitional ones."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._start = BytesIO(STRICT.sub(TRANSITIONAL, stream.read(START)))
        self._rest = stream

    def read(self, size: int) -> bytes:
        return self._start.read(size) or self._rest.read(size)


def open_package(file: BinaryIO) -> ZipFile:
    """The checked archive. Raises UnreadableError."""
    try:
        return open_archive(file)
    except RefusedError:
        raise UnreadableError(DAMAGED) from None


def root(archive: ZipFile, name: str) -> Any:
    """The root element of a part, None when the part is missing. Raises UnreadableError."""
    if name not in archive.namelist():
        return None
    if archive.getinfo(name).file_size > LARGEST_PART:
        raise UnreadableError(TOO_COMPLEX)
    try:
        with archive.open(name) as part:
            # LibreOffice repeats an xml:id now and then.
            parser = etree.XMLParser(**SAFE, collect_ids=False)
            tree = etree.parse(cast("IO[bytes]", TransitionalStream(part)), parser)
    except BROKEN:
        raise UnreadableError(DAMAGED) from None
    refuse_declarations(tree, archive, name)
    return tree.getroot()


def optional_root(archive: ZipFile, name: str) -> Any:
    """The root element of a part, None when the part is missing or damaged."""
    try:
        return root(archive, name)
    except UnreadableError:
        return None


def required_root(archive: ZipFile, name: str) -> Any:
    """The root element of a part. Raises UnreadableError when the part is missing or damaged."""
    found = root(archive, name)
    if found is None:
        raise UnreadableError(DAMAGED)
    return found


def iterate(archive: ZipFile, name: str, *tags: str) -> Iterator[Any]:
    """Elements of these tags in a part that is too large for memory. Raises UnreadableError."""
    try:
        with archive.open(name) as part:
            for count, (_event, element) in enumerate(etree.iterparse(TransitionalStream(part), tag=tags, **SAFE)):
                if not count:
                    refuse_declarations(element.getroottree(), archive, name)
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except BROKEN:
        raise UnreadableError(DAMAGED) from None


def refuse_declarations(tree: Any, archive: ZipFile, name: str) -> None:
    """Raise UnreadableError for a document type with declarations of its own; lxml does not tell them apart."""
    if tree.docinfo.internalDTD is None:
        return
    try:
        with archive.open(name) as part:
            visit_tags_of(cast("BinaryIO", part), lambda _tag, _attributes: None)
    except (RefusedError, ExpatError, *BROKEN):
        raise UnreadableError(DAMAGED) from None


def first_text(tree: Any, tag: str) -> str:
    """The text of the first element of this tag; empty when there is none."""
    found = None if tree is None else next(tree.iter(tag), None)
    return "" if found is None else "".join(found.itertext())


def property_texts(tree: Any, *tags: str) -> list[str]:
    """The texts of the first elements of these tags, without empty ones."""
    return [text for tag in tags if (text := first_text(tree, tag).strip())]


def local_name(element: Any) -> str:
    """The name without its namespace; empty for comments and processing instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def parse_signed(text: str) -> int | None:
    """A number of at most twelve digits, None for anything else."""
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 12 else None


def parse_int(text: str) -> int | None:
    """A number of at most nine digits, None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 10 else None
