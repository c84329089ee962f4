"""What becomes of a material's file when another takes its place."""

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


def test_replacing_a_file_keeps_the_address_and_the_earlier_version(client):
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


def test_saving_without_another_file_records_nothing():
    attachment = make_attachment(stored_file=make_file())

    attachment.title = "Neu"
    attachment.save()
    attachment.save(update_fields=["title"])
    Attachment.objects.get().save()

    assert versions(attachment) == []


def test_the_first_file_replaces_none():
    attachment = make_attachment(absence="requested")

    attachment.absence, attachment.stored_file = "", make_file()
    attachment.save()

    assert versions(attachment) == []


def test_a_file_that_is_taken_away_stays_as_a_version():
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"))

    attachment.stored_file, attachment.url = None, "https://ort.example/"
    attachment.save()

    assert versions(attachment) == [("Erste.pdf", None)]


def test_the_latest_replaced_comes_first_and_one_brought_back_is_the_current_one():
    attachment = replaced()
    first = attachment.versions.get().stored_file

    attachment.stored_file = first
    attachment.save(update_fields=["stored_file"])

    assert versions(attachment) == [("Zweite.pdf", None), ("Erste.pdf", None)]


def test_what_somebody_else_stored_meanwhile_is_a_version_too():
    """Saved from a row loaded before, with its old file or with a third one."""
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
def test_two_who_replace_at_once_leave_every_file_known():
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


def test_no_update_past_save_can_lose_a_file():
    attachment, other = make_attachment(stored_file=make_file()), make_file()

    with pytest.raises(TypeError):
        Attachment.objects.update(stored_file=other)
    with pytest.raises(TypeError):
        Attachment.objects.filter(pk=attachment.pk).update(stored_file_id=other.pk)
    attachment.stored_file = other
    with pytest.raises(TypeError), transaction.atomic():
        Attachment.objects.bulk_update([attachment], ["stored_file"])

    assert Attachment.objects.update(title="Neu") == 1


def test_a_save_that_is_taken_back_takes_the_version_along():
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"))

    with transaction.atomic():
        attachment.stored_file = make_file()
        attachment.save()
        transaction.set_rollback(True)

    assert versions(attachment) == []
    assert Attachment.objects.get().stored_file.original_name == "Erste.pdf"


def test_earlier_versions_are_never_collected_while_their_attachment_is_there():
    attachment = replaced()
    call_command("gc_media")
    Leftover.objects.update(noticed_at=timezone.now() - timedelta(days=400))
    call_command("gc_media")
    assert StoredFile.objects.count() == 2

    attachment.delete()
    call_command("gc_media", "--days=0")
    assert (StoredFile.objects.count(), AttachmentVersion.objects.count()) == (0, 0)


# --- the administration -----------------------------------------------------------------------------------------------


def test_whoever_replaces_a_file_is_named(client):
    user = sign_in(client, "redaktion")
    attachment = make_attachment(stored_file=make_file(name="Erste.pdf"), **DRAFT)

    fill(client, address(attachment), stored_file=upload("Zweite.pdf"))

    assert versions(attachment) == [("Erste.pdf", user.username)]


def test_below_an_event_too(client):
    user = sign_in(client, "redaktion")
    event = make_event(**DRAFT)
    attachment = make_attachment(event=event, stored_file=make_file(name="Erste.pdf"), **DRAFT)

    fill(client, address(event, "change"), **{"attachments-0-stored_file": upload("Zweite.pdf")})

    assert Event.objects.get().attachments.get().stored_file.original_name == "Zweite.pdf"
    assert versions(attachment) == [("Erste.pdf", user.username)]


def test_the_form_lists_earlier_versions_with_a_way_to_each(client):
    user = sign_in(client, "redaktion")
    attachment = replaced(**DRAFT)
    attachment.versions.update(replaced_by=user)

    page = document(client.get(address(attachment)))

    (said,) = texts(page, tag="ul", style="versions")
    assert said.startswith("Erste.pdf (PDF, 10 Bytes), gespeichert am ")
    assert said.endswith(f" Uhr von {user.username}")
    assert old_address(attachment) in client.get(address(attachment)).content.decode()
    assert "versions" not in client.get(address(make_attachment(**DRAFT))).content.decode()


def test_who_may_only_look_sees_them_too(client):
    """What is public is only to be read by editors."""
    sign_in(client, "redaktion")

    assert len(texts(document(client.get(address(replaced()))), tag="ul", style="versions")) == 1


def test_an_earlier_version_opens_as_it_was_for_staff_alone(client):
    attachment = replaced()
    opened = old_address(attachment)
    assert client.get(opened)["Location"] == f"/verwaltung/login/?next={opened}"

    sign_in(client, "redaktion")
    response = client.get(opened)

    assert (response.status_code, body(response)) == (200, b"%PDF first")
    assert response["Content-Disposition"] == 'attachment; filename="Erste.pdf"'
    assert client.post(opened).status_code == 405


def test_a_version_opens_below_its_own_attachment_only(client):
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
def test_it_takes_both_rights(client, right):
    user = make_user()
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(user)

    assert client.get(old_address(replaced())).status_code == 403


def test_a_public_page_shows_nothing_of_it(client):
    attachment = replaced()

    for page in (attachment.get_absolute_url(), "/materialien/"):
        assert "Erste.pdf" not in client.get(page).content.decode()


def test_nobody_changes_what_was(client):
    rights = set(Permission.objects.filter(content_type__model="attachmentversion").values_list("codename", flat=True))
    assert rights == {"view_attachmentversion"}

    sign_in(client, "redaktion")
    attachment = replaced()
    with nothing_changes():
        assert client.delete(old_address(attachment)).status_code == 405


def test_an_attachment_with_versions_is_deleted_with_them(client):
    sign_in(client, "verwaltung")
    attachment = replaced()

    client.post(address(attachment, "delete"), {"post": "yes"})

    assert (Attachment.objects.count(), AttachmentVersion.objects.count(), StoredFile.objects.count()) == (0, 0, 2)
