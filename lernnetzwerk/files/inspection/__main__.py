"""The child: `python -m lernnetzwerk.files.inspection <type key> <limits as JSON>`, the file on standard input.

Answers with one line of JSON, followed by the re-encoded bytes if there are any.
"""

import gc
import io
import json
import logging
import os
import resource
import stat
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from typing import BinaryIO

from lernnetzwerk.files.inspection import Findings, Limits, RefusedError

OBJECTS = 100_000  # between two searches for what is no longer used; loading a library makes tens of thousands
MEMORY = 3 << 29  # 1.5 GiB: a WebP of 50 megapixels takes 1.0
MODULES = {
    "pdf": "pdf",
    **dict.fromkeys(("pptx", "docx", "xlsx"), "office"),
    **dict.fromkeys(("odp", "odt", "ods"), "opendocument"),
    **dict.fromkeys(("jpeg", "png", "webp"), "images"),
    **dict.fromkeys(("mp4", "webm", "mp3"), "media"),
    "vtt": "subtitles",
}


def main(key: str, limits: Limits) -> None:
    restrict(limits)
    gc.set_threshold(OBJECTS)
    logging.disable()  # nobody reads what libraries say of a file
    answer(standard_input(), key, limits, sys.stdout.buffer)


def answer(file: BinaryIO, key: str, limits: Limits, target: BinaryIO) -> None:
    try:
        findings = asdict(inspect(file, key, limits))
    except RefusedError as refused:
        findings = {"refused": str(refused)}
    content = findings.pop("content", b"")
    target.write(json.dumps(findings).encode() + b"\n" + content)
    target.flush()


def inspect(file: BinaryIO, key: str, limits: Limits) -> Findings:
    module = import_module(f"lernnetzwerk.files.inspection.{MODULES[key]}")
    try:
        return module.inspect(file, key, limits)
    except MemoryError:
        raise RefusedError("Die Datei ist zu aufwendig aufgebaut, um sie zu prüfen.") from None


def restrict(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_FSIZE: 0,  # it has nothing to write
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for name, limit in wanted.items():
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(name, (limit, limit))


def standard_input() -> BinaryIO:
    """Small uploads come through a pipe, large ones are the temporary file itself."""
    file = sys.stdin.buffer
    return file if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else io.BytesIO(file.read())


if __name__ == "__main__":
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
    os._exit(0)  # the answer is complete; taking the libraries apart would cost a seventh more
