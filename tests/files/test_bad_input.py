"""Bad input through every upload form: the sender gets a message, and nothing is stored."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.invitations import links
from lernnetzwerk.files.check import check
from lernnetzwerk.files.models import StoredFile
from tests.administration import address, complaints, nothing_changes, sign_in
from tests.factories import (
    DRAFT,
    make_appearance,
    make_attachment,
    make_event,
    make_file,
    make_session,
    make_speaker,
    make_user,
)
from tests.files import hostile, samples
from tests.reading import document, text

PDF = samples.pdf()
LAUNCH = {"S": "/Launch", "F": "cmd.exe"}
SCRIPT = {"S": "/JavaScript", "JS": "app.alert(1)"}
SUBMIT = {"S": "/SubmitForm", "F": "https://x.example/"}
WEB = {"S": "/URI", "URI": "https://x.example/"}
NOT_TAKEN, OTHER_CONTENT = "werden hier nicht angenommen", "ihr Inhalt hat aber ein anderes Format"
TWO_ENDINGS, DAMAGED = "Der Dateiname hat zwei Endungen", "beschädigt oder unvollständig"
MACROS, ZIP = "Die Datei enthält Makros", "Die Datei ist zugleich ein ZIP-Archiv"
STARTS, ANCHOR = "Die PDF-Datei will beim Lesen ein Programm starten", "von einem anderen Rechner"
BEHIND = "Hinter dem Ende der Datei stehen weitere Daten"
MORE = "Hinter dem Ende der PDF-Datei stehen weitere Daten"
BOMB, NAMES = "ausgepackt zu groß", "Teile mit unzulässigen Namen"


def remote(file):
    return {"S": "/GoToR", "F": file}


REFUSED = {
    "two endings": ("vortrag.exe.pdf", PDF, TWO_ENDINGS),
    "svg": ("bild.svg", b"<svg onload='alert(1)'/>", NOT_TAKEN),
    "svg as png": ("bild.png", b"<svg onload='alert(1)'/>", OTHER_CONTENT),
    "html as pdf": ("seite.pdf", b"<!doctype html><script>alert(1)</script>", OTHER_CONTENT),
    "xml as docx": ("brief.docx", b"<?xml version='1.0'?><a/>", OTHER_CONTENT),
    "png as jpg": ("bild.jpg", samples.image("PNG"), OTHER_CONTENT),
    "empty": ("leer.pdf", b"", "leer"),
    "macros in slides": ("folien.pptx", samples.ooxml(**{"ppt__vbaProject.bin": "x"}), MACROS),
    "macros in text": ("brief.docx", samples.ooxml("docx", **{"word__vbaProject.bin": "x"}), MACROS),
    "pdf and zip": ("folien.pdf", hostile.zip_after(PDF), "PDF"),
    "small zip behind a pdf": ("folien.pdf", PDF + samples.archive({"a": "x"}), MORE),
    "pdf within zip": ("folien.pdf", hostile.pdf_within_zip(), ZIP),
    "pdf and html": ("folien.pdf", b"%PDF-1.7\n%<html><script>alert(1)</script>\n" + PDF, "Internetseite zugleich"),
    "html behind a pdf": ("folien.pdf", PDF + b"\n" * 1000 + b"<script>alert(1)</script>", MORE),
    "picture before a pdf": ("folien.pdf", samples.image("GIF") + PDF, "Daten eines anderen Formats"),
    "program before a pdf": ("folien.pdf", b"#!/bin/sh\nrm -r ~\n" + PDF, "Daten eines anderen Formats"),
    "html before a pdf": ("folien.pdf", b"<html><script>alert(1)</script>" + PDF, "Internetseite zugleich"),
    "html with a body": ("folien.pdf", b"%PDF-1.7\n%<body onload=alert(1)>\n" + PDF, "Internetseite zugleich"),
    "pdf after junk": ("folien.pdf", b"x" * 1024 + PDF, OTHER_CONTENT),
    "junk behind an archive": ("brief.docx", samples.ooxml("docx") + b"<script>alert(1)</script>", BEHIND),
    "html behind slides": ("folien.odp", samples.odf() + b"<script>alert(1)</script>", BEHIND),
    "html behind webm": ("film.webm", samples.webm() + b"<script>alert(1)</script>", BEHIND),
    "html behind a live recording": ("film.webm", hostile.live_webm() + b"<script>alert(1)</script>", BEHIND),
    "webm cut short": ("film.webm", hostile.live_webm()[:-1], "unvollständig oder beschädigt"),
    "html behind mp4": ("film.mp4", samples.mp4() + b"<script>alert(1)</script>", "unvollständig oder beschädigt"),
    "box without end": ("film.mp4", samples.mp4() + bytes(4) + b"free<script>", BEHIND),
    "html on byte 1200": ("folien.pdf", b"%PDF-1.7\n%" + b"x" * 1200 + b"<html>\n" + PDF, "Internetseite zugleich"),
    "zip within film": ("film.mp4", samples.mp4() + samples.box(b"mdat", samples.archive({"a": "x"})), ZIP),
    "launch on opening": ("folien.pdf", hostile.pdf_that(LAUNCH), STARTS),
    "launch behind a link": ("folien.pdf", hostile.pdf_with_link(LAUNCH), STARTS),
    "launch after another action": ("folien.pdf", hostile.pdf_that({"S": "/GoTo", "Next": LAUNCH}), STARTS),
    "launch on printing": ("folien.pdf", hostile.pdf_that(AA={"WP": LAUNCH}), STARTS),
    "program attached": ("folien.pdf", hostile.pdf_that(attachment="boese.exe"), "ein Programm als Anlage"),
    "template on a server": ("brief.docx", hostile.docx_with("attachedTemplate", "https://x.example/a.dotm"), ANCHOR),
    "template on a share": ("brief.docx", hostile.docx_with("attachedTemplate", r"file:///\\x\a.dotx"), ANCHOR),
    "object on a server": ("brief.docx", hostile.docx_with("oleObject", "http://x.example/a"), ANCHOR),
    "frame on a server": ("brief.docx", hostile.docx_with("frame", "mhtml:http://x.example/a"), ANCHOR),
    "way out": ("folien.pptx", samples.ooxml(**{"..__..__x": "x"}), NAMES),
    "drive letter": ("folien.pptx", samples.ooxml(**{"C:__x": "x"}), NAMES),
    "absolute": ("folien.pptx", samples.ooxml(__etc__x="x"), NAMES),
    "NUL in a member": ("folien.pptx", hostile.with_nul(), NAMES),
    "symbolic link": ("folien.pptx", hostile.with_link(), "Verweise auf andere Dateien"),
    "member twice": ("folien.pptx", hostile.with_member_twice(), DAMAGED),
    "overlapping members": ("folien.pptx", hostile.with_overlapping_members(), DAMAGED),
    "bomb": ("folien.pptx", samples.ooxml(ppt__null=bytes(30_000_000)), BOMB),
    "nested bomb": ("folien.pptx", hostile.nested_bomb(), BOMB),
    "image bomb": ("bild.png", samples.bomb_png(), "zu viele Bildpunkte"),
    "image without bounds": ("bild.png", hostile.png_beyond_bounds(), "Bild"),
    "needs a password": ("folien.pdf", samples.pdf(password="geheim"), "mit einem Kennwort geschützt"),
}
TAKEN = {
    "script": ("formular.pdf", hostile.pdf_that(SCRIPT), ["javascript"]),
    "form that is sent": ("formular.pdf", hostile.pdf_that(SUBMIT), ["contact"]),
    "form sent by a button": ("formular.pdf", hostile.pdf_with_link(SUBMIT), ["contact"]),
    "address on opening": ("a.pdf", hostile.pdf_that(WEB), ["contact"]),
    "address on printing": ("a.pdf", hostile.pdf_that(AA={"WP": WEB}), ["contact"]),
    "address after another action": ("a.pdf", hostile.pdf_that({"S": "/GoTo", "Next": WEB}), ["contact"]),
    "address behind a link": ("a.pdf", hostile.pdf_with_link(WEB), []),
    "share on opening": ("a.pdf", hostile.pdf_that(remote(r"\\x\a.pdf")), ["contact"]),
    "share behind a link": (
        "a.pdf",
        hostile.pdf_with_link(remote({"Type": "/Filespec", "UF": r"\\x\a.pdf"})),
        ["contact"],
    ),
    "share as an address": ("a.pdf", hostile.pdf_with_link({"S": "/URI", "URI": "file://x/a"}), ["contact"]),
    "neighbour behind a link": ("a.pdf", hostile.pdf_with_link(remote("anhang.pdf")), []),
    "attachment": ("rechnung.pdf", hostile.pdf_that(attachment="zugferd.xml"), ["embedded"]),
    "dynamic form": ("formular.pdf", hostile.pdf_that(AcroForm={"XFA": "x"}), ["xfa"]),
    "template on one's own disk": (
        "brief.docx",
        hostile.docx_with("attachedTemplate", r"file:///C:\Vorlagen\brief.dotx"),
        ["external"],
    ),
    "picture from elsewhere": ("brief.docx", hostile.docx_with("image", "https://x.example/a.png"), ["external"]),
    "link": ("brief.docx", hostile.docx_with("hyperlink", "https://x.example/"), []),
}


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


@pytest.fixture
def attachment():
    return make_attachment(event=make_event(), stored_file=make_file(), **DRAFT)


def blobs(settings):
    return {path for path in settings.FILES_ROOT.rglob("*") if path.is_file()}


def sent(name, content):
    """As a browser that lies about the type."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def filled_in(attachment, **values):
    """What its form sends; to open the form for each file would take longer than all the rest."""
    lines = {"tracks-TOTAL_FORMS": 0, "tracks-INITIAL_FORMS": 0}
    seen_at = attachment.changed_at.isoformat()
    return {"kind": attachment.kind, "position": 0, "event": attachment.event_id, "seen_at": seen_at, **lines, **values}


