"""All formats. Each package has `check.check` and, where its content is read, `read.read`.

Both take the file, the key of its type and limits. A format's modules are imported only when a file needs them.
"""

from importlib import import_module
from typing import Any, BinaryIO

from lernnetzwerk.formats.errors import TOO_COMPLEX, RefusedError, UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import CheckResult, ReadResult

FORMATS = {
    "pdf": "pdf",
    **dict.fromkeys(("pptx", "docx", "xlsx"), "office"),
    **dict.fromkeys(("odp", "odt", "ods"), "opendocument"),
    **dict.fromkeys(("jpeg", "png", "webp"), "images"),
    **dict.fromkeys(("mp4", "webm", "mp3"), "media"),
    "vtt": "subtitles",
}


def check(file: BinaryIO, key: str, limits: Limits) -> CheckResult:
    try:
        return _module(key, "check").check(file, key, limits)
    except RefusedError as refused:
        return CheckResult(refused=str(refused))
    except MemoryError:
        return CheckResult(refused="Die Datei ist zu aufwendig aufgebaut, um sie zu prüfen.")


def read(file: BinaryIO, key: str, limits: Limits) -> ReadResult:
    try:
        return _module(key, "read").read(file, key, limits)
    except UnreadableError as unreadable:
        return ReadResult(unreadable=str(unreadable))
    except (MemoryError, RecursionError):
        return ReadResult(unreadable=TOO_COMPLEX)


def _module(key: str, operation: str) -> Any:
    return import_module(f"lernnetzwerk.formats.{FORMATS[key]}.{operation}")
