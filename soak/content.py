"""Creates and counts content for the long runs. Runs in the portal by `manage.py shell`; each function prints JSON."""

import json
from collections import Counter, deque
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db.models import Count
from django.urls import reverse
from pptx import Presentation
from reportlab.pdfgen import canvas

from bench.content import PUBLIC, pdf
from events.invitations import links
from events.models import Attachment, HandedIn, Session
from events.models.invitation import MOST_FILES
from lernnetzwerk.files.checksum import sha256
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import new_key
from lernnetzwerk.reading.models import Reading
from soak.programs import CannotWriteError, programs
from tests.files import samples


def make_links(number: int, megabytes: int) -> None:
    """Creates upload links for a session, each for MOST_FILES files; prints their paths and that of its admin form."""
    session = Session.objects.earliest("pk")
    given = {"most_files": MOST_FILES, "most_megabytes": megabytes}
    made = [links.create(session, None, 14, **given) for _ in range(number)]
    form = reverse("admin:events_session_change", args=[session.pk])
    tell(links=[reverse("events:invitation", args=[links.token(one)]) for one in made], form=form)


def make_download(path: str) -> None:
    """Creates a public video from the file, without the checks of an upload; prints its path and SHA-256."""
    with Path(path).open("rb") as content:
        file = File(content, name="film.mp4")
        facts = {"media_type": "video/mp4", "original_name": "film.mp4", "size": file.size, "sha256": sha256(file)}
        stored_file = StoredFile.objects.create(key=files_storage().save(new_key(), file), **facts)
    attachment = Attachment.objects.create(kind="video", title="Langer Film", stored_file=stored_file, **PUBLIC)
    tell(path=attachment.get_download_url(), sha256=stored_file.sha256)


def make_costly(folder: str, number: int) -> None:
    """Small PDFs, no two alike, that take a minute to draw."""
    for one in range(number):
        stream = BytesIO()
        paper: Any = canvas.Canvas(stream, pageCompression=1)
        paper.drawString(72, 720, f"Folie {one}")
        paper._code.append("0 0 m 9 9 l S\n" * 1_000_000)
        paper.save()
        (Path(folder) / f"{one}.pdf").write_bytes(stream.getvalue())
    tell(number=number)


def make_documents(folder: str) -> None:
    """Writes valid files of each type that speakers upload to `folder` and prints their name extensions."""
    documents = {
        "pdf": pdf(3),
        "pptx": slides(),
        "docx": samples.ooxml("docx"),
        "xlsx": samples.ooxml("xlsx"),
        "odp": samples.odf("odp"),
        "odt": samples.odf("odt"),
    }
    for ending, content in documents.items():
        (Path(folder) / f"gut.{ending}").write_bytes(content)
    tell(endings=list(documents))


def slides() -> bytes:
    deck, stream = Presentation(), BytesIO()
    for number in range(3):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = f"Folie {number + 1}"
        slide.placeholders[1].text = "Kinder, Familien, Kommunen"
        slide.notes_slide.notes_text_frame.text = "Nur für mich"
    deck.save(stream)
    return stream.getvalue()


def make_offered(folder: str, number: int) -> None:
    """Creates files by each installed program in turn, the same number of each type."""
    known = programs()
    makers = deque((one.name, ending, make) for one in known if one.is_installed for ending, make in one.makers.items())
    missing = [one.name for one in known if not one.is_installed]
    files: list[dict[str, str]] = []
    while len(files) < number:
        program, ending, make = makers.popleft()
        name = f"Vortrag {len(files)} {program}.{ending}"
        try:
            make(Path(folder) / name, len(files))
        except CannotWriteError:
            missing.append(f"{program} for {ending}")
        else:
            files.append({"name": name, "program": program, "ending": ending})
            makers.append((program, ending, make))
    tell(files=files, missing=missing)


def offered_files() -> None:
    """The state and the number of pictures of each file that came by a link, by its name."""
    files = StoredFile.objects.filter(attachments__handed_in__isnull=False).select_related("reading")
    counted = files.annotate(pictures=Count("renditions", distinct=True))
    tell(files={file.original_name: (state_of(file), file.pictures) for file in counted})


def state_of(file: StoredFile) -> str:
    reading = getattr(file, "reading", None)
    return f"{reading.state} {reading.reason}".strip() if reading else "none"


def handed_in() -> None:
    """Prints the hashes of all existing files that were uploaded through a link."""
    tell(hashes=list(HandedIn.objects.values_list("attachment__stored_file__sha256", flat=True)))


def readings() -> None:
    """Prints how many files uploaded through links are in each reading state; "none" counts files not yet started."""
    files = HandedIn.objects.values_list("attachment__stored_file", flat=True)
    states = dict(Reading.objects.filter(pk__in=files).values_list("pk", "state"))
    tell(states=Counter(states.get(file, "none") for file in files))


def tell(**facts: object) -> None:
    print(json.dumps(facts))
