"""Checks an upload by name, size, signature and structure before it is stored."""

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile

from lernnetzwerk.files.checksum import sha256
from lernnetzwerk.files.conversions import advice
from lernnetzwerk.files.facts import format_size
from lernnetzwerk.files.names import clean_name, refuse_name, split_extension
from lernnetzwerk.files.patched import PatchedFile
from lernnetzwerk.files.types import BY_EXTENSION, BY_MEDIA_TYPE, FileType, accepted, in_words
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult
from lernnetzwerk.operation.locks import slot
from lernnetzwerk.sandbox.launcher import CrashedError, TimedOutError, launch
from lernnetzwerk.sandbox.limits import ProcessLimits
from lernnetzwerk.sandbox.protocol import ProtocolError, Request, receive_check

WALL_SECONDS = 20
CPU_SECONDS = 8
PICTURE_CPU_SECONDS = 19  # a picture is encoded anew
CHILDREN = max(2, os.cpu_count() or 1)  # at once, on this machine
WAIT_SECONDS = 8.0  # for one of them to end
CONCURRENT_CHECKS = BoundedSemaphore(settings.FILES_CHECKS_AT_ONCE)  # in this process, running or waiting
RETRY_SECONDS = 60
FACTS = 1 << 12  # bytes of a response beside the re-encoded image or the patches