@pytest.mark.parametrize(("name", "content", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_bad_file_is_refused_with_a_message(name, content, sentence):
    with pytest.raises(ValidationError, match=re.escape(sentence)):
        check(ContentFile(content, name=name))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.walk if place % 4 else ()) for place, case in enumerate(REFUSED)]
)
def test_every_upload_form_refuses_a_bad_file_with_a_message_and_stores_nothing(case, editor, attachment, settings):
    name, content, sentence = REFUSED[case]
    session = make_session(make_event(**DRAFT), title="Vortrag")
    make_appearance(session, make_speaker())
    invitation = links.create(session, make_user(), days=14, recipient="Prof. Knuth")
    before = blobs(settings)

    with nothing_changes():
        form = editor.post(address(attachment), filled_in(attachment, stored_file=sent(name, content)))
        drop = editor.post(address(attachment.event, "ablegen"), {"datei": sent(name, content)})
        speaker = Client().post(f"/hochladen/{links.token(invitation)}/", {"datei": sent(name, content)})

    (complaint,) = complaints(form)
    assert sentence in complaint
    assert drop.status_code == 422
    assert sentence in drop.json()["message"]
    assert speaker.status_code in (200, 422)
    assert sentence in text(document(speaker))
    assert blobs(settings) == before


@pytest.mark.django_db
@pytest.mark.parametrize("case", TAKEN)
def test_harmless_active_content_is_accepted_and_reported(case, editor, attachment, django_capture_on_commit_callbacks):
    name, content, found = TAKEN[case]

    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(address(attachment.event, "ablegen"), {"datei": sent(name, content)}).status_code == 200

    assert StoredFile.objects.get(original_name=name).reading.active_content == found


