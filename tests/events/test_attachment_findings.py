"""Findings about the file of an attachment: shown, accepted with a reason, reopened."""

from typing import get_args

import pytest
from django.urls import reverse

from events.missing import files_with_barriers
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.types import BY_EXTENSION
from lernnetzwerk.formats.results import HiddenContent
from lernnetzwerk.reading.findings import accept, findings, open_findings, reopen
from lernnetzwerk.reading.hidden_content import KINDS, PLACES
from lernnetzwerk.reading.models import Reading
from tests.administration import sign_in
from tests.factories import (
    DRAFT,
    PUBLISHED,
    WITHDRAWN,
    make_appearance,
    make_attachment,
    make_reading,
    make_speaker,
    make_user,
    rewrite,
)
from tests.reading import document, text, texts

pytestmark = pytest.mark.django_db


def read_pdf(**facts):
    """The reading of a PDF without findings, changed by `facts`."""
    good = {"title": "Vortrag", "language": "de", "is_tagged": True, "has_headings": True, "is_scan": False}
    return make_reading("Text", **{**good, "figures": 0, "figures_described": 0, "is_encrypted": False, **facts})


@pytest.fixture
def attachment():
    reading = read_pdf(is_tagged=False, title="")
    reading.open_findings = 2
    reading.save()
    return make_attachment(stored_file=reading.stored_file, title="Folien", **DRAFT)


def page(client, attachment):
    return document(client.get(reverse("admin:events_attachment_hinweise", args=[attachment.pk])))


def decide(client, attachment, **values):
    return client.post(reverse("admin:events_attachment_hinweise", args=[attachment.pk]), values)


@pytest.mark.parametrize(
    ("facts", "keys"),
    [
        ({}, []),
        ({"is_tagged": False}, ["tags"]),
        ({"is_tagged": False, "is_scan": True}, ["scan"]),
        ({"is_encrypted": True}, ["encrypted"]),
        ({"is_encrypted": True, "remarks": ["no_copying"]}, ["encrypted", "no_copying"]),
        ({"remarks": ["repaired", "garbled", "unseparated_layers"]}, ["garbled", "unseparated_layers", "repaired"]),
        ({"remarks": ["skipped_headings"]}, ["skipped_headings"]),
        ({"hidden_content": {"comments": 2, "layers": 1, "cropped": 3}}, ["hidden"]),
        ({"title": ""}, ["title"]),
        ({"language": ""}, ["language"]),
        ({"has_headings": False}, ["headings"]),
        ({"figures": 3, "figures_described": 1}, ["figures"]),
        ({"hidden_content": {"notes": 2}}, ["hidden"]),
        ({"hidden_content": {"places": 1}}, ["places"]),
        ({"codecs": ["avc1.64001f", "mp4a"]}, []),
        ({"codecs": ["hvc1", "mp4a"]}, ["codec"]),
        ({"names": ["Erika Beispiel"]}, []),
        ({"active_content": ["javascript", "launch"]}, ["javascript", "launch"]),
        ({"active_content": ["something-new"]}, ["something-new"]),
        ({"state": "failed", "reason": "Die Datei ist beschädigt."}, ["unread"]),
        ({"state": "failed", "active_content": ["launch"]}, ["unread", "launch"]),
        ({"state": "running", "is_tagged": False}, []),
    ],
)
def test_findings_depend_on_the_reading(facts, keys):
    found = findings(read_pdf(**facts))

    assert [finding.key for finding in found] == keys
    assert all(finding.sentence.endswith(".") and finding.advice.endswith(".") for finding in found)


@pytest.mark.parametrize(
    ("key", "hidden", "sentence"),
    [
        ("pptx", {"notes": 3, "slides": 1}, "1 versteckte Folie und 3 Notizen gehen mit dem Download hinaus."),
        ("odp", {"outside": 1}, "1 Objekt neben der Folie geht mit dem Download hinaus."),
        ("docx", {"outside": 1}, "1 Objekt neben der Seite geht mit dem Download hinaus."),
        (
            "docx",
            {"changes": 2, "comments": 1, "texts": 4},
            "2 nachverfolgte Änderungen, 1 Kommentar und 4 ausgeblendete Textstellen gehen mit dem Download hinaus.",
        ),
        (
            "xlsx",
            {"sheets": 2, "rows": 1},
            "2 ausgeblendete Tabellenblätter und 1 ausgeblendete Zeile gehen mit dem Download hinaus.",
        ),
    ],
)
def test_hidden_content_is_counted_in_words(key, hidden, sentence):
    stored_file = StoredFile(media_type=BY_EXTENSION[f".{key}"].media_type)

    (finding,) = findings(Reading(stored_file=stored_file, state="done", hidden_content=hidden))

    assert finding.sentence == sentence
    assert finding.advice.endswith(" als PDF hochladen.")


