"""Reads the content of a stored file in the sandbox."""

import logging
import math
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import IO, BinaryIO

from django.conf import settings
from msgspec.structs import replace

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.results import ReadResult
from lernnetzwerk.operation.locks import slot
from lernnetzwerk.sandbox.launcher import CrashedError, TimedOutError, launch
from lernnetzwerk.sandbox.limits import ProcessLimits
from lernnetzwerk.sandbox.protocol import ProtocolError, Request, receive_read

PROCESS = ProcessLimits(wall_seconds=45, cpu_seconds=40, output=100_000_000)  # a proxy in front waits 60 seconds
LIMITS = Limits()
SLOT = "read"
CHILDREN = 2  # at once, on this machine; each may take a processor and 1.5 GiB
TOO_SLOW = "Das Auslesen dauerte zu lange."
BROKEN = "Die Datei ist beschädigt oder zu aufwendig aufgebaut."
MISSING = "Die Datei fehlt im Speicher."

logger = logging.getLogger("lernnetzwerk.reading")


class StoppedError(UnreadableError):
    """The child was stopped, or failed; with other limits it may succeed."""


@contextmanager
def extract(stored_file: StoredFile, **limits: int) -> Iterator[tuple[ReadResult, BinaryIO]]:
    """As `extract_from` for a stored file."""
    try:
        content = stored_file.open()
    except FileNotFoundError:
        raise UnreadableError(MISSING) from None
    with content, extract_from(content, key_of(stored_file), str(stored_file.pk), **limits) as extracted:
        yield extracted


def key_of(stored_file: StoredFile) -> str:
    return stored_file.type.key if stored_file.type else ""


@contextmanager
def extract_from(content: IO[bytes], key: str, name: str, **limits: int) -> Iterator[tuple[ReadResult, BinaryIO]]:
    """The validated result, and the response from which `receive_pictures` takes its pictures.

    `limits` replace some of LIMITS; `name` is for the log. Raises UnreadableError and StoppedError, the latter also for
    an invalid picture in the caller's block.
    """
    request = Request("read", key, replace(LIMITS, pixels=settings.FILES_MAX_PIXELS, **limits), PROCESS)
    try:
        with ExitStack() as stack:
            with slot(SLOT, CHILDREN, math.inf):
                response = stack.enter_context(launch(request, content))
            yield receive_read(response), response
    except TimedOutError:
        raise StoppedError(TOO_SLOW) from None
    except (CrashedError, ProtocolError) as error:
        logger.warning("reading %s, a %s: %s", name, key, error)
        raise StoppedError(BROKEN) from None
