"""Start tags of XML parts, without a document type and so without entities."""

from collections.abc import Callable
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from lernnetzwerk.formats.archive import DAMAGED
from lernnetzwerk.formats.errors import RefusedError

Visit = Callable[[str, dict[str, str]], None]


def visit_tags(archive: ZipFile, name: str, visit: Visit) -> None:
    """Call `visit` with "namespace local-name" and the attributes of every element of the member."""
    parser = ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = visit
    parser.StartDoctypeDeclHandler = refuse_document_type
    try:
        with archive.open(name) as member:
            parser.ParseFile(member)
    except (ExpatError, KeyError):
        raise RefusedError(DAMAGED) from None


def refuse_document_type(*_declaration: str | bool | None) -> NoReturn:
    raise RefusedError("Die Datei enthält eine unzulässige XML-Deklaration.")
