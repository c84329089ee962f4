"""Stored files never change; a failure leaves at most a blob that `gc_media` deletes."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from lernnetzwerk.files.check import check
from lernnetzwerk.files.models import ImmutableError, Leftover, StoredFile
from lernnetzwerk.files.storage import DurableStorage, files_storage
from lernnetzwerk.files.store import new_key, save, store_bytes
from tests.factories import make_attachment
from tests.files import samples

pytestmark = pytest.mark.django_db

HALF_A_FILE = """
import sys, time
import django
django.setup()
from django.core.files import File
from lernnetzwerk.files.storage import files_storage

class Slow(File):
    def chunks(self, chunk_size=None):
        yield b"half"
        sys.stdout.write("half is written")
        sys.stdout.flush()
        time.sleep(60)

files_storage().save("ab/cd/abcd", Slow(None, name="x"))
"""


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    """What other programs left in the system's folder is not counted."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path


def on_disk(root):
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


def make_old(name, days):
    then = time.time() - days * 86_400
    os.utime(files_storage().path(name), (then, then))


def notice_earlier(days):
    Leftover.objects.update(noticed_at=timezone.now() - timedelta(days=days))


def test_a_stored_file_records_facts_about_its_content(settings):
    content = samples.pdf(8)

    stored_file = store_bytes(content, "Präsentation.pdf")

    stored_file.refresh_from_db()
    assert isinstance(stored_file.pk, UUID)
    assert stored_file.original_name == str(stored_file) == "Präsentation.pdf"
    assert (stored_file.media_type, stored_file.extension, stored_file.page_count) == ("application/pdf", ".pdf", 8)
    assert (stored_file.size, stored_file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert stored_file.is_tagged is False
    with stored_file.open() as file:
        assert file.read() == content
    assert on_disk(settings.FILES_ROOT) == [stored_file.key]


def test_two_uploads_of_the_same_content_are_two_files(settings):
    first, second = (store_bytes(samples.vtt(), "film.vtt") for _ in range(2))

    assert first.key != second.key
    assert len(on_disk(settings.FILES_ROOT)) == 2


def test_only_the_portal_can_read_the_files(settings):
    stored_file = store_bytes(samples.vtt(), "film.vtt")

    path = Path(files_storage().path(stored_file.key))
    folders = [settings.FILES_ROOT, *(parent for parent in path.parents if settings.FILES_ROOT in parent.parents)]
    assert path.stat().st_mode & 0o777 == 0o600
    assert {folder.stat().st_mode & 0o777 for folder in folders} == {0o700}


def test_a_key_is_random():
    keys = {new_key() for _ in range(1000)}

    assert len(keys) == 1000
    assert all(key[:2] == key[6:8] and key[3:5] == key[8:10] and len(key) == 38 for key in keys)


def test_a_name_is_never_written_twice():
    storage = DurableStorage()
    first = storage.save("ab/cd/abcd", ContentFile(b"first"))
    second = storage.save("ab/cd/abcd", ContentFile(b"second"))

    with pytest.raises(FileExistsError):
        storage._save("ab/cd/abcd", ContentFile(b"third"))

    assert first != second
    assert Path(storage.path(first)).read_bytes() == b"first"
    assert on_disk(Path(storage.location)) == sorted([first, second])


def test_a_file_is_renamed_only_after_it_is_synced(monkeypatch):
    object_actions = []
    fsync, rename = os.fsync, Path.rename

    def record_fsync(descriptor):
        object_actions.append("sync folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "sync file")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(Path, "rename", lambda path, target: object_actions.append("rename") or rename(path, target))

    DurableStorage().save("ab/cd/abcd", ContentFile(b"content"))

    assert object_actions[-3:] == ["sync file", "rename", "sync folder"]
    assert object_actions.count("sync folder") >= 4  # each new folder was entered in the one above


def test_a_full_disk_leaves_no_file(settings, monkeypatch):
    def no_space(descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        files_storage().save("warm/up", ContentFile(b"x"))
        patch.setattr(os, "fsync", no_space)
        with pytest.raises(OSError, match="No space"):
            store_bytes(samples.vtt(), "film.vtt")

    assert on_disk(settings.FILES_ROOT) == ["warm/up"]
    assert not StoredFile.objects.exists()


@pytest.mark.both_databases
def test_a_stored_file_never_changes():
    stored_file = store_bytes(samples.vtt(), "film.vtt")
    stored_file.original_name = "anders.vtt"

    with pytest.raises(ImmutableError):
        stored_file.save()
    with pytest.raises(ImmutableError):
        StoredFile.objects.update(original_name="anders.vtt")
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile(pk=stored_file.pk, key="x", size=1, sha256="0" * 64).save()

    stored_file.refresh_from_db()
    assert stored_file.original_name == "film.vtt"


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"size": 0}, "Eine gespeicherte Datei kann nicht leer sein."),
        ({"sha256": "A" * 64}, "Die Prüfsumme besteht aus 64 Hexadezimalziffern."),
        ({"page_count": 0}, "Die Seitenzahl ist unbekannt oder mindestens 1."),
        ({"width": 5}, "Breite und Höhe sind beide bekannt oder beide unbekannt."),
    ],
)
def test_the_constraints_refuse_invalid_rows(fields, sentence):
    values = {"key": "k", "size": 1, "sha256": "0" * 64, "media_type": "text/vtt", "original_name": "x.vtt"} | fields

    with pytest.raises(ValidationError, match=sentence):
        StoredFile(**values).validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        StoredFile(**values).save()


