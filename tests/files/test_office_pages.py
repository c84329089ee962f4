"""LibreOffice draws the pages of presentations and texts; hidden parts stay hidden, its failures cost no reading."""

import io
import time
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest
from msgspec.structs import replace
from PIL import Image

from lernnetzwerk.files.types import BY_EXTENSION
from lernnetzwerk.reading import maintenance
from lernnetzwerk.reading.models import Reading, Rendition
from lernnetzwerk.reading.tasks import read_file
from lernnetzwerk.sandbox import libreoffice
from lernnetzwerk.sandbox.launcher import TimedOutError
from tests.conftest import skip_or_fail
from tests.factories import make_file
from tests.files.offices import box, deck

pytestmark = pytest.mark.django_db

ODT = "application/vnd.oasis.opendocument.text"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.fixture
def office(settings):
    """LibreOffice, in the real sandbox."""
    found = libreoffice.find()
    if not found:
        skip_or_fail("this machine has no LibreOffice")
    settings.LIBREOFFICE = found
    return found


def slide(text, is_hidden=False):
    def build(page):
        box(page, text)
        page.notes_slide.notes_text_frame.text = "NUR FÜR MICH"
        if is_hidden:
            page._element.set("show", "0")

    return build


def docx(body):
    return packed(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{PART}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="http://schemas.'
            'openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        }
    )


def odt(body):
    names = ("office", "text", "drawing", "manifest", "svg-compatible")
    spaces = " ".join(f'xmlns:{name[:3]}="{OFFICE}{name}:1.0"' for name in names)
    entries = f'<man:file-entry man:full-path="/" man:media-type="{ODT}"/>'
    content = f"<off:document-content {spaces}><off:body><off:text>{body}</off:text></off:body></off:document-content>"
    return packed(
        {
            "mimetype": ODT,
            "META-INF/manifest.xml": f"<man:manifest {spaces}>{entries}</man:manifest>",
            "content.xml": content,
        }
    )


def packed(members):
    with ZipFile(target := io.BytesIO(), "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def word(*paragraphs):
    return docx("".join(f"<w:p><w:r>{inner}</w:r></w:p>" for inner in paragraphs))


def read(content, name):
    stored_file = make_file(content, name, media_type=BY_EXTENSION[f".{name.partition('.')[2]}"].media_type)
    read_file(stored_file.pk)
    return Reading.objects.get(stored_file=stored_file)


def pictured(reading):
    large = Rendition.objects.filter(source=reading.stored_file_id, size=Rendition.Size.LARGE)
    return list(large.order_by("number").values_list("number", flat=True))


BREAK = '<w:br w:type="page"/>'


@pytest.mark.walk
@pytest.mark.usefixtures("office", "isolated")
def test_slides_have_pictures_with_their_numbers_and_hidden_slides_have_none():
    reading = read(deck(slide("Eins"), slide("VERSTECKT", is_hidden=True), slide("Drei")), "folien.pptx")

    assert pictured(reading) == [1, 3]
    assert [page.text for page in reading.pages.order_by("number")] == ["Eins", "Drei"]
    assert reading.next_picture is None


@pytest.mark.walk
@pytest.mark.usefixtures("office", "isolated")
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bericht.docx", word("<w:t>Erste Seite</w:t>", f"{BREAK}<w:t>Zweite Seite</w:t>")),
        ("bericht.odt", odt("<tex:p>Erste Seite</tex:p>" + "<tex:p/>" * 60 + "<tex:p>Zweite Seite</tex:p>")),
    ],
)
def test_a_text_has_the_pages_of_its_print(name, content):
    reading = read(content, name)

    assert pictured(reading) == [1, 2]
    assert [page.text for page in reading.pages.order_by("number")] == ["Erste Seite", "Zweite Seite"]


@pytest.mark.walk
@pytest.mark.usefixtures("office", "isolated")
@pytest.mark.parametrize(
    "paragraph",
    [
        '<w:rPr><w:vanish/></w:rPr><w:t>GEHEIM</w:t>',
        '<w:t>da</w:t></w:r><w:del w:id="1" w:author="B"><w:r><w:delText>GEHEIM</w:delText></w:r></w:del><w:r>',
    ],
    ids=["hidden", "deleted"],
)  # fmt: skip
def test_a_text_with_hidden_words_keeps_the_text_that_was_read(paragraph):
    reading = read(word("<w:t>da</w:t>", paragraph), "bericht.docx")

    assert pictured(reading) == []
    assert "GEHEIM" not in reading.pages.get().text


@pytest.mark.walk
def test_a_file_shows_no_other_file_of_the_machine(office, tmp_path):
    Image.new("RGB", (400, 300), (255, 0, 0)).save(tmp_path / "geheim.png")
    link = f'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{(tmp_path / "geheim.png").as_uri()}"'
    content = odt(f'<tex:p><dra:frame svg:width="5cm" svg:height="4cm"><dra:image {link}/></dra:frame></tex:p>')

    with libreoffice.as_pdf(office, io.BytesIO(content), "odt") as pdf:
        page = pypdfium2.PdfDocument(pdf)[0].render().to_pil().convert("RGB")

    assert (255, 0, 0) not in {colour for _count, colour in page.getcolors(1 << 20)}


@pytest.mark.walk
@pytest.mark.usefixtures("office", "isolated")
def test_pictures_without_time_are_made_by_maintenance():
    content = deck(slide("Eins"), slide("VERSTECKT", is_hidden=True), slide("Drei"), slide("Vier"))
    reading = read(content, "folien.pptx")
    Rendition.objects.filter(source=reading.stored_file_id, number__gt=1).delete()
    Reading.objects.filter(pk=reading.pk).update(next_picture=2)

    maintenance.read_again()

    reading.refresh_from_db()
    assert (pictured(reading), reading.next_picture) == ([1, 3, 4], None)


@pytest.mark.parametrize("program", ["false", "true", "/gibt/es/nicht"])
def test_a_failure_of_libreoffice_leaves_the_text(settings, program):
    settings.LIBREOFFICE = program

    reading = read(deck(slide("Eins")), "folien.pptx")

    assert (reading.state, pictured(reading)) == (Reading.State.DONE, [])
    assert reading.pages.get().text == "Eins"


def test_a_program_that_does_not_end_is_stopped_with_its_children(monkeypatch, tmp_path):
    program = f"sleep 60 & echo $! > {tmp_path}/child; sleep 60"
    monkeypatch.setattr(libreoffice, "LIMITS", replace(libreoffice.LIMITS, wall_seconds=0.5))

    with pytest.raises(TimedOutError):
        libreoffice.run(["sh", "-c", program], tmp_path)

    child = (tmp_path / "child").read_text().strip()
    until = time.monotonic() + 10
    while is_alive(child) and time.monotonic() < until:
        time.sleep(0.01)
    assert not is_alive(child)


def is_alive(process):
    stat = Path("/proc", process, "stat")
    return stat.exists() and ") Z " not in stat.read_text()