def test_a_pdf_protected_against_changes_is_accepted():
    assert check(ContentFile(hostile.pdf_for_its_owner(), name="a.pdf")).page_count == 1


@pytest.mark.django_db
@pytest.mark.parametrize("end", [b"startxref\n9", b"startxref\n-", b"startxref\nx", b"starxref\n"])
def test_a_damaged_pdf_that_still_opens_is_accepted_with_a_remark(
    end, editor, attachment, django_capture_on_commit_callbacks
):
    content = PDF.replace(b"startxref\n", end)

    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(address(attachment.event, "ablegen"), {"datei": sent("a.pdf", content)}).status_code == 200

    stored = StoredFile.objects.get(original_name="a.pdf")
    assert (stored.page_count, stored.reading.state, stored.reading.remarks) == (1, "done", ["repaired"])
    assert stored.reading.pages.get().text == "Folie 1"


RICH_TEXT = b'%PDF-1.7\n%(<?xml version="1.0"?><body xmlns="http://www.w3.org/1999/xhtml"><p>Gut</p></body>)\n'
HARMLESS = {
    "mark before a pdf": ("a.pdf", b"\xef\xbb\xbf" + PDF),
    "mail before a pdf": ("a.pdf", b"Content-Type: application/pdf\r\n\r\n" + PDF),
    "junk before a pdf": ("a.pdf", b"\n" * 1_019 + PDF),
    "rich text in a pdf": ("a.pdf", RICH_TEXT + PDF[9:]),
    "line behind a pdf": ("a.pdf", PDF + b"\r\n\n"),
    "pdf added to": ("a.pdf", hostile.added_to(PDF)),
    "archive with a comment": ("a.docx", hostile.with_comment(samples.ooxml("docx"))),
    "film with free room": ("a.mp4", samples.mp4() + samples.box(b"free", b"x" * 9)),
    "film filled with zeros": ("a.mp4", samples.mp4() + bytes(30)),
    "film whose data goes on": ("a.mp4", samples.mp4()[:-72] + bytes(4) + b"mdat" + bytes(64)),
    "live recording": ("a.webm", hostile.live_webm()),
    "film with a void": ("a.webm", samples.webm() + b"\xec\x82xx"),
}