@pytest.mark.both_databases
def test_a_failed_row_deletes_its_blob(settings):
    existing = store_bytes(samples.vtt(), "film.vtt")
    unsaved = StoredFile.unsaved(check(ContentFile(samples.vtt(), name="zwei.vtt")))
    unsaved.pk = existing.pk

    with pytest.raises(IntegrityError), transaction.atomic():
        save(unsaved)

    assert on_disk(settings.FILES_ROOT) == [existing.key]


@pytest.mark.both_databases
def test_a_rolled_back_blob_is_deleted_after_the_grace_period(settings):
    with transaction.atomic():
        store_bytes(samples.vtt(), "film.vtt")
        transaction.set_rollback(True)
    assert not StoredFile.objects.exists()
    assert len(on_disk(settings.FILES_ROOT)) == 1

    call_command("gc_media")
    notice_earlier(days=29)
    call_command("gc_media")
    assert len(on_disk(settings.FILES_ROOT)) == 1

    notice_earlier(days=31)
    call_command("gc_media")
    call_command("gc_media")
    assert on_disk(settings.FILES_ROOT) == []
    assert not Leftover.objects.exists()


def test_kill_9_during_a_write_leaves_only_a_temporary_file(settings):
    settings.FILES_ROOT.mkdir(mode=0o700)
    environment = os.environ | {"FILES_ROOT": str(settings.FILES_ROOT), "PYTHONPATH": "."}
    with subprocess.Popen([sys.executable, "-c", HALF_A_FILE], env=environment, stdout=subprocess.PIPE) as process:
        assert process.stdout.read(15) == b"half is written"
        process.send_signal(signal.SIGKILL)

    (left,) = on_disk(settings.FILES_ROOT)
    assert left.startswith("tmp/")

    call_command("gc_media")
    assert on_disk(settings.FILES_ROOT) == [left]

    make_old(left, days=2)
    call_command("gc_media")
    assert on_disk(settings.FILES_ROOT) == []


@pytest.mark.both_databases
def test_used_blobs_stay_and_replaced_ones_are_deleted_after_the_grace_period(settings):
    used, replaced = (store_bytes(samples.vtt(), f"{name}.vtt") for name in ("used", "replaced"))
    make_attachment(stored_file=used)
    make_old(used.key, days=400)
    make_old(replaced.key, days=400)

    call_command("gc_media")
    assert on_disk(settings.FILES_ROOT) == sorted([used.key, replaced.key])

    notice_earlier(days=31)
    call_command("gc_media")
    assert on_disk(settings.FILES_ROOT) == [used.key]
    assert list(StoredFile.objects.all()) == [used]


def test_a_blob_used_again_is_not_deleted(settings):
    stored_file = store_bytes(samples.vtt(), "film.vtt")
    call_command("gc_media")
    notice_earlier(days=31)
    make_attachment(stored_file=stored_file)

    call_command("gc_media")

    assert on_disk(settings.FILES_ROOT) == [stored_file.key]
    assert not Leftover.objects.exists()


def test_a_dry_run_deletes_nothing(settings, capsys):
    files_storage().save("ab/cd/abcd", ContentFile(b"x"))

    call_command("gc_media", "--days=0", "--dry-run")

    assert capsys.readouterr().out == "Abgebrochene Uploads: 0, übrige Dateien: 1\n"
    assert on_disk(settings.FILES_ROOT) == ["ab/cd/abcd"]


def test_gc_media_works_in_an_empty_portal(capsys):
    call_command("gc_media")

    assert capsys.readouterr().out == "Abgebrochene Uploads: 0, übrige Dateien: 0\n"
