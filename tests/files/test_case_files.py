"""Small files that each stand for a kind: pictures of phones and cameras, office files with hidden parts, subtitles.

Those of PDF are in `test_pdf_cases`, other unusual but valid files in `test_legitimate_files`, places and codecs of
films in `test_media_facts`.
"""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from lernnetzwerk.files.check import check
from lernnetzwerk.formats import registry
from lernnetzwerk.formats.limits import Limits
from lernnetzwerk.formats.subtitles.webvtt import parse
from tests.files.test_check import refusal, upload

CASES = Path(__file__).parent / "cases"
RED, WHITE, BLUE, CLEAR = (255, 0, 0, 255), (255, 255, 255, 255), (0, 0, 255, 255), (255, 255, 255, 0)
NEAR = 3  # of 255


def content(name):
    return (CASES / name).read_bytes()


def read(name):
    return registry.read(BytesIO(content(name)), name.rpartition(".")[2], Limits())


def test_every_file_stands_in_a_test():
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))

    assert [
        path.name for path in CASES.iterdir() if f'"{path.name}"' not in tests and f'"{path.stem}"' not in tests
    ] == []


# --- pictures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "size", "colors"),
    [
        ("exif-3.jpg", (600, 400), [RED, WHITE, BLUE]),
        ("exif-5.jpg", (600, 400), [RED, WHITE, BLUE]),
        ("exif-6.jpg", (600, 400), [RED, WHITE, BLUE]),
        ("cmyk.jpg", (600, 400), [RED, WHITE, BLUE]),
        ("palette-transparent.png", (600, 400), [RED, CLEAR, BLUE]),
        ("grau-16-bit.png", (300, 200), [(24, 24, 24, 255), (127, 127, 127, 255), (232, 232, 232, 255)]),
        ("rgb-16-bit.png", (200, 100), [(25, 0, 230, 255), (128, 0, 127, 255), (231, 0, 24, 255)]),
        ("rgba-16-bit.png", (200, 100), [(255, 0, 0, 25), (255, 0, 0, 128), (255, 0, 0, 231)]),
        ("24-foto-mit-ort-und-drehung.jpg", (300, 400), [(17, 17, 17, 255), (0, 0, 0, 255), (17, 17, 17, 255)]),
    ],
)
def test_a_picture_is_upright_and_has_its_colors(name, size, colors):
    """`colors` from top left over the middle to bottom right."""
    stored = check(upload(content(name), name))
    found = registry.read(stored.content, stored.type.key, Limits())

    shown = Image.open(BytesIO(found.pictures[1].content)).convert("RGBA")
    width, height = shown.size
    points = [(width // 10, height // 10), (width // 2, height // 2), (width * 9 // 10, height * 9 // 10)]
    assert (stored.width, stored.height) == shown.size == size
    for point, color in zip(points, colors, strict=True):
        assert all(abs(a - b) <= NEAR for a, b in zip(shown.getpixel(point), color, strict=True))


def test_the_place_of_a_photo_is_not_stored():
    original = content("24-foto-mit-ort-und-drehung.jpg")

    stored = Image.open(check(upload(original, "foto.jpg")).content)

    assert Image.open(BytesIO(original)).getexif().get_ifd(0x8825)
    assert dict(stored.getexif()) == {}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("abgeschnitten.jpg", "Das Bild ist beschädigt oder unvollständig."),
        ("bewegt.png", "Bewegte Bilder werden nicht angenommen. Bitte laden Sie ein Standbild hoch."),
        ("bewegt.webp", "Bewegte Bilder werden nicht angenommen. Bitte laden Sie ein Standbild hoch."),
        ("bild.gif", "Bitte speichern Sie das Bild als JPEG oder PNG."),
        ("png-als-jpg.jpg", "Bitte geben Sie ihr die Endung „.png“ (PNG-Bild)."),
        ("latin1.vtt", "Speichern unter → Codierung „UTF-8“."),
        ("26-srt-zeiten.vtt", "Vor den Tausendsteln steht ein Punkt."),
    ],
)
def test_a_refused_file_is_told_why(name, sentence):
    assert sentence in refusal(content(name), name)


@pytest.mark.usefixtures("isolated")  # PDFium would give the error of another file
def test_a_pdf_without_pages_is_told_so():
    assert refusal(content("ohne-seiten.pdf"), "keine.pdf") == "Die PDF-Datei enthält keine Seiten."


# --- office -----------------------------------------------------------------------------------------------------------

