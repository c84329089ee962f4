"""Inspects and reads files in the tests' own process: a child process for each would take most of the tests' time."""

import json
import os
import subprocess
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from io import BytesIO
from typing import BinaryIO
from unittest import mock

from PIL import Image

TimeoutExpired = subprocess.TimeoutExpired


def run(command: list[str], **options: object) -> subprocess.CompletedProcess[bytes]:
    """What `subprocess.run` does for the two `apart` modules, without the process, its limits and its timeout."""
    if threading.current_thread() is not threading.main_thread():  # PDFium must not be asked by two threads at once
        return subprocess.run(command, **options)
    *_python, module, key, limits = command
    child = import_module(f"{module}.__main__")
    code, complaints, answer = 0, b"", options.get("stdout") or BytesIO()
    try:
        with standard_input(options) as file, mock.patch.object(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS):
            child.answer(file, key, child.Limits(**json.loads(limits)), answer)
    except Exception:
        code, complaints = 1, traceback.format_exc().encode()
    if "stderr" in options:
        options["stderr"].write(complaints)
        return subprocess.CompletedProcess(command, code)
    return subprocess.CompletedProcess(command, code, answer.getvalue(), complaints)


@contextmanager
def standard_input(options: dict) -> Iterator[BinaryIO]:
    if "input" in options:
        yield BytesIO(options["input"])
        return
    with os.fdopen(os.dup(options["stdin"].fileno()), "rb") as file:
        yield file
