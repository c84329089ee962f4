"""Attachments in the administration: uploads, replacements, and who may open or change a file."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.models import Attachment, Event, Session
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.visibility.models import publish
from practice.models import PracticeExample
from speakers.models import Speaker
from tests.administration import (
    address,
    complaints,
    fill,
    fill_inline,
    form_on,
    nothing_changes,
    sign_in,
    signed_in,
    superuser_client,
)
from tests.factories import (
    DRAFT,
    HIDDEN,
    SCHEDULED,
    make_attachment,
    make_event,
    make_example,
    make_file,
    make_picture,
    make_session,
    make_visible_session,
    make_visible_speaker,
)
from tests.files.samples import pdf
from tests.reading import body

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    sign_in(client, "redaktion")
    return client


def upload(name: str = "Folien.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or pdf(2), content_type="application/pdf")


# --- editors at work --------------------------------------------------------------------------------------------------


def test_an_attachment_uploaded_and_submitted_by_an_editor_is_not_public(editor):
    session = make_visible_session()

    response = fill(editor, address(Attachment, "add"), kind="slides", session=session.pk, stored_file=upload())

    attachment = Attachment.objects.get()
    assert response.status_code == 302
    assert (attachment.state, attachment.stored_file.original_name, attachment.stored_file.page_count) == (
        "draft",
        "Folien.pdf",
        2,
    )
    assert body(editor.get(address(attachment, "datei"))) == pdf_bytes(attachment)
    assert editor.get(attachment.get_absolute_url()).status_code == 404
    assert editor.get(attachment.get_download_url()).status_code == 404

    fill(editor, address(attachment, "vorlegen"))
    attachment.refresh_from_db()
    assert attachment.state == "submitted"
    assert editor.get(attachment.get_download_url()).status_code == 404


def pdf_bytes(attachment: Attachment) -> bytes:
    with attachment.stored_file.open() as file:
        return file.read()


def test_an_editor_uploads_below_a_draft_event(editor):
    event = make_event(**DRAFT)

    line = fill_inline("attachments", 0, kind="agenda", stored_file=upload("Agenda.pdf"))
    response = fill(editor, address(event), **{"attachments-TOTAL_FORMS": 1}, **line)

    attachment = event.attachments.get()
    assert response.status_code == 302
    assert (attachment.state, attachment.stored_file.original_name) == ("draft", "Agenda.pdf")


def test_a_draft_keeps_its_file_until_another_file_replaces_it(editor):
    first = make_file()
    attachment = make_attachment(stored_file=first, **DRAFT)

    fill(editor, address(attachment), title="Neu")
    attachment.refresh_from_db()
    assert attachment.stored_file == first

    fill(editor, address(attachment), stored_file=upload("Zweite.pdf"))
    attachment.refresh_from_db()
    assert attachment.stored_file.original_name == "Zweite.pdf"
    assert StoredFile.objects.filter(pk=first.pk).exists()


# --- files of what is public ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [{}, SCHEDULED], ids=["public", "scheduled"])
def test_an_editor_cannot_replace_or_remove_a_released_file(editor, state):
    attachment = make_attachment(stored_file=make_file(), **state)
    form = form_on(superuser_client().get(address(attachment)))

    with nothing_changes():
        assert editor.post(address(attachment), {**form, "stored_file": upload()}).status_code == 403
        cleared = {**form, "stored_file-clear": "on", "url": "https://ort.example/"}
        assert editor.post(address(attachment), cleared).status_code == 403
    assert StoredFile.objects.count() == 1


def test_an_editor_cannot_replace_an_approved_file_below_a_draft_event(editor):
    event = make_event(**DRAFT)
    make_attachment(event=event, stored_file=make_file())

    with nothing_changes():
        response = fill(editor, address(event), **{"attachments-0-stored_file": upload()})

    assert "Dieser Eintrag ist öffentlich. Ändern darf ihn nur, wer veröffentlichen darf." in complaints(response)


def test_an_editor_cannot_assign_an_approved_attachment_to_another_owner(editor):
    attachment, other = make_attachment(event=make_event(**DRAFT)), make_visible_session()
    form = form_on(superuser_client().get(address(attachment)))

    with nothing_changes():
        assert editor.post(address(attachment), {**form, "event": "", "session": other.pk}).status_code == 403


def test_a_draft_assigned_to_a_public_owner_stays_hidden(editor):
    attachment, session = make_attachment(title="Geheime Folien", **DRAFT), make_visible_session()

    assert fill(editor, address(attachment), session=session.pk).status_code == 302

    assert "Geheime Folien" not in editor.get(session.get_absolute_url()).content.decode()
    assert editor.get(attachment.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "make", [make_event, make_visible_session, make_visible_speaker], ids=["event", "session", "speaker"]
)
def test_an_editor_cannot_add_attachments_through_the_form_of_a_public_owner(editor, make):
    instance = make()
    form = form_on(superuser_client().get(address(instance)))
    prefix = "links" if isinstance(instance, Speaker) else "attachments"
    line = fill_inline(prefix, 0, kind="link", url="https://boese.example/", label="Klick", position=0)

    with nothing_changes():
        assert editor.post(address(instance), {**form, f"{prefix}-TOTAL_FORMS": 1, **line}).status_code == 403


@pytest.mark.parametrize("model", [Event, Speaker])
def test_an_editor_cannot_change_a_public_picture(editor, model):
    name = "image" if model is Event else "photo"
    picture = {name: make_picture(), f"{name}_alt": "Ein Bild"}
    instance = make_event(**picture) if model is Event else make_visible_speaker(**picture)
    form = form_on(superuser_client().get(address(instance)))

    with nothing_changes():
        assert editor.post(address(instance), {**form, f"{name}-clear": "on", f"{name}_alt": ""}).status_code == 403


# --- files of others --------------------------------------------------------------------------------------------------


def test_a_stored_file_cannot_be_attached_by_its_key(editor):
    """The key of another attachment's file, sent in place of an upload, attaches nothing."""
    secret = make_file(name="geheim.pdf")
    attachment = make_attachment(absence="lost", **DRAFT)

    with nothing_changes():
        for sent in (str(secret.pk), secret.key, "geheim.pdf"):
            fill(editor, address(Attachment, "add"), kind="slides", stored_file=sent)
            fill(editor, f"{address(Attachment, 'add')}?stored_file={sent}", kind="slides")
            fill(editor, address(attachment), stored_file=sent, absence="", stored_file_id=sent)


