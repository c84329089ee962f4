"""Read a file in a process of its own: hostile files may exhaust or crash that one, not the portal."""

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from io import UnsupportedOperation
from pathlib import Path
from tempfile import TemporaryFile
from threading import BoundedSemaphore
from typing import IO, BinaryIO

from django.conf import settings
from django.core.files import File

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.answer import Answer, BrokenAnswerError, parsed
from lernnetzwerk.reading.inside import Limits, UnreadableError

SECONDS = 45  # what a proxy in front waits for an upload is 60
LIMITS = Limits()
AT_ONCE = BoundedSemaphore(2)  # each may take a processor and 1.5 GiB; more uploads than that wait for their turn
PROJECT = Path(__file__).resolve().parents[2]
# No secrets: the child knows neither the settings nor the environment of the portal.
ENVIRONMENT = {"PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"}
TOO_SLOW = "Das Auslesen dauerte zu lange."
BROKEN = "Die Datei ist beschädigt oder zu aufwendig aufgebaut."
MISSING = "Die Datei fehlt im Speicher."

logger = logging.getLogger("lernnetzwerk.reading")


@contextmanager
def looked_into(stored_file: StoredFile) -> Iterator[tuple[Answer, BinaryIO]]:
    """The checked answer, and the file with the pictures after it. Raises UnreadableError with a German sentence."""
    limits = Limits(**{**asdict(LIMITS), "pixels": settings.FILES_MAX_PIXELS})
    kind = stored_file.type.key if stored_file.type else ""
    command = [sys.executable, "-P", "-m", "lernnetzwerk.reading.inside", kind]
    with TemporaryFile() as answer, TemporaryFile() as complaints:
        code = run([*command, json.dumps(asdict(limits))], stored_file, answer, complaints)
        if code:
            complaints.seek(max(0, complaints.seek(0, os.SEEK_END) - 500))
            reason = complaints.read().decode(errors="replace").strip().rpartition("\n")[2]
            logger.warning("reading %s, a %s, ended with %s: %r", stored_file.pk, kind, code, reason)
            raise UnreadableError(TOO_SLOW if code == -signal.SIGXCPU else BROKEN)
        answer.seek(0)
        try:
            yield parsed(answer, limits), answer
        except BrokenAnswerError:
            logger.warning("reading %s, a %s, gave an answer that is none", stored_file.pk, kind)
            raise UnreadableError(BROKEN) from None


def run(command: list[str], stored_file: StoredFile, answer: BinaryIO, complaints: BinaryIO) -> int:
    try:
        with stored_file.open() as content, on_disk(content) as source, AT_ONCE:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command,
                check=False,
                stdin=source,
                stdout=answer,
                stderr=complaints,
                timeout=SECONDS,
                env=ENVIRONMENT,
                cwd="/",
            )
    except subprocess.TimeoutExpired:
        raise UnreadableError(TOO_SLOW) from None
    except FileNotFoundError:
        raise UnreadableError(MISSING) from None
    return done.returncode


@contextmanager
def on_disk(content: File) -> Iterator[File | IO[bytes]]:
    """Something the child can seek in: the stored file itself, or a copy of what comes over the network."""
    with suppress(AttributeError, UnsupportedOperation):
        content.fileno()
        yield content
        return
    with TemporaryFile() as copy:
        shutil.copyfileobj(content, copy)
        copy.seek(0)
        yield copy
