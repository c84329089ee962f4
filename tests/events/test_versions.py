"""What becomes of a material's file when another takes its place."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from events.models import Attachment, Event, MaterialVersion
from lernnetzwerk.files.models import Leftover, StoredFile
from tests.administration import address, fill, nothing_changes, sign_in
from tests.concurrency import at_once
from tests.events.test_materials_admin import upload
from tests.factories import DRAFT, make_attachment, make_event, make_file, make_user
from tests.reading import body, document, texts

pytestmark = pytest.mark.django_db


def versions(material):
    return list(material.versions.values_list("stored_file__original_name", "replaced_by__username"))


def replaced(**fields):
    material = make_attachment(stored_file=make_file(b"%PDF first", "Erste.pdf"), **fields)
    material.stored_file = make_file(b"%PDF second", "Zweite.pdf")
    material.save()
    return material


def old_address(material):
    return f"/verwaltung/events/attachment/{material.pk}/fassung/{material.versions.get().pk}/"


# --- what is recorded -------------------------------------------------------------------------------------------------


def test_replacing_a_file_keeps_the_address_and_the_earlier_version(client):
    material = make_attachment(title="Folien", stored_file=make_file(b"%PDF first", "Erste.pdf"))
    where, page = material.get_download_url(), material.get_absolute_url()

    before = timezone.now()
    material.stored_file = make_file(b"%PDF second", "Zweite.pdf")
    material.save()

    material = Attachment.objects.get()
    assert (material.get_download_url(), material.get_absolute_url()) == (where, page)
    assert body(client.get(where)) == b"%PDF second"
    assert versions(material) == [("Erste.pdf", None)]
    assert before <= material.versions.get().replaced_at <= timezone.now()


def test_saving_without_another_file_records_nothing():
    material = make_attachment(stored_file=make_file())

    material.title = "Neu"
    material.save()
    material.save(update_fields=["title"])
    Attachment.objects.get().save()

    assert versions(material) == []


def test_the_first_file_replaces_none():
    material = make_attachment(absence="requested")

    material.absence, material.stored_file = "", make_file()
    material.save()

    assert versions(material) == []


def test_a_file_that_is_taken_away_stays_as_a_version():
    material = make_attachment(stored_file=make_file(name="Erste.pdf"))

    material.stored_file, material.url = None, "https://ort.example/"
    material.save()

    assert versions(material) == [("Erste.pdf", None)]


def test_the_latest_replaced_comes_first_and_one_brought_back_is_the_current_one():
    material = replaced()
    first = material.versions.get().stored_file

    material.stored_file = first
    material.save(update_fields=["stored_file"])

    assert versions(material) == [("Zweite.pdf", None), ("Erste.pdf", None)]


def test_what_somebody_else_stored_meanwhile_is_a_version_too():
    """Saved from a row loaded before, with its old file or with a third one."""
    material = make_attachment(stored_file=make_file(name="Erste.pdf"))
    stale, staler = Attachment.objects.get(), Attachment.objects.get()
    material.stored_file = make_file(name="Zweite.pdf")
    material.save()

    stale.stored_file = make_file(name="Dritte.pdf")
    stale.save()
    staler.save()

    assert [name for name, _user in versions(material)] == ["Dritte.pdf", "Zweite.pdf", "Erste.pdf"]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_two_who_replace_at_once_leave_every_file_known():
    material = make_attachment(stored_file=make_file(name="Erste.pdf"))
    files = [make_file(name=f"{number}.pdf") for number in range(4)]

    def replace(file):
        own = Attachment.objects.get(pk=material.pk)
        own.stored_file = file
        own.save()

    assert at_once(*(partial(replace, file) for file in files)) == []

    material.refresh_from_db()
    known = {material.stored_file_id, *material.versions.values_list("stored_file", flat=True)}
    assert known == set(StoredFile.objects.values_list("pk", flat=True))
    assert material.versions.count() == 4


def test_no_update_past_save_can_lose_a_file():
    material, other = make_attachment(stored_file=make_file()), make_file()

    with pytest.raises(TypeError):
        Attachment.objects.update(stored_file=other)
    with pytest.raises(TypeError):
        Attachment.objects.filter(pk=material.pk).update(stored_file_id=other.pk)
    material.stored_file = other
    with pytest.raises(TypeError), transaction.atomic():
        Attachment.objects.bulk_update([material], ["stored_file"])

    assert Attachment.objects.update(title="Neu") == 1


def test_a_save_that_is_taken_back_takes_the_version_along():
    material = make_attachment(stored_file=make_file(name="Erste.pdf"))

    with transaction.atomic():
        material.stored_file = make_file()
        material.save()
        transaction.set_rollback(True)

    assert versions(material) == []
    assert Attachment.objects.get().stored_file.original_name == "Erste.pdf"


def test_earlier_versions_are_never_collected_while_their_material_is_there():
    material = replaced()
    call_command("gc_media")
    Leftover.objects.update(noticed_at=timezone.now() - timedelta(days=400))
    call_command("gc_media")
    assert StoredFile.objects.count() == 2

    material.delete()
    call_command("gc_media", "--days=0")
    assert (StoredFile.objects.count(), MaterialVersion.objects.count()) == (0, 0)


# --- the administration -----------------------------------------------------------------------------------------------


def test_whoever_replaces_a_file_is_named(client):
    user = sign_in(client, "redaktion")
    material = make_attachment(stored_file=make_file(name="Erste.pdf"), **DRAFT)

    fill(client, address(material), stored_file=upload("Zweite.pdf"))

    assert versions(material) == [("Erste.pdf", user.username)]


def test_below_a_meeting_too(client):
    user = sign_in(client, "redaktion")
    event = make_event(**DRAFT)
    material = make_attachment(event=event, stored_file=make_file(name="Erste.pdf"), **DRAFT)

    fill(client, address(event, "change"), **{"attachments-0-stored_file": upload("Zweite.pdf")})

    assert Event.objects.get().attachments.get().stored_file.original_name == "Zweite.pdf"
    assert versions(material) == [("Erste.pdf", user.username)]


def test_the_form_lists_earlier_versions_with_a_way_to_each(client):
    user = sign_in(client, "redaktion")
    material = replaced(**DRAFT)
    material.versions.update(replaced_by=user)

    page = document(client.get(address(material)))

    (said,) = texts(page, tag="ul", style="versions")
    assert said.startswith("Erste.pdf (PDF, 10 Bytes), gespeichert am ")
    assert said.endswith(f" Uhr von {user.username}")
    assert old_address(material) in client.get(address(material)).content.decode()
    assert "versions" not in client.get(address(make_attachment(**DRAFT))).content.decode()


def test_who_may_only_look_sees_them_too(client):
    """What is public is only to be read by editors."""
    sign_in(client, "redaktion")

    assert len(texts(document(client.get(address(replaced()))), tag="ul", style="versions")) == 1


def test_an_earlier_version_opens_as_it_was_for_staff_alone(client):
    material = replaced()
    opened = old_address(material)
    assert client.get(opened)["Location"] == f"/verwaltung/login/?next={opened}"

    sign_in(client, "redaktion")
    response = client.get(opened)

    assert (response.status_code, body(response)) == (200, b"%PDF first")
    assert response["Content-Disposition"] == 'attachment; filename="Erste.pdf"'
    assert client.post(opened).status_code == 405


def test_a_version_opens_below_its_own_material_only(client):
    sign_in(client, "verwaltung")
    material, other = replaced(), replaced()
    foreign = f"/verwaltung/events/attachment/{other.pk}/fassung/{material.versions.get().pk}/"

    assert client.get(foreign).status_code == 404
    for junk in ("0", "9" * 30, "x", "-1", "%00"):
        assert client.get(f"/verwaltung/events/attachment/{material.pk}/fassung/{junk}/").status_code in {302, 400, 404}


@pytest.mark.parametrize("right", ["view_attachment", "view_materialversion"])
def test_it_takes_both_rights(client, right):
    user = make_user()
    user.groups.clear()
    user.user_permissions.add(Permission.objects.get(codename=right))
    client.force_login(user)

    assert client.get(old_address(replaced())).status_code == 403


def test_a_public_page_shows_nothing_of_it(client):
    material = replaced()

    for page in (material.get_absolute_url(), "/materialien/"):
        assert "Erste.pdf" not in client.get(page).content.decode()


def test_nobody_changes_what_was(client):
    rights = set(Permission.objects.filter(content_type__model="materialversion").values_list("codename", flat=True))
    assert rights == {"view_materialversion"}

    sign_in(client, "redaktion")
    material = replaced()
    with nothing_changes():
        assert client.delete(old_address(material)).status_code == 405


def test_a_material_with_versions_is_deleted_with_them(client):
    sign_in(client, "verwaltung")
    material = replaced()

    client.post(address(material, "delete"), {"post": "yes"})

    assert (Attachment.objects.count(), MaterialVersion.objects.count(), StoredFile.objects.count()) == (0, 0, 2)
