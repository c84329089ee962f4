"""Start tags of XML parts, without an internal document type and so without entities."""

from collections.abc import Callable
from typing import BinaryIO, cast
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from lernnetzwerk.formats.archive import DAMAGED
from lernnetzwerk.formats.errors import RefusedError

Visit = Callable[[str, dict[str, str]], None]


def visit_tags(archive: ZipFile, name: str, visit: Visit) -> None:
    """Call `visit` with "namespace local-name" and the attributes of every element of the member."""
    try:
        with archive.open(name) as member:
            visit_tags_of(cast("BinaryIO", member), visit)
    except (ExpatError, KeyError):
        raise RefusedError(DAMAGED) from None


def visit_tags_of(part: BinaryIO, visit: Visit) -> None:
    """As `visit_tags`. Raises ExpatError for a damaged part."""
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = visit
    parser.StartDoctypeDeclHandler = refuse_declarations
    parser.ParseFile(part)


def refuse_declarations(_name: str, _system_id: str | None, _public_id: str | None, has_declarations: bool) -> None:
    """Raise RefusedError for a document type with declarations of its own.

    A DTD of which it only gives the address is never loaded: files of OpenOffice.org name theirs.
    """
    if has_declarations:
        raise RefusedError("Die Datei enthält eine unzulässige XML-Deklaration.")
