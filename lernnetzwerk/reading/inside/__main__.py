"""The child: `python -m lernnetzwerk.reading.inside <type key> <limits as JSON>`, the file on standard input.

Answers with one line of JSON, followed by the bytes of the pictures it lists, one after the other.
"""

import gc
import json
import logging
import os
import resource
import sys
from contextlib import suppress
from dataclasses import asdict, replace
from importlib import import_module
from typing import BinaryIO

from lernnetzwerk.reading.inside import TOO_COMPLEX, Found, Limits, UnreadableError

OBJECTS = 100_000  # between two searches for what is no longer used; loading a library makes tens of thousands
MODULES = {
    "pdf": "pdf",
    **dict.fromkeys(("pptx", "docx", "xlsx"), "office"),
    **dict.fromkeys(("odp", "odt", "ods"), "opendocument"),
    **dict.fromkeys(("jpeg", "png", "webp"), "images"),
    **dict.fromkeys(("mp4", "webm", "mp3"), "media"),
}


def main(key: str, limits: Limits) -> None:
    restrict(limits)
    gc.set_threshold(OBJECTS)
    logging.disable()  # nobody reads what libraries say of a file
    answer(sys.stdin.buffer, key, limits, sys.stdout.buffer)


def answer(file: BinaryIO, key: str, limits: Limits, target: BinaryIO) -> None:
    found = read(file, key, limits)
    pictures, found = found.pictures, replace(found, pictures=[])
    listed = [asdict(replace(picture, content=b"")) | {"content": len(picture.content)} for picture in pictures]
    target.write(json.dumps(asdict(found) | {"pictures": listed}, ensure_ascii=False).encode() + b"\n")
    for picture in pictures:
        target.write(picture.content)
    target.flush()


def read(file: BinaryIO, key: str, limits: Limits) -> Found:
    try:
        return import_module(f"lernnetzwerk.reading.inside.{MODULES[key]}").read(file, key, limits)
    except UnreadableError as unreadable:
        return Found(unreadable=str(unreadable))
    except (MemoryError, RecursionError):
        return Found(unreadable=TOO_COMPLEX)


def restrict(limits: Limits) -> None:
    wanted = {
        resource.RLIMIT_AS: limits.memory,
        # SIGXCPU says why it ended; where both limits are the same, Linux sends SIGKILL.
        resource.RLIMIT_CPU: (limits.seconds, limits.seconds + 1),
        resource.RLIMIT_FSIZE: limits.output,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_NPROC: 0,  # it starts nothing
    }
    for name, limit in wanted.items():
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(name, limit if isinstance(limit, tuple) else (limit, limit))


if __name__ == "__main__":
    main(sys.argv[1], Limits(**json.loads(sys.argv[2])))
    os._exit(0)  # the answer is complete; taking the libraries apart would cost a seventh more