# A name such as "Bericht.html.pdf" or "Foto.exe.jpg" hides what it is; "Stand.12.2018.pdf" and "Prof.Knuth.pdf" do not.
ACTIVE_EXTENSIONS = re.compile(
    r"\.("
    r"apk|app|asp|aspx|bat|cgi|chm|cmd|com|cpl|css|dll|dmg|docm|dotm|exe|hta|htm|html|iso|jar|js|jse|jsp|"
    r"lnk|mhtml|mjs|msi|msp|phar|php|php3|php5|phtml|pif|pl|potm|ppam|ppsm|pptm|ps1|py|rb|reg|scf|scr|sh|"
    r"shtml|svg|svgz|swf|url|vbe|vbs|wasm|wsf|wsh|xht|xhtml|xlam|xlsb|xlsm|xltm|xml|xsl|xslt"
    r")",
    re.IGNORECASE,
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TOO_SLOW = "Die Prüfung der Datei dauerte zu lange. Bitte vereinfachen Sie die Datei oder teilen Sie sie auf."
BUSY = "busy"  # the code of the error
TOO_MANY = "Gerade werden viele Dateien geprüft. Bitte in einer Minute noch einmal versuchen."
UNCHECKABLE = "Die Datei konnte nicht geprüft werden: Sie ist beschädigt oder zu aufwendig aufgebaut."

logger = logging.getLogger("lernnetzwerk.files")


@dataclass(frozen=True)
class CheckedUpload:
    """What passed; images are re-encoded, videos lose their places and subtitles are rewritten in `content`."""

    name: str
    type: FileType
    content: File
    page_count: int | None = None
    width: int | None = None
    height: int | None = None
    is_tagged: bool | None = None

    @property
    def size(self) -> int:
        return self.content.size

    @cached_property
    def sha256(self) -> str:
        return sha256(self.content)


def check(upload: File, accept: str = "any") -> CheckedUpload:
    """Return the content to store. Raises ValidationError with a German sentence for the editor.

    Its code is BUSY if too many other files are being checked.
    `accept` is "any" or a kind of `lernnetzwerk.files.types`. The file store stays untouched.
    """
    name = clean_name(upload.name or "")
    try:
        refuse_name(upload.name or "")
        allowed = accepted(accept)
        type_ = type_by_name(name, allowed)
        check_size(upload.size)
        check_signature(upload, type_, allowed)
        with limited_concurrency():
            result = check_content(upload, type_)
        upload.seek(0)
    except RefusedError as refused:
        raise ValidationError(str(refused), code="refused") from refused
    return CheckedUpload(
        name=name if type_.kind != "subtitles" else split_extension(name)[0] + type_.extensions[0],
        type=type_,
        content=content_of(upload, result),
        page_count=result.page_count,
        width=result.width,
        height=result.height,
        is_tagged=result.is_tagged,
    )


@contextmanager
def limited_concurrency() -> Iterator[None]:
    """Waits a short time for others. Raises ValidationError: checks must not occupy all threads of the server."""
    busy = ValidationError(TOO_MANY, code=BUSY)
    if not CONCURRENT_CHECKS.acquire(blocking=False):
        raise busy
    try:
        with slot("check", CHILDREN, WAIT_SECONDS) as is_ours:
            if not is_ours:
                raise busy
            yield
    finally:
        CONCURRENT_CHECKS.release()


def is_busy(error: ValidationError) -> bool:
    """Whether the same file may be taken in a minute."""
    return any(one.code == BUSY for one in error.error_list)


def content_of(upload: File, result: CheckResult) -> File:
    """The content to store, as long as the upload unless it is re-encoded."""
    if result.content:
        return ContentFile(result.content)
    return PatchedFile(upload, result.patches) if result.patches else upload


def type_by_name(name: str, allowed: tuple[FileType, ...]) -> FileType:
    stem, extension = split_extension(name)
    type_ = BY_EXTENSION.get(extension.lower())
    if type_ not in allowed:
        what = f"Dateien mit der Endung „{extension}“ werden" if extension else "Dateien ohne Endung werden"
        way_out = advice(extension, allowed) or f"Erlaubt: {in_words(allowed)}."
        raise RefusedError(f"{what} hier nicht angenommen. {way_out}")
    inner = split_extension(stem.rstrip(" ."))[1]
    if ACTIVE_EXTENSIONS.fullmatch(inner) or inner.lower() in BY_EXTENSION:
        raise RefusedError(
            f"Der Dateiname hat zwei Endungen („{inner}{extension}“). "
            f"Bitte benennen Sie die Datei so um, dass nur „{extension}“ bleibt."
        )
    return type_


def check_size(size: int) -> None:
    if not size:
        raise RefusedError("Die Datei ist leer.")
    if size > settings.FILES_MAX_SIZE:
        raise RefusedError(
            f"Die Datei ist mit {format_size(size)} zu groß; "
            f"höchstens {format_size(settings.FILES_MAX_SIZE)} sind möglich."
        )


def check_signature(upload: File, type_: FileType, allowed: tuple[FileType, ...]) -> None:
    upload.seek(0)
    head = upload.read(8192)
    if type_.media_type.startswith("application/vnd.") and head.startswith(OLD_OFFICE):
        raise RefusedError(
            f"Die Datei ist mit einem Kennwort geschützt oder in einem alten Office-Format gespeichert. "
            f"Bitte speichern Sie sie ohne Kennwort als {type_.german_name} ({type_.extensions[0]})."
        )
    if not has_signature(head, type_):
        what = f"Die Datei endet auf „{type_.extensions[0]}“, ihr Inhalt hat aber ein anderes Format."
        raise RefusedError(f"{what} {other_type(head, allowed)}".strip())


def has_signature(head: bytes, type_: FileType) -> bool:
    if type_.begins:
        return re.match(type_.begins, head, re.DOTALL) is not None
    return not type_.signature or filetype.get_type(mime=type_.signature).match(bytearray(head))


def other_type(head: bytes, allowed: tuple[FileType, ...]) -> str:
    """What to do with a file of the type that its first bytes tell; empty for an unknown one."""
    found = filetype.guess(head)
    if found is None:
        return ""
    type_ = BY_MEDIA_TYPE.get(found.mime)
    if type_ in allowed:
        return f"Bitte geben Sie ihr die Endung „{type_.extensions[0]}“ ({type_.german_name})."
    return advice(found.extension, allowed)


def check_content(upload: File, type_: FileType) -> CheckResult:
    """Check the structure in the sandbox. Raises RefusedError."""
    limits = Limits(pixels=settings.FILES_MAX_PIXELS, size=settings.FILES_MAX_SIZE)
    cpu_seconds = PICTURE_CPU_SECONDS if type_.kind == "image" else CPU_SECONDS
    process = ProcessLimits(WALL_SECONDS, cpu_seconds, output=limits.size + FACTS)
    try:
        with launch(Request("check", type_.key, limits, process), upload) as response:
            result = receive_check(response, process.output)
    except TimedOutError:
        raise RefusedError(TOO_SLOW) from None
    except (CrashedError, ProtocolError) as error:
        logger.warning("checking a %s: %s", type_.key, error)
        raise RefusedError(UNCHECKABLE) from None
    if result.refused:
        raise RefusedError(result.refused)
    return result
