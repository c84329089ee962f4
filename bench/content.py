"""Creates attachments to measure; runs in the portal by `manage.py shell`, and the `make_…` functions print JSON."""

import json
import os
import random
import threading
import time
from datetime import UTC, datetime
from io import BytesIO
from uuid import UUID

from django.db import transaction
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

from events.models import Attachment, Event
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.signals import stored
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.reading.models import Reading
from lernnetzwerk.reading.tasks import read_file
from tools import memory

PUBLIC = {"state": "published", "published_from": datetime(2001, 1, 1, tzinfo=UTC)}
WORDS = ["Kinder", "Familien", "Kommune", "Netzwerk", "Beratung", "Schule", "Kita", "Gesundheit", "Teilhabe", "früh"]
LINES = 30


def pdf(pages: int, size: int = 0) -> bytes:
    """Returns a PDF of pages with heading, text and a drawing; `size` adds a picture of about so many bytes."""
    words = random.Random(pages)  # noqa: S311  # the same document each time
    stream = BytesIO()
    paper = canvas.Canvas(stream, pageCompression=1, invariant=1)
    for number in range(pages):
        paper.setFont("Helvetica-Bold", 20)
        paper.drawString(72, 770, f"Seite {number + 1}")
        paper.setFont("Helvetica", 11)
        for line in range(LINES):
            paper.drawString(72, 730 - 16 * line, " ".join(words.choices(WORDS, k=9)))
        paper.circle(300, 140, 40 + number, fill=1)
        paper.showPage()
    if size:
        side = int((size * 4 / 5 / 3) ** 0.5)  # reportlab encodes as ASCII85: five bytes for four
        noise = Image.frombytes("RGB", (side, side), words.randbytes(side * side * 3))
        paper.drawImage(ImageReader(noise), 72, 200, 400, 400)
    paper.save()
    return stream.getvalue()


def keep_unread(content: bytes, name: str) -> StoredFile:
    """Stores a file without starting its reading."""
    stored.disconnect(dispatch_uid="reading")
    with transaction.atomic():
        return store_bytes(content, name)


def make_download(size: int) -> None:
    """Creates a public attachment of about `size` bytes."""
    file = keep_unread(pdf(1, size), "gross.pdf")
    attachment = Attachment.objects.create(kind="slides", title="Große Datei", stored_file=file, **PUBLIC)
    tell(path=attachment.get_download_url(), key=file.key, size=file.size)


def make_zip_content(number: int, size: int) -> None:
    """Creates an event with `number` files, each with its own blob."""
    event = Event.objects.create(title="Treffen mit vielen Dateien", **PUBLIC)
    files = [keep_unread(pdf(1, size + place * 1000), f"datei-{place}.pdf") for place in range(number)]
    for place, file in enumerate(files):
        Attachment.objects.create(
            event=event, kind="slides", title=f"Datei {place}", stored_file=file, position=place, **PUBLIC
        )
    tell(path=f"{event.get_absolute_url()}materialien.zip", size=sum(file.size for file in files))


def make_document(pages: int) -> None:
    """Checks and stores a document without reading it."""
    content = pdf(pages)
    began = time.perf_counter()
    file = keep_unread(content, "vierzig.pdf")
    tell(file=str(file.pk), size=file.size, seconds=time.perf_counter() - began)


def read_document(file: str) -> None:
    """Reads a stored file and prints state, pages, seconds and the peak memory of the child process."""
    began, memory_peak = time.perf_counter(), PeakMemory()
    memory_peak.start()
    read_file(file)
    seconds = time.perf_counter() - began
    memory_peak.is_over.set()
    memory_peak.join()
    reading = Reading.objects.get(pk=UUID(file))
    tell(state=reading.state, pages=reading.pages.count(), seconds=seconds, peak=memory_peak.peak)


class PeakMemory(threading.Thread):
    """Polls the peak memory of child processes; the figure available after their end includes this process's memory."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.is_over = threading.Event()
        self.peak: int | None = None

    def run(self) -> None:
        while not self.is_over.wait(0.01):
            held = [memory.peak(child) or 0 for child in memory.workers(os.getpid())]
            self.peak = max([self.peak or 0, *held]) or None


def tell(**facts: object) -> None:
    print(json.dumps(facts))
