"""Real files that look unusual are accepted; a refused one says how it could be handed in."""

from pathlib import Path

import pytest

from lernnetzwerk.files.check import check
from lernnetzwerk.files.conversions import CONVERSIONS
from lernnetzwerk.files.types import BY_EXTENSION, accepted
from tests.files import samples
from tests.files.test_check import refusal, upload

CASES = Path(__file__).parent / "cases"
ODT = f'<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.{samples.ODF_TYPES["odt"]}"/>'
SHOW = f"{samples.OOXML}presentationml.slideshow.main+xml"
MANIFEST = '<!DOCTYPE m:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd"{}><m:manifest {}/>'
MANIFEST_SPACE = f'xmlns:m="{samples.ODF}manifest:1.0"'


def case(name):
    return (CASES / name).read_bytes()


def webm_with_a_long_length():
    """RFC 8794, 4.4: a length may take more bytes than it needs."""
    header = b"\x42\x86\x81\x01" + b"\x42\x82\x40\x04webm"
    return b"\x1a\x45\xdf\xa3\x40" + bytes([len(header)]) + header + b"\x18\x53\x80\x67\x82\xec\x80"


def odt(mimetype=b"application/vnd.oasis.opendocument.text", stored=("mimetype",), manifest=""):
    members = {"META-INF/manifest.xml": f"<m:manifest {MANIFEST_SPACE}>{manifest}</m:manifest>", "content.xml": "<o/>"}
    return samples.archive(members | ({"mimetype": mimetype} if mimetype else {}), stored)


def show(main):
    return samples.ooxml("pptx", content_types={"ppt/presentation.xml": main})


ACCEPTED = {
    "Zeilenende.pptx": samples.ooxml("pptx") + b"\r\n",
    "Block.docx": samples.ooxml("docx") + bytes(512),
    "Zeilenende.odp": samples.odf("odp") + b"\n",
    "Zeilenende.mp4": samples.mp4() + b"\r\n",
    "Zeilenende.webm": samples.webm() + b"\n",
    "Bildschirmpräsentation.pptx": show(SHOW),
    "spät.odt": case("15-mimetype-nicht-zuerst.odt"),
    "gepackt.odt": odt(stored=()),
    "mit Zeilenende.odt": odt(b"application/vnd.oasis.opendocument.text\n"),
    "ohne mimetype.odt": odt(b"", manifest=ODT),
    "OpenOffice.odt": case("16-manifest-mit-doctype.odt"),
    "8 kHz.mp3": case("19-sprachaufnahme-8khz-ohne-id3.mp3"),
    "mit Prüfsumme.mp3": (b"\xff\xfa\x90\x00" + bytes(413)) * 4,
    "mit APE-Tag.mp3": samples.mp3(frames=4) + b"APETAGEX" + bytes(24),
    "lange Länge.webm": webm_with_a_long_length(),
    "DASH.mp4": samples.mp4(b"iso6", b"iso6dash"),
    "Foto aus dem Browser.jfif": samples.image("JPEG"),
}

PADDED = "Hinter dem Ende der Datei stehen weitere Daten"
ENTITY = ' [<!ENTITY a "b">]'
REFUSED = [
    ("dahinter.pptx", samples.ooxml("pptx") + b"\r\n<script>", PADDED),
    ("zugleich.mp3", samples.mp3() + samples.archive({"a": "b"}) + b"\r\n", "Die Datei ist zugleich ein ZIP-Archiv."),
    ("Kommentar.pptx", samples.ooxml("pptx")[:-2] + b"\x16\0" + b"PK\5\6" + bytes(16) + b"\1\0", PADDED),
    (
        "Entität.odt",
        samples.odf("odt", **{"META-INF__manifest.xml": MANIFEST.format(ENTITY, MANIFEST_SPACE)}),
        "unzulässige XML-Deklaration",
    ),
    (
        "Vorlage.odt",
        odt(b"application/vnd.oasis.opendocument.text-template"),
        "als normale .odt-Datei",
    ),
    ("Prüfsumme.odt", odt().replace(b"opendocument.text", b"opendocument.TEXT"), "beschädigt oder unvollständig"),
    ("Vorlage.pptx", show(f"{samples.OOXML}presentationml.template.main+xml"), "Bitte öffnen und als normale .pptx-Da"),
    ("IMG_0001.HEIC", case("IMG_0001.HEIC"), "werden hier nicht angenommen. Das ist ein iPhone-Foto (HEIC): Bitte als"),
    ("heic-als.jpg", case("25-heic-als.jpg"), "ein anderes Format. Das ist ein iPhone-Foto (HEIC): Bitte als JPEG"),
    ("png-als.jpg", samples.image("PNG"), "Format. Bitte geben Sie ihr die Endung „.png“ (PNG-Bild)."),
    ("Vortrag.ppsx", show(SHOW), "Das ist eine Bildschirmpräsentation: Bitte in PowerPoint öffnen und als .pptx"),
    ("Film.MOV", b"x", "nicht angenommen. Bitte exportieren Sie das Video als MP4 (H.264)"),
    ("Bericht.txt", b"x", "nicht angenommen. Bitte öffnen Sie die Datei in Word und speichern Sie sie als .docx."),
]


@pytest.mark.parametrize("name", ACCEPTED)
def test_an_unusual_but_valid_file_is_accepted(name):
    assert check(upload(ACCEPTED[name], name)).name == name


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED, ids=[row[0] for row in REFUSED])
def test_a_refused_file_says_how_it_could_be_handed_in(name, content, sentence):
    assert sentence in refusal(content, name)


def test_advice_is_given_only_where_its_result_would_be_accepted():
    assert "Erlaubt: JPEG" in refusal(b"x", "film.mov", "image")
    assert "als JPEG oder PNG" in refusal(b"x", "bild.gif", "image")


def test_every_conversion_leads_to_an_accepted_type_from_a_refused_one():
    keys = {one.key for one in accepted("any")}

    assert {one.target for one in CONVERSIONS.values()} <= keys
    assert not {f".{extension}" for extension in CONVERSIONS} & set(BY_EXTENSION)
