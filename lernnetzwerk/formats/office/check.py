"""Office Open XML: PPTX, DOCX, XLSX (ECMA-376, part 2: the package)."""

import re
from typing import BinaryIO
from zipfile import ZipFile

from lernnetzwerk.formats.archive import DAMAGED, MACROS, open_archive
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult
from lernnetzwerk.formats.xml_events import visit_tags

# External content that becomes part of the document. External pictures and films are reported by `read`.
FETCHED = {
    "attachedtemplate": "eine Vorlage",
    "oleobject": "ein Objekt",
    "frame": "eine Seite",
    "subdocument": "ein Dokument",
    "afchunk": "ein Dokument",
    "control": "ein Steuerelement",
}
REMOTE = re.compile(r"(https?|ftp|mhtml|ms-\w+):|(file:)?[/\\]{2}(?![/\\]|[a-z]:)|file:[/\\]{4}", re.IGNORECASE)

CONTENT_TYPES = "[Content_Types].xml"
OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "pptx": f"{OOXML}presentationml.presentation.main+xml",
    "docx": f"{OOXML}wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}spreadsheetml.sheet.main+xml",
}
SHOW = f"{OOXML}presentationml.slideshow.main+xml"  # PowerPoint opens it as a presentation where its name ends so
TEMPLATES = tuple(
    f"{OOXML}{kind}.template.main+xml" for kind in ("presentationml", "wordprocessingml", "spreadsheetml")
)
SLIDE = f"{OOXML}presentationml.slide+xml"
MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet")
MACRO_NAMES = ("vbaproject.bin", "vbadata.xml", ".docm", ".dotm", ".pptm", ".potm", ".ppsm", ".xlsm", ".xltm", ".xlsb")


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    archive = open_archive(file)
    names = {name.lower() for name in archive.namelist()}
    if CONTENT_TYPES.lower() not in names:
        raise RefusedError(DAMAGED)
    parts: list[tuple[str, str]] = []
    visit_tags(archive, CONTENT_TYPES, lambda _tag, attributes: parts.append(part(attributes)))
    if len(names) < len(archive.namelist()):  # names of parts are equal whatever their case
        raise RefusedError(DAMAGED)
    refuse_macros(names, parts)
    refuse_remote(archive)
    check_main_part(key, {content_type for name, content_type in parts if name in names})
    if key != "pptx":
        return CheckResult()
    slides = sum(content_type == SLIDE and name in names for name, content_type in parts)
    if not slides:
        raise RefusedError("Die Präsentation enthält keine Folien.")
    return CheckResult(page_count=slides)


def check_main_part(key: str, content_types: set[str]) -> None:
    allowed = {MAIN[key], SHOW} if key == "pptx" else {MAIN[key]}
    if allowed & content_types:
        return
    if content_types.intersection(TEMPLATES):
        raise RefusedError(f"Die Datei ist eine Vorlage. Bitte öffnen und als normale .{key}-Datei speichern.")
    raise RefusedError(f"Der Inhalt der Datei passt nicht zu ihrer Endung „.{key}“.")


def part(attributes: dict[str, str]) -> tuple[str, str]:
    return attributes.get("PartName", "").lstrip("/").lower(), attributes.get("ContentType", "")


def refuse_macros(names: set[str], parts: list[tuple[str, str]]) -> None:
    content_types = " ".join(content_type for _name, content_type in parts).lower()
    if any(name.endswith(MACRO_NAMES) for name in names) or any(word in content_types for word in MACRO_TYPES):
        raise RefusedError(MACROS)


def refuse_remote(archive: ZipFile) -> None:
    """Raise RefusedError for content on a server, which every reader would load. A local path discloses nothing."""

    def visit(_tag: str, attributes: dict[str, str]) -> None:
        what = FETCHED.get(attributes.get("Type", "").rpartition("/")[2].lower())
        is_external = attributes.get("TargetMode", "").lower() == "external"
        if what and is_external and REMOTE.match(attributes.get("Target", "").strip()):
            raise RefusedError(
                f"Die Datei holt beim Öffnen {what} von einem anderen Rechner. "
                "Bitte lösen Sie diese Verknüpfung, oder laden Sie die Datei als PDF hoch."
            )

    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            visit_tags(archive, name, visit)
