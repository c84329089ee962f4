import random
import struct
from io import BytesIO

import pytest
from msgspec.structs import replace
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.lib import pdfencrypt
from reportlab.pdfgen import canvas

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.reading import extraction
from lernnetzwerk.reading.accessibility import in_words
from lernnetzwerk.reading.findings import findings
from lernnetzwerk.reading.maintenance import read_again
from lernnetzwerk.reading.models import Reading, Rendition
from lernnetzwerk.reading.store import begin
from lernnetzwerk.reading.tasks import read_file
from tests.factories import LONG_AGO, make_file, make_picture, make_reading, rewrite
from tests.files import offices, papers, samples

OOXML = "application/vnd.openxmlformats-officedocument."
PPTX = f"{OOXML}presentationml.presentation"


def slides(pages=3, encrypt=None):
    stream = BytesIO()
    paper = canvas.Canvas(stream, pagesize=(960, 540), lang="de-DE", encrypt=encrypt)
    paper.setTitle("Kette")
    for number in range(1, pages + 1):
        paper.bookmarkPage(str(number))
        paper.addOutlineEntry(f"Teil {number}", str(number), 0)
        paper.drawString(72, 400, f"Folie {number}: Präventions-")
        paper.drawString(72, 384, "kette")
        paper.showPage()
    paper.save()
    return stream.getvalue()


def read(content, **fields):
    stored_file = make_file(content, **fields)
    read_file(stored_file.pk)
    return Reading.objects.get(stored_file=stored_file)


def presentation():
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Armut"
    slide.placeholders[1].text = "Erster Punkt"
    slide.notes_slide.notes_text_frame.text = "Geheime Notiz"
    slide.shapes.add_picture(BytesIO(samples.image("PNG")), 0, 0)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


@pytest.mark.both_databases
@pytest.mark.django_db
def test_pages_have_text_outline_and_two_pictures_each():
    reading = read(slides(8))

    assert (reading.state, reading.title, reading.language) == ("done", "Kette", "de-DE")
    assert reading.outline[6] == {"level": 1, "title": "Teil 7", "page": 7}
    assert [page.text for page in reading.pages.all()] == [f"Folie {n}: Präventionskette" for n in range(1, 9)]
    assert Rendition.objects.filter(source=reading.stored_file).count() == 16
    large = Rendition.objects.get(source=reading.stored_file, number=8, size="large").picture
    with large.open() as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (large.width, large.height))


@pytest.mark.django_db
def test_untagged_slides_are_found_with_a_hint():
    reading = read(slides())

    assert reading.accessibility == "poor"
    assert in_words(reading) == "PDF ohne Struktur für Vorleseprogramme, deutsch"
    assert [finding.key for finding in findings(reading)] == ["tags"]


@pytest.mark.django_db
def test_a_file_that_forbids_copying_has_pictures_and_no_text():
    reading = read(slides(encrypt=pdfencrypt.StandardEncryption("", "besitzer", canCopy=0)))

    assert (reading.state, reading.is_encrypted, reading.remarks) == ("done", True, ["no_copying"])
    assert [page.text for page in reading.pages.all()] == ["", "", ""]
    assert Rendition.objects.filter(source=reading.stored_file).count() == 6
    assert [finding.key for finding in findings(reading)] == ["tags", "encrypted", "no_copying"]


@pytest.mark.django_db
def test_a_file_with_a_password_has_no_preview():
    assert read(samples.pdf(password="geheim")).reason == "Die Datei ist mit einem Kennwort verschlüsselt."


@pytest.mark.django_db
def test_scripts_and_attachments_are_found():
    writer = PdfWriter(PdfReader(BytesIO(slides())))
    script = DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("1")})
    writer.root_object[NameObject("/OpenAction")] = script
    writer.add_attachment("a.txt", b"a")
    stream = BytesIO()
    writer.write(stream)

    assert read(stream.getvalue()).active_content == ["embedded", "javascript"]


@pytest.mark.django_db
@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize("seeds", [range(5), pytest.param(range(5, 40), marks=pytest.mark.walk)], ids=str)
def test_mutated_files_never_cause_an_unexpected_error(seeds):
    content, unlucky = slides(2), []
    for seed in seeds:
        chance, broken = random.Random(seed), bytearray(content)
        for _ in range(20):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        reading = read(bytes(broken))
        unlucky += [reading] if reading.reason.startswith("Beim Auslesen") or reading.state == "running" else []

    assert unlucky == []