def test_every_kind_of_hidden_content_has_words():
    assert {*KINDS, PLACES} == set(get_args(HiddenContent))


@pytest.mark.parametrize(
    ("codecs", "names"),
    [
        (["hvc1", "hev1", "mp4a"], "H.265 (HEVC)"),
        (["av01.0.04M.08", "samr"], "AV1, AMR-Ton"),
        (["avc1.7a0028"], "H.264 mit 4:2:2"),
        (["xyz1"], "Format „xyz1“"),
        (["V_MPEG4/ISO/AVC", "A_OPUS"], "H.264 in WebM"),
    ],
)
def test_codecs_that_not_every_browser_plays_are_named(codecs, names):
    (finding,) = findings(Reading(stored_file=StoredFile(media_type="video/mp4"), state="done", codecs=codecs))

    assert finding.sentence == f"Diese Aufnahme spielen nicht alle Browser ab ({names})."


def test_names_in_the_properties_are_told_without_being_a_finding(client):
    reading = read_pdf(names=["Erika <Beispiel>", "Stadt Hamm"])
    attachment = make_attachment(stored_file=reading.stored_file, **DRAFT)
    told = "In den Eigenschaften der Datei stehen außerdem: Erika <Beispiel>, Stadt Hamm."
    sign_in(client, "redaktion")

    form = document(client.get(reverse("admin:events_attachment_change", args=[attachment.pk])))

    assert told in text(form)
    assert told in text(page(client, attachment))
    assert list(files_with_barriers()) == []


def test_figures_without_words_are_counted():
    assert findings(read_pdf(figures=3, figures_described=1))[0].sentence == "2 Abbildungen haben keine Beschreibung."
    assert findings(read_pdf(figures=1, figures_described=0))[0].sentence == "1 Abbildung hat keine Beschreibung."


def test_hidden_parts_of_a_pdf_are_counted_with_a_way_out():
    (found,) = findings(read_pdf(hidden_content={"comments": 2, "layers": 1, "cropped": 3}))

    assert found.sentence == (
        "2 Kommentare, 1 ausgeblendete Ebene und 3 Seiten mit Text außerhalb des Zuschnitts "
        "gehen mit dem Download hinaus."
    )
    assert found.advice.endswith("in der ursprünglichen Datei löschen und sie neu als PDF exportieren.")


def test_findings_are_shown_at_the_file(client, attachment):
    sign_in(client, "redaktion")

    form = document(client.get(reverse("admin:events_attachment_change", args=[attachment.pk])))

    assert any(one.startswith("Dieser PDF fehlen Tags") for one in texts(form, style="hints"))


def test_a_finding_can_be_accepted_with_a_reason(client, attachment):
    sign_in(client, "redaktion")

    decide(client, attachment, hinweis="tags", grund="Die Folien gibt es nur so.")

    assert "Begründung: Die Folien gibt es nur so." in text(page(client, attachment))
    reading = attachment.stored_file.reading
    reading.refresh_from_db()
    assert [finding.key for finding in open_findings(reading)] == ["title"]
    assert reading.open_findings == 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (" ", "Bitte begründen Sie kurz, warum die Datei beibehalten wird."),
        ("x" * 301, "Bitte kürzen Sie den Grund auf höchstens 300 Zeichen."),
    ],
)
def test_a_missing_reason_is_reported_at_its_field(client, attachment, reason, sentence):
    sign_in(client, "redaktion")

    response = decide(client, attachment, hinweis="tags", grund=reason)

    assert sentence in text(document(response))
    assert not attachment.stored_file.reading.accepted_findings.exists()