def test_files_cannot_be_listed_by_editors(editor):
    make_file(name="geheim.pdf")

    for path in ("", "add/"):
        assert editor.get(f"/verwaltung/files/storedfile/{path}").status_code == 403
    query = "?app_label=events&model_name=attachment&field_name=stored_file&term=geheim"
    assert editor.get(f"/verwaltung/autocomplete/{query}").status_code == 403


def test_administrators_can_view_but_not_change_stored_files(client):
    file = make_file(name="folien.pdf")
    sign_in(client, "verwaltung")

    with nothing_changes():
        assert client.get(address(file)).status_code == 200
        assert client.post(address(file), {"original_name": "x.html", "media_type": "text/html"}).status_code == 403
        assert client.post(address(file, "delete"), {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("who", ["visitor", "redaktion", "verwaltung"])
def test_no_public_address_delivers_a_hidden_file(who, state):
    attachment = make_attachment(stored_file=make_file(), **state)
    client = signed_in(who)

    for url in (attachment.get_absolute_url(), attachment.get_download_url(), f"/materialien/{attachment.uuid}/x.pdf"):
        assert client.get(url).status_code == 404


def test_a_file_is_opened_only_through_its_own_address(editor):
    attachment = make_attachment(stored_file=make_file(), **DRAFT)

    with nothing_changes():
        assert editor.post(address(attachment, "datei"), {"stored_file": ""}).status_code == 405
    assert body(editor.get(address(attachment, "datei"), headers={"Range": "bytes=0-3"})) == b"%PDF"


# --- what is refused leaves nothing -----------------------------------------------------------------------------------

REFUSED = {
    "svg": ("bild.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "html": ("folien.pdf.html", b"<script>alert(1)</script>"),
    "html called pdf": ("folien.pdf", b"<script>alert(1)</script>"),
    "two endings": ("folien.html.pdf", None),
    "empty": ("folien.pdf", b""),
}


@pytest.mark.parametrize(("name", "content"), REFUSED.values(), ids=REFUSED)
def test_a_refused_file_is_reported_and_not_stored(editor, name, content, settings):
    with nothing_changes():
        file = SimpleUploadedFile(name, pdf() if content is None else content, content_type="application/pdf")
        response = fill(editor, address(Attachment, "add"), kind="slides", stored_file=file)

    assert complaints(response)
    assert not [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


def test_a_valid_file_on_an_invalid_form_is_not_stored(editor, settings):
    with nothing_changes():
        fill(editor, address(Attachment, "add"), kind="", stored_file=upload())

    assert not [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "sources",
    [
        {},
        {"url": "https://ort.example/", "absence": "lost"},
        {"stored_file": "upload", "url": "https://ort.example/"},
        {"stored_file": "upload", "absence": "lost"},
    ],
)
def test_an_attachment_needs_exactly_one_of_file_address_and_absence(editor, sources):
    if "stored_file" in sources:
        sources = {**sources, "stored_file": upload()}

    with nothing_changes():
        response = fill(editor, address(Attachment, "add"), kind="slides", **sources)

    assert complaints(response) == ["Bitte genau eines angeben: eine Datei, eine Adresse oder warum beides fehlt."]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "ftp://ort.example/"]
)
def test_an_external_address_must_be_a_web_address(editor, url):
    with nothing_changes():
        response = fill(editor, address(Attachment, "add"), kind="link", url=url)

    assert complaints(response)


def test_an_attachment_has_at_most_one_owner(editor):
    owners = {"event": make_event().pk, "session": make_session().pk, "practice_example": make_example().pk}

    with nothing_changes():
        response = fill(editor, address(Attachment, "add"), kind="link", url="https://ort.example/", **owners)

    assert complaints(response) == ["Ein Material gehört zu höchstens einem Treffen, Beitrag oder Praxisbeispiel."]


@pytest.mark.parametrize("model", [Event, Session, PracticeExample])
def test_an_owner_is_not_deleted_with_its_attachment(editor, model):
    owners = {Event: lambda: make_event(**DRAFT), Session: lambda: make_session(make_event(**DRAFT))}
    owner = owners.get(model, lambda: make_example(**DRAFT))()
    field = "practice_example" if model is PracticeExample else model._meta.model_name
    make_attachment(**{field: owner}, **DRAFT)

    with nothing_changes():
        response = editor.post(address(owner, "delete"), {"post": "yes"})

    assert response.context["protected"]


# --- two editors on one file ------------------------------------------------------------------------------------------


def test_the_second_of_two_editors_is_warned_before_a_file_is_replaced(editor):
    attachment = make_attachment(stored_file=make_file(), **DRAFT)
    second = {**form_on(editor.get(address(attachment))), "title": "vom Zweiten"}
    fill(editor, address(attachment), stored_file=upload("Neu.pdf"), title="von der Ersten")

    with nothing_changes():
        response = editor.post(address(attachment), {**second, "stored_file": upload("Auch neu.pdf")})

    assert complaints(response)[0].endswith("Bitte wählen Sie Dateien noch einmal aus.")
    again = {**form_on(response), "stored_file": upload("Auch neu.pdf")}
    assert editor.post(address(attachment), again).status_code == 302
    attachment.refresh_from_db()
    assert (attachment.title, attachment.stored_file.original_name) == ("vom Zweiten", "Auch neu.pdf")


def test_a_second_save_without_a_file_keeps_the_first_editors_file(editor):
    attachment = make_attachment(stored_file=make_file(), **DRAFT)
    second = {**form_on(editor.get(address(attachment))), "title": "vom Zweiten"}
    fill(editor, address(attachment), stored_file=upload("Neu.pdf"))

    editor.post(address(attachment), form_on(editor.post(address(attachment), second)))

    attachment.refresh_from_db()
    assert (attachment.title, attachment.stored_file.original_name) == ("vom Zweiten", "Neu.pdf")


def test_a_file_replaced_on_its_own_page_is_not_overwritten_by_the_event_form(editor):
    attachment = make_attachment(event=make_event(**DRAFT), stored_file=make_file(), **DRAFT)
    second = form_on(editor.get(address(attachment.event)))
    fill(editor, address(attachment), stored_file=upload("Neu.pdf"))

    with nothing_changes():
        sent = {**second, "attachments-0-stored_file": upload("Auch neu.pdf")}
        response = editor.post(address(attachment.event), sent)

    assert complaints(response)[0].startswith("Jemand anderes hat inzwischen gespeichert.")


def test_an_attachment_published_meanwhile_does_not_block_saving_its_event(editor):
    attachment = make_attachment(event=make_event(**DRAFT), title="Folien", **DRAFT)
    form = {**form_on(editor.get(address(attachment.event))), "motto": "Neu"}
    publish([attachment])

    assert editor.post(address(attachment.event), form).status_code == 302
    assert Event.objects.get().motto == "Neu"
