"""The whitelist of file types with their names and extensions. Every other type is refused."""

from dataclasses import dataclass


@dataclass(frozen=True)
class FileType:
    key: str
    media_type: str
    label: str  # in a link text: "(PDF, 8 Seiten, 240 kB)"
    german_name: str  # in a sentence: "ist kein PDF-Dokument"
    kind: str  # document, image, video, audio or subtitles
    extensions: tuple[str, ...]  # the first one is used for downloads
    signature: str = ""  # media type of the library `filetype` for the first bytes
    pages: tuple[str, str] = ("Seite", "Seiten")
    content_type: str = ""
    begins: bytes = b""  # regular expression of the first bytes, where that library knows only some of them

    @property
    def header(self) -> str:
        """Value of the Content-Type header."""
        return self.content_type or self.media_type


ZIP = "application/zip"
SLIDES = ("Folie", "Folien")
OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."

TYPES: tuple[FileType, ...] = (
    FileType("pdf", "application/pdf", "PDF", "PDF-Dokument", "document", (".pdf",), begins=rb".{0,1019}%PDF-"),
    FileType(
        "pptx",
        f"{OOXML}presentationml.presentation",
        "PowerPoint",
        "PowerPoint-Präsentation",
        "document",
        (".pptx",),
        ZIP,
        SLIDES,
    ),
    FileType("docx", f"{OOXML}wordprocessingml.document", "Word", "Word-Dokument", "document", (".docx",), ZIP),
    FileType("xlsx", f"{OOXML}spreadsheetml.sheet", "Excel", "Excel-Tabelle", "document", (".xlsx",), ZIP),
    FileType("odp", f"{ODF}presentation", "ODP", "OpenDocument-Präsentation", "document", (".odp",), ZIP, SLIDES),
    FileType("odt", f"{ODF}text", "ODT", "OpenDocument-Text", "document", (".odt",), ZIP),
    FileType("ods", f"{ODF}spreadsheet", "ODS", "OpenDocument-Tabelle", "document", (".ods",), ZIP),
    FileType("jpeg", "image/jpeg", "JPEG", "JPEG-Bild", "image", (".jpg", ".jpeg", ".jfif"), "image/jpeg"),
    FileType("png", "image/png", "PNG", "PNG-Bild", "image", (".png",), "image/png"),
    FileType("webp", "image/webp", "WebP", "WebP-Bild", "image", (".webp",), "image/webp"),
    FileType("mp4", "video/mp4", "MP4", "MP4-Video", "video", (".mp4", ".m4v"), begins=rb".{4}ftyp"),
    FileType("webm", "video/webm", "WebM", "WebM-Video", "video", (".webm",), begins=rb"\x1a\x45\xdf\xa3"),
    FileType("mp3", "audio/mpeg", "MP3", "MP3-Audio", "audio", (".mp3",), begins=rb"ID3|\xff[\xe0-\xff]"),
    FileType(
        "vtt",
        "text/vtt",
        "WebVTT",
        "WebVTT-Untertitel",
        "subtitles",
        (".vtt", ".srt"),
        content_type="text/vtt; charset=utf-8",
    ),
)

BY_EXTENSION: dict[str, FileType] = {extension: one for one in TYPES for extension in one.extensions}
BY_MEDIA_TYPE: dict[str, FileType] = {one.media_type: one for one in TYPES}


def accepted(accept: str) -> tuple[FileType, ...]:
    """Types of the group `accept`: "any" or one kind such as "image"."""
    types = tuple(one for one in TYPES if accept in ("any", one.kind))
    if not types:
        raise ValueError(f"no file types are called {accept!r}")
    return types


def in_words(types: tuple[FileType, ...]) -> str:
    """The types in words, such as "JPEG (.jpg, .jpeg), PNG (.png)"."""
    return ", ".join(f"{one.label} ({', '.join(one.extensions)})" for one in types)
