"""Which files are accepted and refused; a refusal leaves no trace."""

import os
import resource
import subprocess
import time
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from lernnetzwerk.files import check as check_module
from lernnetzwerk.files.check import check, check_signature
from lernnetzwerk.files.types import TYPES
from lernnetzwerk.formats.errors import RefusedError
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.sandbox import launcher
from lernnetzwerk.sandbox.limits import ProcessLimits
from lernnetzwerk.sandbox.protocol import Request
from tests.files import samples

GOOD = {
    "vortrag.pdf": (samples.pdf(8), "pdf", 8),
    "vortrag.pptx": (samples.ooxml("pptx", slides=3), "pptx", 3),
    "bericht.docx": (samples.ooxml("docx"), "docx", None),
    "zahlen.xlsx": (samples.ooxml("xlsx"), "xlsx", None),
    "vortrag.odp": (samples.odf("odp", pages=4), "odp", 4),
    "bericht.odt": (samples.odf("odt"), "odt", None),
    "zahlen.ods": (samples.odf("ods"), "ods", None),
    "foto.jpg": (samples.image("JPEG"), "jpeg", None),
    "foto.JPEG": (samples.image("JPEG"), "jpeg", None),
    "logo.png": (samples.image("PNG"), "png", None),
    "logo.webp": (samples.image("WEBP"), "webp", None),
    "film.mp4": (samples.mp4(), "mp4", None),
    "film.webm": (samples.webm(), "webm", None),
    "ton.mp3": (samples.mp3(), "mp3", None),
    "ton ohne Kopf.mp3": (samples.mp3(tag=False), "mp3", None),
    "film.vtt": (samples.vtt(), "vtt", None),
    "Prof. Dr. Knuth, Stand 12.2018.pdf": (samples.pdf(), "pdf", 1),
}

NOT_TAKEN = "werden hier nicht angenommen"
OTHER_CONTENT = "ihr Inhalt hat aber ein anderes Format"
UNREADABLE = "Der Dateiname enthält unsichtbare Steuerzeichen"
TWO_ENDINGS = "Der Dateiname hat zwei Endungen"
DAMAGED = "beschädigt oder unvollständig"
NO_PDF = "Die PDF-Datei ist unvollständig oder beschädigt"
MACROS = "Die Datei enthält Makros"
PASSWORD = "mit einem Kennwort geschützt"
OTHER_TYPE = "Der Inhalt der Datei passt nicht zu ihrer Endung"
NAMES = "Teile mit unzulässigen Namen"
NO_MP4 = "Die Datei ist kein MP4-Video"
NO_WEBM = "Die Datei ist kein WebM-Video"
NO_MP3 = "Die Datei ist keine MP3-Audiodatei"

