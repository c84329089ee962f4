"""Uploads in forms and in the admin: checked with the form, stored with the row, never in between."""

import re
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import CharField, modelform_factory
from django.urls import reverse

from events.models import Attachment
from lernnetzwerk.files.check import check
from lernnetzwerk.files.fields import StoredFileField
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.store import store_bytes
from speakers.models import Speaker
from tests.factories import make_event, make_speaker
from tests.files import samples

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.files.urls")]

SpeakerForm = modelform_factory(Speaker, fields=["last_name", "photo", "photo_alt"])
AttachmentForm = modelform_factory(
    Attachment, fields=["kind", "stored_file", "url", "absence"], field_classes={"url": CharField}
)


def photo(name="foto.jpg", content=None):
    return SimpleUploadedFile(name, samples.image() if content is None else content)


def slides(name="folien.pdf", pages=2):
    return SimpleUploadedFile(name, samples.pdf(pages))


def speaker_form(instance=None, files=None, **data):
    return SpeakerForm({"last_name": "Knuth", "photo_alt": "Ein Gesicht", **data}, files or {}, instance=instance)


def nothing_is_stored(settings):
    return not StoredFile.objects.exists() and not settings.FILES_ROOT.exists()


def test_a_valid_form_stores_the_file_when_it_is_saved(settings):
    form = speaker_form(files={"photo": photo()})
    assert form.is_valid(), form.errors
    assert nothing_is_stored(settings)

    speaker = form.save()

    speaker = Speaker.objects.get(pk=speaker.pk)
    assert (speaker.photo.original_name, speaker.photo.facts) == (
        "foto.jpg",
        f"JPEG, 40 × 20 Pixel, {speaker.photo.size} Bytes",
    )
    with speaker.photo.open() as file:
        assert len(file.read()) == speaker.photo.size


def test_saving_twice_stores_once():
    form = speaker_form(files={"photo": photo()})
    speaker = form.save(commit=False)
    assert not StoredFile.objects.exists()

    speaker.save()
    speaker.save()

    assert StoredFile.objects.count() == 1


def test_an_error_in_another_field_stores_nothing(settings):
    form = speaker_form(files={"photo": photo()}, last_name="")

    assert set(form.errors) == {"last_name"}
    assert nothing_is_stored(settings)


def test_a_constraint_sees_the_unsaved_file(settings):
    form = speaker_form(files={"photo": photo()}, photo_alt="")
    attachment = AttachmentForm({"kind": "slides", "absence": "lost"}, {"stored_file": slides()})

    assert form.errors == {
        "photo_alt": ["Bitte in einem Satz beschreiben, was zu sehen ist, oder „schmückend“ ankreuzen."]
    }
    assert attachment.errors == {
        "__all__": ["Bitte genau eines angeben: eine Datei, eine Adresse oder warum beides fehlt."]
    }
    assert nothing_is_stored(settings)


def test_an_attachment_with_a_file_alone_is_valid():
    form = AttachmentForm({"kind": "slides"}, {"stored_file": slides(pages=3)})

    assert form.is_valid(), form.errors
    assert form.save().stored_file.page_count == 3


def test_a_refused_file_says_why_at_its_field(settings):
    form = speaker_form(files={"photo": slides()})

    (sentence,) = form.errors["photo"]
    assert sentence.startswith(
        "Dateien mit der Endung „.pdf“ werden hier nicht angenommen. Erlaubt: JPEG (.jpg, .jpeg, .jfif)"
    )
    assert nothing_is_stored(settings)


def test_an_empty_file_is_refused():
    assert speaker_form(files={"photo": photo(content=b"")}).errors == {"photo": ["Die Datei ist leer."]}


def test_without_a_new_upload_the_file_stays():
    stored_file = store_bytes(samples.image(), "foto.jpg")
    speaker = make_speaker(photo=stored_file, photo_alt="Ein Gesicht")

    form = speaker_form(speaker, last_name="Anders")
    form.save()

    speaker.refresh_from_db()
    assert (speaker.last_name, speaker.photo, form.changed_data) == ("Anders", stored_file, ["last_name"])


def test_a_new_upload_replaces_and_the_old_file_stays_in_the_store():
    old = store_bytes(samples.image(), "alt.jpg")
    speaker = make_speaker(photo=old, photo_alt="Ein Gesicht")

    form = speaker_form(speaker, {"photo": photo("neu.jpg")})
    form.save()

    speaker.refresh_from_db()
    assert (speaker.photo.original_name, form.changed_data) == ("neu.jpg", ["last_name", "photo"])
    assert StoredFile.objects.filter(pk=old.pk).exists()


def test_a_file_can_be_removed():
    speaker = make_speaker(photo=store_bytes(samples.image(), "foto.jpg"), photo_alt="Ein Gesicht")

    speaker_form(speaker, **{"photo-clear": "on"}).save()

    speaker.refresh_from_db()
    assert speaker.photo is None


def test_removing_and_uploading_together_is_refused():
    form = speaker_form(files={"photo": photo()}, **{"photo-clear": "on"})

    assert form.errors == {
        "photo": ["Bitte entweder eine neue Datei auswählen oder die bisherige entfernen, nicht beides."]
    }