@pytest.mark.parametrize(("name", "content"), HARMLESS.values(), ids=HARMLESS)
def test_trailing_data_that_a_format_allows_is_accepted(name, content):
    assert check(ContentFile(content, name=name)).name == name


def test_an_archive_appended_to_a_picture_is_removed():
    content = check(ContentFile(hostile.zip_after(samples.image()), name="a.jpg")).content.read()

    assert b"PK" not in content


TOO_LONG = "Der Dateiname ist zu lang, er darf höchstens 200 Zeichen haben. Bitte benennen Sie die Datei um."
PATH = "Der Dateiname enthält einen Pfad, also einen Schrägstrich. Bitte benennen Sie die Datei um."
UNSEEN = "Der Dateiname enthält unsichtbare Steuerzeichen oder ist nicht lesbar. Bitte benennen Sie die Datei um."
NAMES = {
    "path": ("../../etc/passwd.pdf", PATH),
    "path of windows": ("C:\\Users\\anna\\Folien.pdf", PATH),
    "path to nothing": ("/Folien.pdf", PATH),
    "new line": ("a\r\nX: y.pdf", UNSEEN),
    "bell": ("a\x07.pdf", UNSEEN),
    "nul": ("a\x00.pdf", UNSEEN),
    "nul in the ending": ("a.p\x00df", UNSEEN),
    "half a letter": ("a\ud800.pdf", UNSEEN),
    "unreadable": ("a\ufffd.pdf", UNSEEN),
    "turned round": ("Foto\u202efdp.pdf", UNSEEN),
    "300 letters": ("ä" * 300 + ".pdf", TOO_LONG),
    "201 letters": ("a" * 197 + ".pdf", TOO_LONG),
    "201 letters of two parts": ("a\u0308" * 197 + ".pdf", TOO_LONG),
}


@pytest.mark.parametrize(("name", "sentence"), NAMES.values(), ids=NAMES)
def test_strange_names_are_refused(name, sentence):
    file = ContentFile(PDF)
    file.name = name

    with pytest.raises(ValidationError) as caught:
        check(file)

    assert caught.value.messages == [sentence]


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a" * 196 + ".pdf", "a" * 116 + ".pdf"),
        ("a\u0308" * 116 + ".pdf", "ä" * 116 + ".pdf"),
        ("Bericht\N{NO-BREAK SPACE}2018 \N{EN DASH} „Größe“ (1).pdf", "Bericht 2018 – „Größe“ (1).pdf"),
        ("Prä\N{SOFT HYPHEN}sentation.pdf", "Präsentation.pdf"),
    ],
)
def test_names_written_by_common_programs_are_accepted(name, kept):
    assert check(ContentFile(PDF, name=name)).name == kept
