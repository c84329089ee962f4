"""The pages of presentations and texts as LibreOffice shows them, where the machine has it.

LibreOffice turns the file into a PDF, which the sandbox reads like any other. The PDF lacks hidden slides; a picture
has the number of its slide in the file.
"""

import logging
import math
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import BinaryIO

from django.conf import settings
from msgspec.structs import replace

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.errors import UnreadableError
from lernnetzwerk.formats.results import Picture, ReadResult
from lernnetzwerk.operation.locks import slot
from lernnetzwerk.reading.accessibility import SLIDES
from lernnetzwerk.reading.extraction import CHILDREN, SLOT, extract_from, key_of
from lernnetzwerk.sandbox import libreoffice
from lernnetzwerk.sandbox.launcher import CrashedError, TimedOutError
from lernnetzwerk.sandbox.protocol import receive_pictures

OFF = "off"
PRINTED = {"changes", "texts"}  # kinds of hidden content that a text may show in print

logger = logging.getLogger("lernnetzwerk.reading")


def program() -> str | None:
    """The LibreOffice of this machine; None if there is none or the setting says `off`."""
    return None if settings.LIBREOFFICE == OFF else libreoffice.find(settings.LIBREOFFICE)


def has_pages(key: str, result: ReadResult) -> bool:
    """Whether LibreOffice shows of a file what its readers see, and nothing else.

    It prints the deleted text of tracked changes; a file that refers to others could show these.
    """
    is_plain = "external" not in result.active_content and not PRINTED & result.hidden_content.keys()
    return key in libreoffice.FILTERS and is_plain and not result.unreadable and program() is not None


@contextmanager
def add_pages(stored_file: StoredFile, result: ReadResult) -> Iterator[Iterable[Picture]]:
    """The pictures of a file of which `result` was read; a text takes over the pages of the PDF as well.

    There are none where LibreOffice is missing or fails.
    """
    with ExitStack() as stack:
        pictures: Iterable[Picture] = ()
        if has_pages(key_of(stored_file), result):
            try:
                pdf, response = stack.enter_context(read_as_pdf(stored_file))
                result.pages = result.pages if key_of(stored_file) in SLIDES else pdf.pages
                pictures = numbered(pdf, response, [page.number for page in result.pages])
                result.next_picture = pdf.next_picture
            except UnreadableError as failure:
                logger.warning("pages of %s: %s", stored_file, failure)
        yield pictures


@contextmanager
def read_as_pdf(stored_file: StoredFile, **limits: int) -> Iterator[tuple[ReadResult, BinaryIO]]:
    """As `extract`, of the PDF that LibreOffice makes of the file. Raises UnreadableError."""
    with ExitStack() as stack:
        try:
            source = stack.enter_context(stored_file.open())
            with slot(SLOT, CHILDREN, math.inf):
                pdf = stack.enter_context(libreoffice.as_pdf(program() or "", source, key_of(stored_file)))
        except (CrashedError, TimedOutError, OSError) as failure:
            raise UnreadableError(f"LibreOffice: {failure or 'too slow'}") from None
        yield stack.enter_context(extract_from(pdf, "pdf", f"the pages of {stored_file.pk}", **limits))


def numbered(pdf: ReadResult, response: BinaryIO, numbers: list[int]) -> Iterator[Picture]:
    """The pictures of `pdf` with the numbers of its pages in the file. Raises UnreadableError for other pages."""
    if pdf.unreadable or len(pdf.pages) not in (0, len(numbers)):
        raise UnreadableError(pdf.unreadable or f"{len(pdf.pages)} pages instead of {len(numbers)}")
    return (replace(one, page=numbers[one.page - 1]) for one in receive_pictures(response) if one.page <= len(numbers))
