"""A speaker's consent in the administration: how it is shown, and the warning while it is missing."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from events.invitations import links, receiving
from events.models import Attachment
from tests.administration import address, from_list, sign_in
from tests.factories import DRAFT, make_attachment, make_session, make_user
from tests.files.samples import pdf
from tests.reading import document, text, texts

pytestmark = pytest.mark.django_db
PDF = pdf(1)
LEFT = (
    "Nicht veröffentlicht: 1 Material aus Upload-Links, die von den Vortragenden noch nicht freigegeben sind. "
    "Einzeln können Sie sie auf der Seite des Materials nach Bestätigung veröffentlichen."
)


@pytest.fixture
def invitation():
    return links.create(make_session(), make_user(), days=14, recipient="Prof. Knuth")


@pytest.fixture
def attachment(invitation):
    return receiving.receive_file(invitation, SimpleUploadedFile("folien.pdf", PDF, "application/pdf"))


def form(client, attachment):
    return document(client.get(address(attachment)))


def publish_selected(client, *attachments):
    chosen = [one.pk for one in attachments]
    response = from_list(client, Attachment, "publish_selected", chosen)
    return [str(message) for message in get_messages(response.wsgi_request)]


def states():
    return list(Attachment.objects.order_by("pk").values_list("state", flat=True))


def test_the_form_states_that_consent_is_missing(client, attachment):
    sign_in(client, "redaktion")

    (said,) = texts(form(client, attachment), style="consent")

    assert said.startswith("Hochgeladen am ")
    assert "über den Upload-Link für Prof. Knuth" in said
    assert "Noch nicht freigegeben." in said


def test_the_form_states_the_consent_even_after_staff_changes(client, invitation, attachment):
    receiving.release(invitation, "Matthias Knuth", "cc-by-4.0")
    attachment.refresh_from_db()
    attachment.licence = "cc0-1.0"
    attachment.save()
    sign_in(client, "redaktion")

    (said,) = texts(form(client, attachment), style="consent")

    assert said.endswith("Uhr von Matthias Knuth: CC BY 4.0.")


def test_an_attachment_without_an_upload_link_has_no_consent_section(client):
    sign_in(client, "redaktion")
    own = make_attachment(**DRAFT)

    assert texts(form(client, own), style="consent") == []
    assert "Eingereicht" not in text(form(client, own))


def test_publishing_warns_until_the_speaker_has_released_the_file(client, invitation, attachment):
    sign_in(client, "freigabe")
    question = address(attachment, "veroeffentlichen")
    warning = "die vortragende Person hat sie noch nicht freigegeben"

    assert warning in " ".join(texts(document(client.get(question)), style="cautions"))

    receiving.release(invitation, "Matthias Knuth", "cc-by-4.0")
    assert warning not in " ".join(texts(document(client.get(question)), style="cautions"))


def test_bulk_publishing_skips_files_that_no_speaker_released(client, attachment):
    other = make_attachment(session=attachment.session, **DRAFT)
    sign_in(client, "freigabe")

    message = publish_selected(client, attachment, other)

    assert states() == ["draft", "published"]
    assert message == ["Veröffentlicht: 1."]


def test_bulk_publishing_says_what_it_skips(client, attachment):
    sign_in(client, "freigabe")

    assert publish_selected(client, attachment) == [LEFT]
    assert states() == ["draft"]


def test_bulk_publishing_publishes_released_files(client, invitation, attachment):
    receiving.release(invitation, "Matthias Knuth", "cc-by-4.0")
    sign_in(client, "freigabe")

    assert publish_selected(client, attachment) == ["Veröffentlicht: 1."]
    assert states() == ["published"]


def test_the_list_distinguishes_files_of_the_same_speaker(client, invitation, attachment):
    sign_in(client, "redaktion")

    page = document(client.get(address(Attachment, "changelist")))

    assert [one.split(" (")[0] for one in texts(page, style="field-source")] == ["folien.pdf"]
    assert "Vorhanden" in " ".join(texts(page, tag="th"))