@pytest.mark.django_db
@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize("limits", [{"memory": 60_000_000}, {"output": 100}], ids=str)
def test_a_reader_that_exceeds_its_limits_is_stopped(monkeypatch, limits):
    monkeypatch.setattr(extraction, "PROCESS", replace(extraction.PROCESS, **limits))

    reading = read(slides(3))

    assert (reading.state, reading.pages.count()) == ("failed", 0)
    assert reading.reason


@pytest.mark.django_db
@pytest.mark.usefixtures("isolated")
def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(extraction, "PROCESS", replace(extraction.PROCESS, wall_seconds=0.01))

    assert read(slides()).reason == "Das Auslesen dauerte zu lange."


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_presentation_has_titles_and_text_but_no_notes():
    reading = read(presentation(), media_type=PPTX)

    page = reading.pages.get()
    assert (reading.state, page.title, page.text) == ("done", "Armut", "Armut\n\nErster Punkt")
    assert (reading.figures, reading.has_headings) == (1, True)
    assert (reading.hidden_content, reading.names) == ({"notes": 1}, ["Steve Canny"])
    assert reading.open_findings == len(findings(reading)) == 2
    assert findings(reading)[0].sentence == "1 Notiz geht mit dem Download hinaus."


@pytest.mark.django_db
def test_headings_and_described_figures_are_counted():
    elements = [("/Rubrik", {}), ("/Figure", {"Alt": "Ein Diagramm"}), ("/Figure", {})]

    reading = read(papers.tagged(elements, roles={"/Rubrik": "/H1"}))

    assert (reading.is_tagged, reading.has_headings) == (True, True)
    assert (reading.figures, reading.figures_described, reading.accessibility) == (2, 1, "partial")
    assert in_words(reading) == (
        "PDF mit Struktur für Vorleseprogramme, deutsch, mit Überschriften; 1 von 2 Abbildungen beschrieben"
    )
    assert [finding.key for finding in findings(reading)] == ["figures"]


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.django_db
def test_a_text_document_has_headings_and_no_deleted_words():
    body = (
        f'<w:document xmlns:w="{WORD}"><w:body>'
        '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:r><w:t>Anlass</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>Mehr Kinder</w:t></w:r><w:del><w:r><w:t>gestrichen</w:t></w:r></w:del></w:p>"
        "</w:body></w:document>"
    )

    reading = read(samples.archive({"word/document.xml": body}), media_type=f"{OOXML}wordprocessingml.document")

    assert (reading.state, reading.pages.get().text) == ("done", "Anlass\n\nMehr Kinder")
    assert reading.outline == [{"level": 1, "title": "Anlass", "page": 0}]


@pytest.mark.django_db
def test_a_document_type_with_entities_is_not_read():
    body = f'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document xmlns:w="{WORD}">&a;</w:document>'

    reading = read(samples.archive({"word/document.xml": body}), media_type=f"{OOXML}wordprocessingml.document")

    assert (reading.state, reading.reason) == ("failed", "Die Datei ist beschädigt.")


@pytest.mark.django_db
def test_open_slides_have_text_and_no_notes():
    content = (
        f'<draw:page xmlns:text="{samples.ODF}text:1.0" xmlns:p="{samples.ODF}presentation:1.0">'
        '<draw:frame p:class="title"><draw:text-box><text:p>Titel<text:s/>hier</text:p></draw:text-box></draw:frame>'
        "<p:notes><draw:frame><draw:text-box><text:p>Notiz</text:p></draw:text-box></draw:frame></p:notes></draw:page>"
    )

    reading = read(samples.odf(pages=0, content=content), media_type="application/vnd.oasis.opendocument.presentation")

    assert [(page.title, page.text) for page in reading.pages.all()] == [("Titel hier", "Titel hier")]


@pytest.mark.django_db
def test_sheets_have_text():
    rows = f'<row><c t="s"><v>0</v></c>{offices.cell("Kita")}</row>'
    content = offices.xlsx({"Orte": rows}, strings=["<si><t>Hamm</t></si>"])

    reading = read(content, media_type=f"{OOXML}spreadsheetml.sheet")

    assert [(page.title, page.text) for page in reading.pages.all()] == [("Orte", "Hamm | Kita")]


