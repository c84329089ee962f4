"""Office Open XML: PPTX, DOCX, XLSX (ECMA-376, part 2: the package)."""

from typing import BinaryIO

from lernnetzwerk.files.inspection import Findings, Limits, RefusedError
from lernnetzwerk.files.inspection.archive import DAMAGED, MACROS, open_archive
from lernnetzwerk.files.inspection.xml import visit_tags

CONTENT_TYPES = "[Content_Types].xml"
OOXML = "application/vnd.openxmlformats-officedocument."
MAIN = {
    "pptx": f"{OOXML}presentationml.presentation.main+xml",
    "docx": f"{OOXML}wordprocessingml.document.main+xml",
    "xlsx": f"{OOXML}spreadsheetml.sheet.main+xml",
}
SLIDE = f"{OOXML}presentationml.slide+xml"
MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet")
MACRO_NAMES = ("vbaproject.bin", "vbadata.xml", ".docm", ".dotm", ".pptm", ".potm", ".ppsm", ".xlsm", ".xltm", ".xlsb")


def inspect(file: BinaryIO, key: str, limits: Limits) -> Findings:
    archive = open_archive(file)
    names = {name.lower() for name in archive.namelist()}
    if CONTENT_TYPES.lower() not in names:
        raise RefusedError(DAMAGED)
    parts: list[tuple[str, str]] = []
    visit_tags(archive, CONTENT_TYPES, lambda _tag, attributes: parts.append(part(attributes)))
    refuse_macros(names, parts)
    if not any(content_type == MAIN[key] and name in names for name, content_type in parts):
        raise RefusedError(f"Der Inhalt der Datei passt nicht zu ihrer Endung „.{key}“.")
    if key != "pptx":
        return Findings()
    slides = sum(content_type == SLIDE and name in names for name, content_type in parts)
    if not slides:
        raise RefusedError("Die Präsentation enthält keine Folien.")
    return Findings(page_count=slides)


def part(attributes: dict[str, str]) -> tuple[str, str]:
    return attributes.get("PartName", "").lstrip("/").lower(), attributes.get("ContentType", "")


def refuse_macros(names: set[str], parts: list[tuple[str, str]]) -> None:
    content_types = " ".join(content_type for _name, content_type in parts).lower()
    if any(name.endswith(MACRO_NAMES) for name in names) or any(word in content_types for word in MACRO_TYPES):
        raise RefusedError(MACROS)
