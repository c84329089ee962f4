"""Runs the sandbox in the process of the tests, because a child process for each file would take most of the time."""

import os
import threading
from typing import IO, BinaryIO
from unittest import mock

from PIL import Image

from lernnetzwerk.sandbox import __main__ as child
from lernnetzwerk.sandbox import launcher
from lernnetzwerk.sandbox.limits import ProcessLimits
from lernnetzwerk.sandbox.protocol import decode_request

run_child = launcher.run


def run(command: list[str], stdin: IO[bytes], response: BinaryIO, limits: ProcessLimits) -> None:
    """Replaces `launcher.run`: the same result and CrashedError, but no child process, limits or timeout.

    Other threads than the main thread still start the child process.
    """
    if threading.current_thread() is not threading.main_thread():  # PDFium is not thread-safe
        return run_child(command, stdin, response, limits)
    try:
        with (
            os.fdopen(os.dup(stdin.fileno()), "rb") as file,
            mock.patch.object(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS),
        ):
            child.respond(file, decode_request(command[-1]), response)
    except Exception as error:
        raise launcher.CrashedError(f"ended with 1: {error!r}") from None
    return None