@pytest.mark.parametrize("key", ["scan", "x", "\0", "ü" * 100_000])
def test_a_finding_that_does_not_exist_cannot_be_accepted(client, attachment, key):
    sign_in(client, "redaktion")

    assert decide(client, attachment, hinweis=key, grund="Darum").status_code in (200, 302)
    assert decide(client, attachment, wieder=key).status_code == 302
    assert not attachment.stored_file.reading.accepted_findings.exists()


def test_an_accepted_finding_can_be_reopened(client, attachment):
    sign_in(client, "redaktion")
    accept(attachment.stored_file.reading, "tags", "Darum", make_user())

    decide(client, attachment, wieder="tags")

    attachment.stored_file.reading.refresh_from_db()
    assert attachment.stored_file.reading.open_findings == 2


def test_reopening_a_finding_that_was_not_accepted_changes_nothing(attachment):
    assert reopen(attachment.stored_file.reading, "tags") is False


def test_only_publishers_accept_findings_of_a_public_attachment(client, attachment):
    rewrite(attachment, state="published", published_from="2001-01-01T00:00Z")
    sign_in(client, "redaktion")

    assert decide(client, attachment, hinweis="tags", grund="Darum").status_code == 403

    sign_in(client, "freigabe")
    assert decide(client, attachment, hinweis="tags", grund="Darum").status_code == 302


def test_findings_are_shown_before_publishing(client, attachment):
    sign_in(client, "freigabe")

    question = document(client.get(reverse("admin:events_attachment_veroeffentlichen", args=[attachment.pk])))

    assert "Dieser PDF fehlen Tags" in " ".join(texts(question, style="cautions"))


def test_names_in_a_file_are_told_before_publishing_unless_they_are_its_speakers(client):
    appearance = make_appearance(speaker=make_speaker(first_name="Jörg", last_name="Müller"))
    reading = read_pdf(names=["Erika <Beispiel>", "Joerg Mueller"])
    attachment = make_attachment(session=appearance.session, stored_file=reading.stored_file, **DRAFT)
    sign_in(client, "freigabe")

    def told():
        question = document(client.get(reverse("admin:events_attachment_veroeffentlichen", args=[attachment.pk])))
        return texts(question, style="cautions")

    assert told() == ["Bitte vorher ansehen: In den Eigenschaften der Datei stehen: Erika <Beispiel>."]
    rewrite(reading, names=["Jörg Müller"])
    assert told() == []


def test_an_attachment_without_a_file_has_no_findings_page(client):
    sign_in(client, "redaktion")
    link = make_attachment(**DRAFT)

    assert client.get(reverse("admin:events_attachment_hinweise", args=[link.pk])).status_code == 404


def test_findings_are_listed_as_missing_until_they_are_accepted(client, attachment):
    sign_in(client, "redaktion")
    assert list(files_with_barriers()) == [attachment]

    decide(client, attachment, hinweis="tags", grund="Darum")
    assert list(files_with_barriers()) == [attachment]

    decide(client, attachment, hinweis="title", grund="Darum")
    assert list(files_with_barriers()) == []


def test_findings_of_a_withdrawn_attachment_are_not_listed_as_missing(attachment):
    rewrite(attachment, **WITHDRAWN)

    assert list(files_with_barriers()) == []


@pytest.mark.parametrize(("role", "is_offered"), [("redaktion", False), ("freigabe", True)])
def test_only_permitted_editors_are_offered_to_accept_findings(client, attachment, role, is_offered):
    rewrite(attachment, **PUBLISHED)
    sign_in(client, role)

    form = document(client.get(reverse("admin:events_attachment_change", args=[attachment.pk])))

    assert ("Datei trotzdem beibehalten und begründen" in text(form)) == is_offered
    assert ("darf nur, wer veröffentlichen darf." in text(form)) != is_offered
    assert ("Ersetzen Sie die Datei möglichst im Formular" in text(page(client, attachment))) == is_offered


def test_the_list_of_attachments_has_german_heads(client, attachment):
    sign_in(client, "redaktion")

    table = document(client.get(reverse("admin:events_attachment_changelist")))

    assert "Vorhanden" in texts(table, style="column-source")
