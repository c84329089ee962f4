"""OpenDocument: ODP, ODT, ODS (OpenDocument 1.3, part 2: packages)."""

import zlib
from functools import partial
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from lernnetzwerk.formats.archive import DAMAGED, ENCRYPTED, MACROS, open_archive
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult
from lernnetzwerk.formats.xml_events import visit_tags

ODF = "application/vnd.oasis.opendocument."
KINDS = {"odp": "presentation", "odt": "text", "ods": "spreadsheet"}
PAGE = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 page"
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0 "
LONGEST_MEDIA_TYPE = 100
MACRO_FOLDERS = ("basic/", "scripts/")
MACRO_ADDRESSES = ("vnd.sun.star.script:", "macro:")


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    archive = open_archive(file)
    declared: list[str] = []
    visit_tags(archive, "META-INF/manifest.xml", partial(visit_manifest, declared))
    check_media_type(media_type(archive) or "".join(declared), key)
    if any(name.lower().startswith(MACRO_FOLDERS) for name in archive.namelist()):
        raise RefusedError(MACROS)
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


def media_type(archive: ZipFile) -> str:
    """The content of the member `mimetype`, which should be the first one and stored, but need not (3.3)."""
    member = archive.NameToInfo.get("mimetype")
    if member is None or member.file_size > LONGEST_MEDIA_TYPE:
        return ""
    try:
        return archive.read(member).decode("ascii", "replace").strip()
    except (BadZipFile, zlib.error):
        raise RefusedError(DAMAGED) from None


def check_media_type(media_type: str, key: str) -> None:
    if not media_type:
        raise RefusedError(DAMAGED)
    if media_type == f"{ODF}{KINDS[key]}-template":
        raise RefusedError(f"Die Datei ist eine Vorlage. Bitte öffnen und als normale .{key}-Datei speichern.")
    if media_type != f"{ODF}{KINDS[key]}":
        raise RefusedError(f"Der Inhalt der Datei passt nicht zu ihrer Endung „.{key}“.")


def visit_manifest(declared: list[str], tag: str, attributes: dict[str, str]) -> None:
    """Append the media type of the whole file to `declared`. Raises RefusedError for an encrypted part."""
    if tag == f"{MANIFEST}encryption-data":
        raise RefusedError(ENCRYPTED)
    if attributes.get(f"{MANIFEST}full-path") == "/":
        declared.append(attributes.get(f"{MANIFEST}media-type", ""))
