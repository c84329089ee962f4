"""What to do with files of types that are refused: the type to save them as, and how."""

from typing import NamedTuple

from lernnetzwerk.files.types import FileType


class Conversion(NamedTuple):
    target: str  # key of a type in `lernnetzwerk.files.types`
    advice: str  # German sentences


IPHONE_PHOTO = Conversion(
    "jpeg",
    "Das ist ein iPhone-Foto (HEIC): Bitte als JPEG speichern, am iPhone mit „Einstellungen → Kamera → Formate → "
    "Maximale Kompatibilität“.",
)
IMAGE = Conversion("jpeg", "Bitte speichern Sie das Bild als JPEG oder PNG.")
DRAWING = Conversion("pdf", "Bitte exportieren Sie die Zeichnung als PDF.")
VIDEO = Conversion("mp4", "Bitte wandeln Sie das Video in das Format MP4 (H.264) um, etwa mit dem Programm HandBrake.")
IPHONE_VIDEO = Conversion(
    "mp4", "Bitte exportieren Sie das Video als MP4 (H.264), etwa mit iMovie oder dem Programm HandBrake."
)
AUDIO = Conversion("mp3", "Bitte wandeln Sie die Aufnahme in das Format MP3 um, etwa mit dem Programm Audacity.")
SLIDES = Conversion("pptx", "Bitte öffnen Sie die Datei in PowerPoint und speichern Sie sie als .pptx.")
SHOW = Conversion("pptx", "Das ist eine Bildschirmpräsentation: Bitte in PowerPoint öffnen und als .pptx speichern.")
TEXT = Conversion("docx", "Bitte öffnen Sie die Datei in Word und speichern Sie sie als .docx.")
SHEETS = Conversion("xlsx", "Bitte öffnen Sie die Datei in Excel und speichern Sie sie als .xlsx.")
MACROS = "Dateien mit Makros sind hier nicht möglich: Bitte ohne Makros als {} speichern."
TEMPLATE = "Das ist eine Vorlage: Bitte öffnen und als {} speichern."
APPLE = "Bitte in {} mit „Ablage → Exportieren“ als PDF oder {} speichern."
PAGE = Conversion("pdf", "Bitte exportieren oder drucken Sie die Datei als PDF.")
WEB_PAGE = Conversion("pdf", "Bitte drucken Sie die Seite als PDF, oder tragen Sie statt der Datei ihre Adresse ein.")
PACKED = Conversion("pdf", "Bitte entpacken Sie das Archiv und laden Sie die Dateien einzeln hoch.")
MAIL = Conversion("pdf", "Bitte speichern Sie die Anlagen der Mail und laden Sie sie einzeln hoch.")

CONVERSIONS: dict[str, Conversion] = {
    **dict.fromkeys(("heic", "heif", "hif"), IPHONE_PHOTO),
    **dict.fromkeys(("gif", "tif", "tiff", "bmp", "avif", "jp2", "jxl", "psd", "ico"), IMAGE),
    **dict.fromkeys(("raw", "dng", "cr2", "cr3", "nef", "arw"), IMAGE),
    **dict.fromkeys(("svg", "svgz", "ai", "eps", "odg", "vsd", "vsdx", "drawio", "cdr", "dwg", "wmf", "emf"), DRAWING),
    **dict.fromkeys(("mov", "qt"), IPHONE_VIDEO),
    **dict.fromkeys(("avi", "wmv", "mkv", "mpg", "mpeg", "flv", "3gp", "mts", "m2ts", "ts", "vob", "asf"), VIDEO),
    **dict.fromkeys(("ogv", "divx"), VIDEO),
    **dict.fromkeys(("m4a", "wav", "wma", "aac", "ogg", "oga", "opus", "flac", "aif", "aiff", "amr", "caf"), AUDIO),
    **dict.fromkeys(("ppt", "sxi"), SLIDES),
    **dict.fromkeys(("ppsx", "pps"), SHOW),
    **dict.fromkeys(("doc", "rtf", "txt", "wps", "wpd", "sxw", "md"), TEXT),
    **dict.fromkeys(("xls", "csv", "tsv", "sxc", "xlsb"), SHEETS),
    **dict.fromkeys(("potx", "pot"), Conversion("pptx", TEMPLATE.format(".pptx"))),
    **dict.fromkeys(("dotx", "dot"), Conversion("docx", TEMPLATE.format(".docx"))),
    **dict.fromkeys(("xltx", "xlt"), Conversion("xlsx", TEMPLATE.format(".xlsx"))),
    "otp": Conversion("odp", TEMPLATE.format(".odp")),
    "ott": Conversion("odt", TEMPLATE.format(".odt")),
    "ots": Conversion("ods", TEMPLATE.format(".ods")),
    **dict.fromkeys(("pptm", "ppsm", "potm", "ppam"), Conversion("pptx", MACROS.format(".pptx"))),
    **dict.fromkeys(("docm", "dotm"), Conversion("docx", MACROS.format(".docx"))),
    **dict.fromkeys(("xlsm", "xltm", "xlam"), Conversion("xlsx", MACROS.format(".xlsx"))),
    "key": Conversion("pptx", APPLE.format("Keynote", "PowerPoint (.pptx)")),
    "pages": Conversion("docx", APPLE.format("Pages", "Word (.docx)")),
    "numbers": Conversion("xlsx", APPLE.format("Numbers", "Excel (.xlsx)")),
    **dict.fromkeys(("pub", "one", "mpp", "indd", "xps", "oxps", "epub", "ps", "djvu", "odf", "tex"), PAGE),
    **dict.fromkeys(("html", "htm", "xhtml", "mhtml", "mht", "url", "webloc"), WEB_PAGE),
    **dict.fromkeys(("zip", "rar", "7z", "tar", "gz", "tgz", "bz2", "xz"), PACKED),
    **dict.fromkeys(("msg", "eml"), MAIL),
}


def advice(extension: str, allowed: tuple[FileType, ...]) -> str:
    """How to make a file of this extension into one of the types `allowed`; empty where none of them fits."""
    conversion = CONVERSIONS.get(extension.removeprefix(".").lower())
    is_useful = conversion is not None and any(one.key == conversion.target for one in allowed)
    return conversion.advice if conversion and is_useful else ""
