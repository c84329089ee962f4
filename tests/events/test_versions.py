"""Earlier versions of an attachment: the files that were replaced or removed."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from events.models import Attachment, AttachmentVersion, Event
from lernnetzwerk.files.models import Leftover, StoredFile
from tests.administration import address, fill, nothing_changes, sign_in
from tests.concurrency import at_once
from tests.events.test_attachments_admin import upload
from tests.factories import DRAFT, make_attachment, make_event, make_file, make_user
from tests.reading import body, document, texts

pytestmark = pytest.mark.django_db


def versions(attachment):
    return list(attachment.versions.values_list("stored_file__original_name", "replaced_by__username"))


def replaced(**fields):
    attachment = make_attachment(stored_file=make_file(b"%PDF first", "Erste.pdf"), **fields)
    attachment.stored_file = make_file(b"%PDF second", "Zweite.pdf")
    attachment.save()
    return attachment


def old_address(attachment):
    return f"/verwaltung/events/attachment/{attachment.pk}/fassung/{attachment.versions.get().pk}/"


# --- what is recorded -------------------------------------------------------------------------------------------------


def test_a_replaced_file_keeps_its_address_and_becomes_a_version(client):
    attachment = make_attachment(title="Folien", stored_file=make_file(b"%PDF first", "Erste.pdf"))
    where, page = attachment.get_download_url(), attachment.get_absolute_url()

    before = timezone.now()
    attachment.stored_file = make_file(b"%PDF second", "Zweite.pdf")
    attachment.save()

    attachment = Attachment.objects.get()
    assert (attachment.get_download_url(), attachment.get_absolute_url()) == (where, page)
    assert body(client.get(where)) == b"%PDF second"
    assert versions(attachment) == [("Erste.pdf", None)]
    assert before <= attachment.versions.get().replaced_at <= timezone.now()


def test_a_save_without_another_file_records_no_version():
    attachment = make_attachment(stored_file=make_file())

    attachment.title = "Neu"
    attachment.save()
    attachment.save(update_fields=["title"])
    Attachment.objects.get().save()

    assert versions(attachment) == []


def test_the_first_file_records_no_version():
    attachment = make_attachment(absence="requested")

    attachment.absence, attachment.stored_file = "", make_file()
    attachment.save()

    assert versions(attachment) == []


def test_a_removed_file_stays_as_a_version():
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"))

    attachment.stored_file, attachment.url = None, "https://ort.example/"
    attachment.save()

    assert versions(attachment) == [("Erste.pdf", None)]


def test_versions_are_sorted_latest_first_and_omit_a_restored_file():
    attachment = replaced()
    first = attachment.versions.get().stored_file

    attachment.stored_file = first
    attachment.save(update_fields=["stored_file"])

    assert versions(attachment) == [("Zweite.pdf", None), ("Erste.pdf", None)]


def test_a_file_stored_by_a_concurrent_save_becomes_a_version():
    """The instance was loaded before the concurrent save and is saved with its old file or with a third one."""
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"))
    stale, staler = Attachment.objects.get(), Attachment.objects.get()
    attachment.stored_file = make_file(name="Zweite.pdf")
    attachment.save()

    stale.stored_file = make_file(name="Dritte.pdf")
    stale.save()
    staler.save()

    assert [name for name, _user in versions(attachment)] == ["Dritte.pdf", "Zweite.pdf", "Erste.pdf"]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_concurrent_replacements_record_every_file():
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"))
    files = [make_file(name=f"{number}.pdf") for number in range(4)]

    def replace(file):
        own = Attachment.objects.get(pk=attachment.pk)
        own.stored_file = file
        own.save()

    assert at_once(*(partial(replace, file) for file in files)) == []

    attachment.refresh_from_db()
    known = {attachment.stored_file_id, *attachment.versions.values_list("stored_file", flat=True)}
    assert known == set(StoredFile.objects.values_list("pk", flat=True))
    assert attachment.versions.count() == 4


def test_updates_that_bypass_save_cannot_change_the_file():
    attachment, other = make_attachment(stored_file=make_file()), make_file()

    with pytest.raises(TypeError):
        Attachment.objects.update(stored_file=other)
    with pytest.raises(TypeError):
        Attachment.objects.filter(pk=attachment.pk).update(stored_file_id=other.pk)
    attachment.stored_file = other
    with pytest.raises(TypeError), transaction.atomic():
        Attachment.objects.bulk_update([attachment], ["stored_file"])

    assert Attachment.objects.update(title="Neu") == 1


def test_a_save_that_is_rolled_back_records_no_version():
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"))

    with transaction.atomic():
        attachment.stored_file = make_file()
        attachment.save()
        transaction.set_rollback(True)

    assert versions(attachment) == []
    assert Attachment.objects.get().stored_file.original_name == "Erste.pdf"


def test_gc_media_keeps_versions_of_an_existing_attachment():
    attachment = replaced()
    call_command("gc_media")
    Leftover.objects.update(noticed_at=timezone.now() - timedelta(days=400))
    call_command("gc_media")
    assert StoredFile.objects.count() == 2

    attachment.delete()
    call_command("gc_media", "--days=0")
    assert (StoredFile.objects.count(), AttachmentVersion.objects.count()) == (0, 0)


# --- the administration -----------------------------------------------------------------------------------------------


def test_a_version_names_the_user_who_replaced_the_file(client):
    user = sign_in(client, "redaktion")
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"), **DRAFT)

    fill(client, address(attachment), stored_file=upload("Zweite.pdf"))

    assert versions(attachment) == [("Erste.pdf", user.username)]


def test_a_version_is_recorded_in_the_form_of_an_event_too(client):
    user = sign_in(client, "redaktion")
    event = make_event(**DRAFT)
    attachment = make_attachment(event=event, stored_file=make_file(name="Erste.pdf"), **DRAFT)

    fill(client, address(event, "change"), **{"attachments-0-stored_file": upload("Zweite.pdf")})

    assert Event.objects.get().attachments.get().stored_file.original_name == "Zweite.pdf"
    assert versions(attachment) == [("Erste.pdf", user.username)]


def test_the_form_links_to_each_earlier_version(client):
    user = sign_in(client, "redaktion")
    attachment = replaced(**DRAFT)
    attachment.versions.update(replaced_by=user)

    page = document(client.get(address(attachment)))

    (said,) = texts(page, tag="ul", style="versions")
    assert said.startswith("Erste.pdf (PDF, 10 Bytes), gespeichert am ")
    assert said.endswith(f" Uhr von {user.username}")
    assert old_address(attachment) in client.get(address(attachment)).content.decode()
    assert "versions" not in client.get(address(make_attachment(**DRAFT))).content.decode()


def test_users_with_view_permission_see_versions_too(client):
    """Editors may view a public attachment, but not change it."""
    sign_in(client, "redaktion")

    assert len(texts(document(client.get(address(replaced()))), tag="ul", style="versions")) == 1


def test_an_earlier_version_opens_unchanged_for_staff_only(client):
    attachment = replaced()
    opened = old_address(attachment)
    assert client.get(opened)["Location"] == f"/verwaltung/login/?next={opened}"

    sign_in(client, "redaktion")
    response = client.get(opened)

    assert (response.status_code, body(response)) == (200, b"%PDF first")
    assert response["Content-Disposition"] == 'attachment; filename="Erste.pdf"'
    assert client.post(opened).status_code == 405


def test_a_version_opens_only_below_its_own_attachment(client):
    sign_in(client, "verwaltung")
    attachment, other = replaced(), replaced()
    foreign = f"/verwaltung/events/attachment/{other.pk}/fassung/{attachment.versions.get().pk}/"

    assert client.get(foreign).status_code == 404
    for junk in ("0", "9" * 30, "x", "-1", "%00"):
        assert client.get(f"/verwaltung/events/attachment/{attachment.pk}/fassung/{junk}/").status_code in {
            302,
            400,
            404,
        }


@pytest.mark.parametrize("right", ["view_attachment", "view_attachmentversion"])
def test_a_version_needs_both_permissions(client, right):
    user = make_user()
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(user)

    assert client.get(old_address(replaced())).status_code == 403


def test_a_public_page_does_not_mention_versions(client):
    attachment = replaced()

    for page in (attachment.get_absolute_url(), "/materialien/"):
        assert "Erste.pdf" not in client.get(page).content.decode()


def test_versions_cannot_be_changed(client):
    rights = set(Permission.objects.filter(content_type__model="attachmentversion").values_list("codename", flat=True))
    assert rights == {"view_attachmentversion"}

    sign_in(client, "redaktion")
    attachment = replaced()
    with nothing_changes():
        assert client.delete(old_address(attachment)).status_code == 405


def test_deleting_an_attachment_deletes_its_versions(client):
    sign_in(client, "verwaltung")
    attachment = replaced()

    client.post(address(attachment, "delete"), {"post": "yes"})

    assert (Attachment.objects.count(), AttachmentVersion.objects.count(), StoredFile.objects.count()) == (0, 0, 2)
