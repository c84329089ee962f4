"""Starts the child that checks or reads one file: a hostile file can exhaust or crash the child, not the portal."""

import os
import selectors
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import UnsupportedOperation
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any, BinaryIO, cast

from lernnetzwerk.sandbox.limits import ProcessLimits
from lernnetzwerk.sandbox.protocol import Request, encode_request

PROJECT = Path(__file__).resolve().parents[2]
# No secrets: the child knows neither the settings nor the environment of the portal.
ENVIRONMENT = {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
CHUNK = 1 << 16
IN_MEMORY = 1 << 20
LONGEST_COMPLAINT = 500


class CrashedError(Exception):
    """The child failed or wrote too much; the message is for the log."""


class TimedOutError(Exception):
    """The child exceeded its time."""


@contextmanager
def launch(request: Request, source: IO[bytes]) -> Iterator[BinaryIO]:
    """Run `request` on `source` in a child process and yield its whole response, which is not validated yet.

    `source` is a seekable file or an upload. Raises CrashedError and TimedOutError.
    """
    with on_disk(source) as stdin, SpooledTemporaryFile(IN_MEMORY) as response:
        run(command(request), stdin, cast("BinaryIO", response), request.process)
        response.seek(0)
        yield cast("BinaryIO", response)


def command(request: Request) -> list[str]:
    return [sys.executable, "-P", "-m", "lernnetzwerk.sandbox", encode_request(request)]


def run(command: list[str], stdin: IO[bytes], response: BinaryIO, limits: ProcessLimits) -> None:
    """Copy the standard output of `command` to `response`; no child is left behind, whatever happens."""
    deadline = time.monotonic() + limits.wall_seconds
    pipes: dict[str, Any] = {"stdin": stdin, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, env=ENVIRONMENT, cwd="/", **pipes) as child:  # noqa: S603 - our own program
        try:
            complaint = copy_output(child, response, limits.output, deadline)
            code = child.wait(max(0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            raise TimedOutError from None
        finally:
            child.kill()
    if code == -signal.SIGXCPU:
        raise TimedOutError
    if code:
        raise CrashedError(f"ended with {code}: {complaint!r}")


def copy_output(child: subprocess.Popen[bytes], response: BinaryIO, most: int, deadline: float) -> str:
    """Read both pipes to their ends and return the last line of standard error.

    Raises CrashedError for more than `most` bytes on standard output, and TimeoutExpired after `deadline`.
    """
    stderr, left = b"", most
    with selectors.DefaultSelector() as selector:
        for pipe in (child.stdout, child.stderr):
            selector.register(cast("IO[bytes]", pipe), selectors.EVENT_READ)
        while selector.get_map():
            if time.monotonic() >= deadline:
                raise subprocess.TimeoutExpired(child.args, 0)
            for key, _events in selector.select(max(0, deadline - time.monotonic())):
                chunk = os.read(key.fd, CHUNK)
                if not chunk:
                    selector.unregister(key.fileobj)
                elif key.fileobj is child.stderr:
                    stderr = (stderr + chunk)[-LONGEST_COMPLAINT:]
                else:
                    left -= len(chunk)
                    if left < 0:
                        raise CrashedError(f"wrote more than {most} bytes")
                    response.write(chunk)
    return stderr.decode(errors="replace").strip().rpartition("\n")[2]


@contextmanager
def on_disk(source: IO[bytes]) -> Iterator[IO[bytes]]:
    """A file for the child: an upload's temporary file opened anew, `source` itself if unread, else a copy of it."""
    if hasattr(source, "temporary_file_path"):
        with open(source.temporary_file_path(), "rb") as file:
            yield file
    elif is_unread_file(source):
        yield source
    else:
        source.seek(0)
        with TemporaryFile() as copy:
            shutil.copyfileobj(source, copy)
            copy.seek(0)
            yield copy


def is_unread_file(source: IO[bytes]) -> bool:
    """Whether the child may share the descriptor: it moves the position, which would invalidate a buffer."""
    try:
        return os.lseek(source.fileno(), 0, os.SEEK_CUR) == 0
    except (AttributeError, UnsupportedOperation):
        return False