HOSTILE = [
    # names
    ("programm.exe", b"MZ" + bytes(100), NOT_TAKEN),
    ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", NOT_TAKEN),
    ("seite.html", b"<script>alert(1)</script>", NOT_TAKEN),
    ("vortrag.pdf.html", samples.pdf(), NOT_TAKEN),
    ("alt.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), NOT_TAKEN),
    ("makros.pptm", samples.ooxml(), NOT_TAKEN),
    ("ohne", samples.pdf(), "Dateien ohne Endung"),
    (".pdf", samples.pdf(), "Dateien ohne Endung"),
    ("vortrag.pdf\x00.html", samples.pdf(), UNREADABLE),
    ("vortrag.pdf.", samples.image(), OTHER_CONTENT),
    ("vortrag.html.pdf", samples.pdf(), TWO_ENDINGS),
    ("vortrag.exe.pdf", samples.pdf(), TWO_ENDINGS),
    ("vortrag.pptx.pdf", samples.pdf(), TWO_ENDINGS),
    ("vortrag.html\x00.pdf", samples.pdf(), UNREADABLE),
    ("vortrag.SVG .pdf", samples.pdf(), TWO_ENDINGS),
    # content of another kind under a good name
    ("leer.pdf", b"", "Die Datei ist leer."),
    ("programm.pdf", b"MZ" + bytes(100), OTHER_CONTENT),
    ("seite.pdf", b"<html><script>alert(1)</script>", OTHER_CONTENT),
    ("seite.jpg", b"<html><script>alert(1)</script>", OTHER_CONTENT),
    ("bild.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>", OTHER_CONTENT),
    ("bild.png", samples.image("JPEG"), OTHER_CONTENT),
    ("bild.jpg", samples.image("PNG"), OTHER_CONTENT),
    ("folien.pptx", samples.pdf(), OTHER_CONTENT),
    ("folien.pptx", samples.ooxml("docx"), OTHER_TYPE),
    ("folien.odp", samples.odf("odt"), OTHER_TYPE),
    ("folien.odp", samples.ooxml("pptx"), DAMAGED),
    ("folien.pptx", samples.odf(), DAMAGED),
    ("folien.pptx", b"MZ" + samples.ooxml(), OTHER_CONTENT),
    ("folien.pptx", b"PK\x03\x04<script>" + samples.ooxml(), DAMAGED),
    ("gemein.pptx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), PASSWORD),
    # PDF
    ("halb.pdf", samples.pdf(5)[:1500], NO_PDF),
    ("fast.pdf", samples.pdf(5)[:-300], NO_PDF),
    ("ohne Ende.pdf", samples.pdf(5)[:-6], NO_PDF),
    ("muell.pdf", b"%PDF-1.7\n" + bytes(500) + b"%%EOF", NO_PDF),
    ("geheim.pdf", samples.pdf(password="streng geheim"), PASSWORD),
    (
        "zwei.pdf",
        samples.pdf() + samples.archive({"a.html": "<script>"}),
        "Hinter dem Ende der PDF-Datei stehen weitere Daten",
    ),
    ("spaet.pdf", bytes(1024) + samples.pdf(), OTHER_CONTENT),
    # Office Open XML
    ("halb.pptx", samples.ooxml()[:400], DAMAGED),
    ("leer.pptx", samples.ooxml(slides=0), "Die Präsentation enthält keine Folien."),
    ("ohne.docx", samples.archive({"word/document.xml": "<main/>"}), DAMAGED),
    ("teil.docx", samples.archive({"[Content_Types].xml": "<Types/>", "word/document.xml": ""}), OTHER_TYPE),
    ("kaputt.docx", samples.archive({"[Content_Types].xml": "<Types>", "word/document.xml": ""}), DAMAGED),
    ("makros.pptx", samples.ooxml(ppt__vbaProject="x", **{"ppt__vbaProject.bin": "x"}), MACROS),
    (
        "makros.docx",
        samples.ooxml("docx", content_types={"word/x.xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}),
        MACROS,
    ),
    ("makros.xlsx", samples.ooxml("xlsx", **{"xl__embeddings__Mappe1.xlsm": "x"}), MACROS),
    ("pfad.pptx", samples.ooxml(**{"..__..__etc__passwd": "x"}), NAMES),
    ("wurzel.pptx", samples.ooxml(__etc__passwd="x"), NAMES),
    ("fenster.pptx", samples.ooxml(**{"ppt\\boese.exe": "x"}), NAMES),
    (
        "entitaeten.docx",
        samples.archive({"[Content_Types].xml": '<!DOCTYPE x [<!ENTITY a "b">]><Types/>', "word/document.xml": ""}),
        "unzulässige XML-Deklaration",
    ),
    ("bombe.pptx", samples.ooxml(**{"ppt__media__null.bin": bytes(30_000_000)}), "ausgepackt zu groß"),
    ("viele.pptx", samples.archive({f"{number}.xml": "" for number in range(10_001)}), "zu viele oder gar keine Teile"),
    ("luege.pptx", samples.archive({"[Content_Types].xml": bytes(90_000)}, file_size=10), DAMAGED),
    ("gross.pptx", samples.archive({"[Content_Types].xml": bytes(10)}, file_size=90_000), DAMAGED),
    ("kennwort.pptx", samples.archive({"[Content_Types].xml": b""}, flag_bits=1), PASSWORD),
    # OpenDocument
    ("makros.odp", samples.odf(Basic__Standard__Modul1="x"), MACROS),
    ("skript.odt", samples.odf("odt", Scripts__python__los="x"), MACROS),
    ("anruf.odt", samples.odf("odt", content='<a href=" vnd.sun.star.script:los.py$los"/>'), MACROS),
    ("geheim.odp", samples.odf(manifest="<m:file-entry><m:encryption-data/></m:file-entry>"), PASSWORD),
    ("zweiter.odp", samples.odf(first="erster"), DAMAGED),
    ("leer.odp", samples.odf(pages=0), "Die Präsentation enthält keine Folien."),
    # images
    ("halb.jpg", samples.image("JPEG", (400, 400))[:700], "Das Bild ist beschädigt"),
    ("halb.png", samples.image("PNG", (400, 400))[:200], "Das Bild ist beschädigt"),
    ("kopf.webp", samples.webp_header(8, 8), "Das Bild ist beschädigt"),
    ("riesig.webp", samples.webp_header(16_000, 16_000), "zu viele Bildpunkte"),
    (
        "bewegt.png",
        samples.image("PNG", save_all=True, append_images=[Image.new("RGB", (40, 20), "red")]),
        "Bewegte Bilder",
    ),
    (
        "bewegt.webp",
        samples.image("WEBP", save_all=True, append_images=[Image.new("RGB", (40, 20), "red")]),
        "Bewegte Bilder",
    ),
    # video, audio, subtitles
    ("halb.mp4", samples.mp4()[:-20], "Die Datei ist unvollständig"),
    ("angehaengt.mp4", samples.mp4() + b"<script>alert(1)</script>", "Die Datei ist unvollständig"),
    ("ohne.mp4", samples.box(b"ftyp", b"isom" + bytes(4) + b"isom"), "Die Datei ist unvollständig"),
    ("apfel.mp4", samples.mp4(b"qt  ", b"qt  "), f"{NO_MP4}. Bitte wandeln"),
    ("film.webm", samples.webm(b"matroska"), f"{NO_WEBM}. Bitte wandeln"),
    ("film.webm", samples.webm()[:-7], "Die Datei ist unvollständig"),
    ("ton.mp3", b"ID3" + b"<script>alert(1)</script>" * 100, NO_MP3),
    ("ton.mp3", samples.mp3(frames=2), NO_MP3),
    ("text.vtt", b"<html>WEBVTT", "beginnen mit der Zeile"),
    ("text.vtt", b"WEBVTTX\n", "beginnen mit der Zeile"),
    ("text.vtt", b"WEBVTT\n\0", "unzulässige Zeichen"),
    ("text.vtt", "WEBVTT\nGrüß".encode("latin-1"), "nicht in der Zeichenkodierung UTF-8 gespeichert"),
]


def upload(content, name):
    """Past the cleaning that Django's own upload classes do to names."""
    file = ContentFile(content)
    file.name = name
    return file


def refusal(content, name, accept="any"):
    with pytest.raises(ValidationError) as error:
        check(upload(content, name), accept)
    (sentence,) = error.value.messages
    return sentence


@pytest.mark.parametrize("name", GOOD)
def test_every_type_of_the_whitelist_is_taken(name):
    content, key, pages = GOOD[name]

    checked = check(upload(content, name))

    assert (checked.type.key, checked.page_count, checked.name) == (key, pages, name)


@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize("name", ["vortrag.pdf", "bericht.docx", "bericht.odt", "logo.webp", "film.mp4", "film.vtt"])
def test_the_child_process_gives_the_same_results_within_its_limits(name):
    """One for each of its modules."""
    test_every_type_of_the_whitelist_is_taken(name)


def test_the_table_of_good_files_covers_the_whitelist():
    assert {key for _content, key, _pages in GOOD.values()} == {one.key for one in TYPES}


@pytest.mark.parametrize(
    ("name", "content", "sentence"), HOSTILE, ids=[f"{n}-{row[0]!a}" for n, row in enumerate(HOSTILE)]
)
def test_hostile_files_are_refused_without_a_trace(name, content, sentence, settings):
    assert sentence in refusal(content, name)

    assert not settings.FILES_ROOT.exists()


@pytest.mark.usefixtures("isolated")  # PDFium has no error of its own for this and would give that of another file
def test_a_pdf_without_pages_is_refused_without_a_trace(settings):
    assert refusal(samples.pdf_without_pages(), "keine.pdf") == "Die PDF-Datei enthält keine Seiten."

    assert not settings.FILES_ROOT.exists()


def test_a_file_above_the_limit_is_refused_by_its_size(settings):
    settings.FILES_MAX_SIZE = 1000

    sentence = refusal(samples.pdf(), "vortrag.pdf")

    assert sentence.endswith(" zu groß; höchstens 1 kB sind möglich.")


def test_an_image_field_accepts_only_images():
    assert NOT_TAKEN in refusal(samples.pdf(), "vortrag.pdf", accept="image")
    assert check(upload(samples.image(), "foto.jpg"), "image").type.key == "jpeg"


@pytest.mark.usefixtures("isolated")
def test_large_uploads_are_read_from_their_temporary_file():
    content = samples.pdf(3)
    with TemporaryUploadedFile("vortrag.pdf", "text/html", len(content), None) as file:
        file.write(content)
        file.flush()

        checked = check(file)

        assert (checked.page_count, checked.content.read()) == (3, content)


@pytest.mark.usefixtures("isolated")
def test_an_open_file_is_checked_from_its_beginning_and_stays_unchanged(tmp_path):
    content = samples.pdf(300)
    (tmp_path / "vortrag.pdf").write_bytes(content)
    with (tmp_path / "vortrag.pdf").open("rb") as file:
        checked = check(File(file, name="vortrag.pdf"))

        assert (checked.page_count, checked.content.read()) == (300, content)
    assert len(content) > 100_000


def test_the_browser_s_content_type_does_not_matter():
    checked = check(SimpleUploadedFile("vortrag.pdf", samples.pdf(), content_type="text/html"))

    assert checked.type.media_type == "application/pdf"


def test_an_image_comes_out_upright_without_metadata():
    original = samples.photo_with_position()
    assert b"Geheime Kamera" in original

    checked = check(upload(original + b"<script>alert(1)</script>", "foto.jpg"))

    content = checked.content.read()
    assert (checked.width, checked.height) == (20, 40)
    assert Image.open(checked.content).size == (20, 40)
    assert not Image.open(checked.content).getexif()
    assert not any(secret in content for secret in (b"Exif", b"Geheim", b"<script>"))


def test_text_chunks_of_a_png_are_removed_and_its_transparency_stays():
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_text("Author", "Geheime Autorin")
    original = samples.image("PNG", mode="P", transparency=0, pnginfo=info)

    content = check(upload(original, "logo.png")).content

    assert b"Geheim" not in content.read()
    assert Image.open(content).convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_colour_profile_stays():
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    content = check(upload(samples.image("JPEG", icc_profile=profile), "foto.jpg")).content

    assert Image.open(content).info["icc_profile"] == profile


def test_a_cmyk_photo_becomes_rgb():
    content = check(upload(samples.image("JPEG", mode="CMYK"), "druck.jpg")).content

    assert Image.open(content).mode == "RGB"


@pytest.mark.usefixtures("isolated")
def test_a_decompression_bomb_is_refused_fast_and_without_memory():
    bomb = samples.bomb_png()
    assert len(bomb) < 30_000
    began = time.monotonic()

    sentence = refusal(bomb, "bombe.png")

    assert sentence == (
        "Das Bild hat mit 13000 × 13000 Pixeln zu viele Bildpunkte; höchstens 50 Megapixel sind möglich."
    )
    assert time.monotonic() - began < 3
    # In kB; decoding takes 169 MB, and a child counts as large as its parent before it becomes another program.
    assert memory_of_a_child(bomb, "png") < resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + 50_000


def memory_of_a_child(content, key):
    """Started as uploads start it, and measured alone."""
    request = Request("check", key, Limits(), ProcessLimits(wall_seconds=20, cpu_seconds=19, output=1_000_000))
    command = launcher.command(request)
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.DEVNULL}
    with subprocess.Popen(command, env=launcher.ENVIRONMENT, cwd="/", **pipes) as child:
        child.stdin.write(content)
        child.stdin.close()
        _pid, child.returncode, usage = os.wait4(child.pid, 0)
    assert child.returncode == 0
    return usage.ru_maxrss


@pytest.mark.usefixtures("isolated")
def test_the_inspection_has_a_limit_of_memory(settings):
    settings.FILES_MAX_PIXELS = 10_000_000_000

    sentence = refusal(samples.bomb_png(60_000, rows=1), "bombe.png")

    assert sentence == "Die Datei ist zu aufwendig aufgebaut, um sie zu prüfen."


@pytest.mark.usefixtures("isolated")
def test_the_inspection_has_a_limit_of_time(monkeypatch):
    monkeypatch.setattr(check_module, "WALL_SECONDS", 0.001)

    assert refusal(samples.pdf(), "vortrag.pdf") == (
        "Die Prüfung der Datei dauerte zu lange. Bitte vereinfachen Sie die Datei oder teilen Sie sie auf."
    )


@pytest.mark.usefixtures("isolated")
def test_a_crashed_inspection_refuses_the_file_and_is_logged(monkeypatch, caplog):
    monkeypatch.setattr(launcher, "ENVIRONMENT", {"PYTHONPATH": "/nowhere"})

    sentence = refusal(samples.pdf(), "vortrag.pdf")

    assert sentence == "Die Datei konnte nicht geprüft werden: Sie ist beschädigt oder zu aufwendig aufgebaut."
    assert "checking a pdf: ended with 1" in caplog.text


def test_the_largest_allowed_image_is_accepted(settings):
    settings.FILES_MAX_PIXELS = 200

    assert check(upload(samples.image("PNG", (20, 10)), "klein.png")).width == 20
    assert "zu viele Bildpunkte" in refusal(samples.image("PNG", (20, 11)), "klein.png")


@given(st.sampled_from(list(GOOD)), st.integers(0, 60), st.binary(max_size=40), st.sampled_from(TYPES))
def test_any_first_bytes_are_accepted_or_refused(name, length, noise, type_):
    content = GOOD[name][0][:length] + noise

    with suppress(RefusedError):
        check_signature(ContentFile(content), type_, TYPES)
