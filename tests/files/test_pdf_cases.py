"""PDFs as people have them: filled, cut, encrypted, slightly broken. Each is checked and read in this process."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from lernnetzwerk.formats import registry
from lernnetzwerk.formats.limits import Limits

CASES = Path(__file__).parent / "cases"
SENTENCE = "Beispielseite mit Umlauten: Präventionskette für Kommunen"


def content(name):
    return BytesIO((CASES / f"{name}.pdf").read_bytes())


def read(name, limits=Limits(pictured_pages=0)):  # noqa: B008 - it is frozen
    return registry.read(content(name), "pdf", limits)


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("01-formular-ausgefuellt", ["Anmeldung\nName: Erika Mustermann"]),
        ("03-nur-besitzerkennwort-kopieren-erlaubt", [SENTENCE]),
        ("04-nur-besitzerkennwort-kopieren-verboten", [""]),
        ("05-bom-vor-dem-kopf", [SENTENCE]),
        ("07-startxref-vier-zu-klein", [SENTENCE]),
        ("09-titel-nur-in-xmp", [SENTENCE]),
        ("10-schrift-ohne-tounicode", [""]),
        ("11-sprache-nur-am-element", ["Ueberschrift"]),
        ("bom-davor", ["Mit Zeichen vor dem Anfang"]),
        ("ebene-ausgeblendet", ["Sichtbare Ebene"]),
        ("formular", ["Fragebogen\nKommune: Ausgefuellt: Hamm\nOhne Erscheinungsbild"]),
        ("gedreht", ["Seite gedreht um 90", "Seite gedreht um 270", "aufrecht"]),
        ("kommentar", ["Folie mit interner Notiz"]),
        ("leeres-kennwort", ["Frei zu lesen, Drucken gesperrt", "Zweite Seite"]),
        ("riesig", ["Plakat A0 mal zwei"]),
        ("schmal", ["Zeitstrahl"]),
        ("trennung", ["Die Präventionskette wächst.\nKinder-garten"]),
        ("winzig", ["x"]),
        ("zuschnitt", ["SICHTBARER Text der Folie"]),
    ],
)
def test_an_accepted_file_has_the_text_that_its_pages_show(name, texts):
    checked, found = registry.check(content(name), "pdf", Limits()), read(name)

    assert (checked.refused, checked.page_count, found.unreadable) == ("", len(texts), "")
    assert [page.text for page in found.pages] == texts


@pytest.mark.parametrize(
    ("name", "remarks", "hidden"),
    [
        ("03-nur-besitzerkennwort-kopieren-erlaubt", [], {}),
        ("04-nur-besitzerkennwort-kopieren-verboten", ["no_copying"], {}),
        ("05-bom-vor-dem-kopf", [], {}),
        ("07-startxref-vier-zu-klein", ["repaired"], {}),
        ("10-schrift-ohne-tounicode", ["garbled"], {}),
        ("ebene-ausgeblendet", [], {"layers": 1}),
        ("formular", [], {}),
        ("kommentar", [], {"comments": 1}),
        ("zuschnitt", [], {"cropped": 1}),
    ],
)
def test_editors_are_told_what_is_unusual(name, remarks, hidden):
    found = read(name)

    assert (found.remarks, found.hidden_content) == (remarks, hidden)


def test_encryption_without_a_password_is_noted():
    encrypted = ("leeres-kennwort", "03-nur-besitzerkennwort-kopieren-erlaubt")

    assert [read(name).is_encrypted for name in (*encrypted, "formular")] == [True, True, False]


@pytest.mark.parametrize(
    ("name", "title", "language", "names"),
    [
        ("09-titel-nur-in-xmp", "Titel nur in XMP", "", []),
        ("11-sprache-nur-am-element", "Beispiel", "de-DE", []),
        ("titel-aus-powerpoint", "Microsoft PowerPoint - Vortrag_final_v3_NEU.pptx", "", ["muster"]),
    ],
)
def test_title_language_and_names_are_found_where_they_stand(name, title, language, names):
    found = read(name)

    assert (found.title, found.language, found.names) == (title, language, names)


def pictures(name):
    found = [one for one in read(name, Limits()).pictures if one.size == "large"]
    return [Image.open(BytesIO(one.content)).convert("RGB") for one in found]


def pixels(image, wanted):
    """The number of pixels of about this colour."""
    colors = image.getcolors(image.width * image.height)
    return sum(count for count, color in colors if all(abs(a - b) < 60 for a, b in zip(color, wanted, strict=True)))


@pytest.mark.parametrize(
    ("name", "color"),
    [("01-formular-ausgefuellt", (255, 255, 150)), ("formular", (255, 0, 0))],
    ids=["appearance of the file", "appearance made by PDFium"],
)
def test_pictures_show_filled_fields(name, color):
    assert pixels(pictures(name)[0], color) > 300


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("04-nur-besitzerkennwort-kopieren-verboten", [(1400, 1981)]),
        ("07-startxref-vier-zu-klein", [(1400, 1981)]),
        ("gedreht", [(1400, 1981), (1400, 1981), (1400, 989)]),
        ("leeres-kennwort", [(1400, 989), (1400, 989)]),
        ("riesig", [(1400, 1400)]),
        ("schmal", [(1400, 4)]),
        ("winzig", [(1400, 1400)]),
        ("zuschnitt", [(1400, 861)]),
    ],
)
def test_pictures_are_upright_and_bounded(name, sizes):
    assert [image.size for image in pictures(name)] == sizes


def test_a_file_with_a_password_is_refused_with_the_reason():
    sentence = "Die PDF-Datei ist mit einem Kennwort geschützt. Bitte speichern Sie sie ohne Kennwort."

    assert registry.check(content("mit-kennwort"), "pdf", Limits()).refused == sentence