def test_a_posted_key_of_another_file_is_ignored():
    stored_file = store_bytes(samples.image(), "foto.jpg")

    form = SpeakerForm({"last_name": "Knuth", "photo": str(stored_file.pk)})

    assert form.save().photo is None


def test_a_required_field_needs_a_file():
    field = StoredFileField(verbose_name="Datei", accept="image").formfield()

    with pytest.raises(ValidationError, match="Bitte wählen Sie eine Datei aus"):
        field.clean(None, None)


def test_the_widget_shows_the_current_file_escaped():
    stored_file = store_bytes(samples.image(), "<b>foto.jpg")
    speaker = make_speaker(photo=stored_file, photo_alt="Ein Gesicht")

    html = str(SpeakerForm(instance=speaker)["photo"])

    assert f"Jetzt gespeichert: <strong>&lt;b&gt;foto.jpg</strong> ({stored_file.facts})" in html
    assert 'accept=".jpg,.jpeg,.jfif,.png,.webp"' in html
    assert re.search(r'<input type="checkbox" name="photo-clear" id="photo-clear_id"\s*>', html)
    assert "style=" not in html


def test_a_form_shown_again_still_shows_the_stored_file():
    speaker = make_speaker(photo=store_bytes(samples.image(), "foto.jpg"), photo_alt="Ein Gesicht")

    html = speaker_form(speaker, {"photo": slides()}).as_p()

    assert "Jetzt gespeichert: <strong>foto.jpg</strong>" in html
    assert "folien.pdf" not in html


def test_the_help_text_says_what_is_allowed():
    assert SpeakerForm.base_fields["photo"].help_text == (
        "Erlaubt: JPEG (.jpg, .jpeg, .jfif), PNG (.png), WebP (.webp); höchstens 200 MB."
    )


def test_an_unsaved_file_does_not_allow_another_key():
    speaker = make_speaker()
    speaker.photo = StoredFile.unsaved(check(photo()))

    with pytest.raises(ValidationError):
        Speaker._meta.get_field("photo").clean(UUID(int=7), speaker)


def test_the_field_can_be_written_into_a_migration():
    _name, path, _args, kwargs = Speaker._meta.get_field("photo").deconstruct()

    assert (path, kwargs["to"], kwargs["accept"]) == (
        "lernnetzwerk.files.fields.StoredFileField",
        "files.storedfile",
        "image",
    )


def test_the_admin_shows_a_normal_upload(admin_client):
    html = admin_client.get(reverse("admin:speakers_speaker_add")).content.decode()

    assert 'enctype="multipart/form-data"' in html
    assert '<input type="file" name="photo"' in html
    assert "related-widget-wrapper" not in html


def test_the_admin_stores_replaces_and_keeps(admin_client):
    address = reverse("admin:speakers_speaker_add")
    admin_client.post(address, {"last_name": "Knuth", "photo": photo(), "photo_alt": "Ein Gesicht"})
    speaker = Speaker.objects.get()
    address = reverse("admin:speakers_speaker_change", args=[speaker.pk])

    assert "Jetzt gespeichert: <strong>foto.jpg</strong>" in admin_client.get(address).content.decode()
    admin_client.post(address, {"last_name": "Anders", "photo_alt": "Ein Gesicht"})
    kept = Speaker.objects.get()
    admin_client.post(address, {"last_name": "Anders", "photo": photo("neu.jpg"), "photo_alt": "Ein Gesicht"})
    replaced = Speaker.objects.get()

    assert (kept.last_name, kept.photo.original_name) == ("Anders", "foto.jpg")
    assert replaced.photo.original_name == "neu.jpg"


def test_an_invalid_admin_form_stores_nothing(admin_client, settings):
    response = admin_client.post(reverse("admin:speakers_speaker_add"), {"last_name": "", "photo": photo()})

    assert response.status_code == 200
    assert nothing_is_stored(settings)


def inline_data(**fields):
    return {"title": "Treffen", "attachments-TOTAL_FORMS": "2", "attachments-INITIAL_FORMS": "0", **fields}


def test_an_inline_stores_its_files_and_ignores_its_empty_rows(admin_client):
    event = make_event()
    address = reverse("admin:events_event_change", args=[event.pk])
    data = inline_data(**{"attachments-0-kind": "slides", "attachments-0-stored_file": slides(pages=4)})

    response = admin_client.post(address, data)

    assert response.status_code == 302, response.context["errors"]
    (attachment,) = event.attachments.all()
    assert attachment.stored_file.page_count == 4


def test_a_refused_row_of_an_inline_prevents_all_uploads(admin_client, settings):
    event = make_event()
    data = inline_data(
        **{"attachments-0-kind": "slides", "attachments-0-stored_file": slides()},
        **{"attachments-1-kind": "slides", "attachments-1-stored_file": photo("boese.svg")},
    )

    response = admin_client.post(reverse("admin:events_event_change", args=[event.pk]), data)

    assert "Dateien mit der Endung „.svg“ werden hier nicht angenommen." in response.content.decode()
    assert nothing_is_stored(settings)
    assert not event.attachments.exists()
