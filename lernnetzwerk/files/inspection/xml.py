"""XML out of office files: start tags only, no document type, so no entities."""

from collections.abc import Callable
from typing import NoReturn
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZipFile

from lernnetzwerk.files.inspection import RefusedError
from lernnetzwerk.files.inspection.archive import DAMAGED

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


def refuse_document_type(*_declaration: object) -> NoReturn:
    raise RefusedError("Die Datei enthält eine unzulässige XML-Deklaration.")
