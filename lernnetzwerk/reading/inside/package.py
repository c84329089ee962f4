"""Office files as archives of XML: bounded, without document types, so without entities."""

import posixpath
from collections.abc import Iterator
from typing import Any, BinaryIO
from zipfile import ZipFile

from lxml import etree

from lernnetzwerk.files.inspection import RefusedError
from lernnetzwerk.files.inspection.archive import open_archive
from lernnetzwerk.reading.inside import DAMAGED, TOO_COMPLEX, UnreadableError

LARGEST_PART = 50_000_000
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DC = "{http://purl.org/dc/elements/1.1/}"


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
            tree = etree.parse(part, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError:
        raise UnreadableError(DAMAGED) from None
    if tree.docinfo.internalDTD is not None:
        raise UnreadableError(DAMAGED)
    return tree.getroot()


def needed(archive: ZipFile, name: str) -> Any:
    found = root(archive, name)
    if found is None:
        raise UnreadableError(DAMAGED)
    return found


def each(archive: ZipFile, name: str, tag: str) -> Iterator[Any]:
    """Elements of this tag in a part too large to be held as a whole."""
    try:
        with archive.open(name) as part:
            for _event, element in etree.iterparse(part, tag=tag, **SAFE):
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, KeyError):
        raise UnreadableError(DAMAGED) from None


def targets(archive: ZipFile, name: str) -> dict[str, str]:
    """The parts a part of an Office file points to, by the id of the relationship."""
    folder, _, last = name.rpartition("/")
    tree = root(archive, f"{folder}/_rels/{last}.rels")
    found = () if tree is None else tree.iter(RELATIONSHIP)
    return {
        one.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        for one in found
        if one.get("TargetMode") != "External"
    }


def value(tree: Any, tag: str) -> str:
    """The text of the first such element anywhere below."""
    found = None if tree is None else next(tree.iter(tag), None)
    return "" if found is None else "".join(found.itertext())