SLIDES = [f"Folie {number}\n\n{text}" for number, text in enumerate(("Inhalt für alle", "VERSTECKT-GEHEIM"), start=1)]


@pytest.mark.parametrize(
    ("name", "texts", "hidden"),
    [
        ("12-zeilenende-hinter-dem-zip.pptx", [*SLIDES, "Folie 3\n\nInhalt für alle"], {}),
        ("13-bildschirmpraesentation-als.pptx", [*SLIDES, "Folie 3\n\nInhalt für alle"], {}),
        (
            "14-versteckte-folie-und-notizen.pptx",
            [SLIDES[0], "Folie 3\n\nInhalt für alle"],
            {"notes": 3, "slides": 1},
        ),
        (
            "versteckt-notizen-gruppe.pptx",
            [
                "Erste Folie\n\nSichtbar",
                "Folie mit Notizen\n\nText",
                "Gruppe\n\nText\n\nText in Gruppe",
                "Außerhalb\n\nText",
                "",
            ],
            {"notes": 1, "outside": 1, "slides": 1},
        ),
        ("versteckt.odp", ["Erste Folie", "Dritte Folie"], {"slides": 1}),
        ("18-aenderungen-und-kommentare.docx", ["Bericht\n\nSichtbar."], {"changes": 1, "comments": 1, "texts": 1}),
    ],
)
def test_an_office_file_has_the_text_that_it_shows_and_counts_the_rest(name, texts, hidden):
    found = read(name)

    assert check(upload(content(name), name)).name == name
    assert ([page.text for page in found.pages], found.hidden_content) == (texts, hidden)


def test_a_webm_with_a_long_length_is_accepted():
    name = "23-ebml-laenge-in-zwei-bytes.webm"

    assert check(upload(content(name), name)).type.key == "webm"


# --- subtitles --------------------------------------------------------------------------------------------------------

BERTA, MAX = "Beispiel, Berta", "Muster, Max"


@pytest.mark.parametrize(
    ("name", "cues"),
    [
        ("zwei-stimmen.vtt", [(1, 3, "Berta Beispiel", "Frage gestellt?"), (1, 3, "Max Muster", "Antwort gegeben.")]),
        (
            "erste-zeile-ohne-leerzeile.vtt",
            [(1, 3, "", "Diese erste Zeile zeigt jeder Browser."), (4, 6, "", "Die zweite auch.")],
        ),
        (
            "youtube-auto.vtt",
            [
                (0.16, 2.48, "", "guten Morgen und"),
                (2.48, 5.04, "", "herzlich willkommen zum"),
                (5.04, 8, "", "Lernnetzwerk der Kommunen"),
            ],
        ),
        (
            "teams.vtt",
            [
                (1, 4, BERTA, "Guten Morgen, willkommen zum Treffen."),
                (4, 7, BERTA, "Wir beginnen gleich."),
                (4.5, 6, MAX, "Danke, ich höre Sie gut."),
            ],
        ),
        ("stunde-einstellig.vtt", [(1, 3, "", "Einstellige Stunde, wie manche Programme sie schreiben.")]),
        ("dauer-null.vtt", [(1, 2, "", "Hm."), (2, 4, "", "Ja, genau.")]),
        ("untertitel.srt", [(1, 3, "", "Guten Morgen."), (4, 6, "", "Wir beginnen.")]),
        ("srt-nur-umbenannt.vtt", [(1, 3, "", "Guten Morgen.")]),
        (
            "zoom.vtt",
            [
                (1, 3, "", "Berta Beispiel: Guten Morgen zusammen."),
                (3.1, 5, "", "Max Muster: Guten Morgen, hören Sie mich?"),
                (5, 6, "", "Berta Beispiel: Ja, gut."),
            ],
        ),
        ("style-region-note.vtt", [(1, 4, "", "Müller & Söhne: 3 < 4 \u200eund gut.")]),
        ("stunde-123.vtt", [(442_801, 442_803, "", "Nach hundertdreiundzwanzig Stunden.")]),
        ("arabisch.vtt", [(1, 3, "", "مرحبا بكم في الشبكة"), (4, 6, "", "Danke (شكرا).")]),
    ],
)
def test_subtitles_are_stored_as_browsers_play_them(name, cues):
    stored = check(upload(content(name), name)).content.read()

    assert [(cue.begin / 1000, cue.end / 1000, cue.voice, cue.text) for cue in parse(stored)] == cues