def film(seconds=42, width=640, height=360):
    head = bytes(12) + (1000).to_bytes(4, "big") + (seconds * 1000).to_bytes(4, "big") + bytes(80)
    sides = (width << 16).to_bytes(4, "big") + (height << 16).to_bytes(4, "big")
    track = bytes(40) + (0x10000).to_bytes(4, "big") + bytes(32) + sides
    moov = samples.box(b"mvhd", head) + samples.box(b"trak", samples.box(b"tkhd", track))
    return samples.box(b"ftyp", b"isom" + bytes(4)) + samples.box(b"moov", moov) + samples.box(b"mdat", bytes(9))


@pytest.mark.django_db
def test_films_and_recordings_have_a_length():
    video = read(film(), media_type="video/mp4")
    sound = read(samples.mp3(frames=400), media_type="audio/mpeg")

    assert (video.seconds, video.width, video.height) == (42, 640, 360)
    assert sound.seconds == 10


@pytest.mark.django_db
def test_a_webm_knows_how_long_it_is():
    info = b"\x44\x89\x84" + struct.pack(">f", 5000.0)
    size = b"\xe0\x88" + b"\xb0\x82\x01\x40" + b"\xba\x82\x00\xb4"
    entry = b"\xae" + bytes([0x80 | len(size)]) + size
    body = b"\x15\x49\xa9\x66" + bytes([0x80 | len(info)]) + info
    body += b"\x16\x54\xae\x6b" + bytes([0x80 | len(entry)]) + entry
    content = b"\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67" + bytes([0x80 | len(body)]) + body

    reading = read(content, media_type="video/webm")

    assert (reading.seconds, reading.width, reading.height) == (5, 320, 180)


@pytest.mark.django_db
def test_an_image_gets_two_sizes_upright_and_without_metadata():
    reading = read(samples.image("JPEG", (2000, 1000)), media_type="image/jpeg")

    found = Rendition.objects.filter(source=reading.stored_file).order_by("-size")
    assert [(one.size, one.picture.width, one.picture.height) for one in found] == [
        ("small", 640, 320),
        ("large", 1600, 800),
    ]


@pytest.mark.django_db
@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize(
    "in_process_test",
    [
        test_a_file_that_forbids_copying_has_pictures_and_no_text,
        test_a_presentation_has_titles_and_text_but_no_notes,
        test_open_slides_have_text_and_no_notes,
        test_an_image_gets_two_sizes_upright_and_without_metadata,
        test_a_webm_knows_how_long_it_is,
    ],
)
def test_the_child_process_gives_the_same_results_within_its_limits(in_process_test):
    """One for each of its modules."""
    in_process_test()


@pytest.mark.django_db
def test_reading_twice_changes_nothing_and_again_replaces():
    reading = read(slides())
    before = set(Rendition.objects.values_list("pk", flat=True))

    read_file(reading.pk)
    assert set(Rendition.objects.values_list("pk", flat=True)) == before

    read_file(reading.pk, again=True)
    assert not before & set(Rendition.objects.values_list("pk", flat=True))
    assert (Rendition.objects.count(), reading.pages.count()) == (6, 3)


@pytest.mark.django_db
def test_pictures_made_by_the_portal_are_not_read():
    rendition = Rendition.objects.create(source=make_file(), size="small", picture=make_picture())

    assert begin(rendition.picture_id, again=True) is None


@pytest.mark.django_db
def test_a_killed_reading_is_retried_once_and_then_failed():
    once, twice = (make_reading(stored_file=make_file(slides()), state="running", attempts=n) for n in (1, 2))
    for reading in (once, twice):
        rewrite(reading, started_at=LONG_AGO)
    for reading in (once, twice):
        rewrite_created(reading.stored_file)

    assert read_again() == "1 ausgelesen, 1 aufgegeben, 0 warten noch."
    once.refresh_from_db()
    twice.refresh_from_db()
    assert (once.state, once.attempts) == ("done", 2)
    assert (twice.state, twice.reason) == ("failed", "Das Auslesen ist zweimal abgebrochen.")


def rewrite_created(stored_file):
    super(type(StoredFile.objects.all()), StoredFile.objects.filter(pk=stored_file.pk)).update(created_at=LONG_AGO)


@pytest.mark.django_db
def test_storing_a_file_reads_it_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        stored_file = store_bytes(slides(), "folien.pdf")

    assert stored_file.reading.state == "done"
