"""OpenDocument: ODP, ODT, ODS (OpenDocument 1.3, part 2: packages)."""

from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

from lernnetzwerk.formats.archive import DAMAGED, ENCRYPTED, MACROS, open_archive
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult
from lernnetzwerk.formats.xml_events import visit_tags

KINDS = {"odp": "presentation", "odt": "text", "ods": "spreadsheet"}
PAGE = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 page"
ENCRYPTION = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0 encryption-data"
MACRO_FOLDERS = ("basic/", "scripts/")
MACRO_ADDRESSES = ("vnd.sun.star.script:", "macro:")


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    archive = open_archive(file)
    check_media_type(archive, key)
    if any(name.lower().startswith(MACRO_FOLDERS) for name in archive.namelist()):
        raise RefusedError(MACROS)
    visit_tags(archive, "META-INF/manifest.xml", refuse_encryption)
    pages = 0

    def visit(tag: str, attributes: dict[str, str]) -> None:
        nonlocal pages
        pages += tag == PAGE
        if any(value.strip().lower().startswith(MACRO_ADDRESSES) for value in attributes.values()):
            raise RefusedError(MACROS)

    visit_tags(archive, "content.xml", visit)
    if key == "odp" and not pages:
        raise RefusedError("Die Präsentation enthält keine Folien.")
    return CheckResult(page_count=pages if key == "odp" else None)


def check_media_type(archive: ZipFile, key: str) -> None:
    first = min(archive.infolist(), key=lambda member: member.header_offset)
    if first.filename != "mimetype" or first.compress_type != ZIP_STORED or first.file_size > 100:
        raise RefusedError(DAMAGED)
    if archive.read(first) != f"application/vnd.oasis.opendocument.{KINDS[key]}".encode():
        raise RefusedError(f"Der Inhalt der Datei passt nicht zu ihrer Endung „.{key}“.")


def refuse_encryption(tag: str, _attributes: dict[str, str]) -> None:
    if tag == ENCRYPTION:
        raise RefusedError(ENCRYPTED)
