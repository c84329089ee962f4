"""Every row has its intact blob: `check_consistency` checks all of them, each maintenance run a part."""

import os
import time
import tracemalloc
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.utils import timezone

from lernnetzwerk.files import maintenance
from lernnetzwerk.files.consistency import Findings, verify_oldest
from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.garbage_collection import old_uploads, referenced_files
from lernnetzwerk.files.models import Examination, StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.files.store import new_key, store_bytes
from tests.factories import make_attachment, make_file, make_picture, make_visible_speaker
from tests.files import samples

pytestmark = pytest.mark.django_db

LARGE = 40_000_000


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


def used_file(name="folien.pdf"):
    return make_attachment(stored_file=make_file(f"%PDF of {name}".encode(), name)).stored_file


def path_of(stored_file):
    return Path(files_storage().path(stored_file.key))


def check(*words):
    """What the command says, and whether it ends well."""
    out, complaints = StringIO(), StringIO()
    try:
        call_command("check_consistency", *words, stdout=out, stderr=complaints)
    except CommandError as error:
        return out.getvalue(), complaints.getvalue(), str(error)
    return out.getvalue(), complaints.getvalue(), ""


def flip_a_bit(stored_file):
    path = path_of(stored_file)
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])


def large_file():
    """A blob that nobody holds in memory, with its row."""
    key = files_storage().save(new_key(), ContentFile(b"x"))
    os.truncate(files_storage().path(key), LARGE)
    facts = {"media_type": "application/pdf", "original_name": "groß.pdf", "sha256": "0" * 64}
    return StoredFile.objects.create(key=key, size=LARGE, **facts)


# --- the command ------------------------------------------------------------------------------------------------------


def test_intact_files_are_reported_as_intact():
    used_file(), store_bytes(samples.vtt(), "film.vtt")
    make_attachment(stored_file=StoredFile.objects.get(original_name="film.vtt"))

    out, complaints, end = check()

    assert (complaints, end) == ("", "")
    assert out.startswith("Geprüft: 2 Dateien, ")
    assert out.endswith("Ohne Verweis: 0, ohne Zeile: 0. Alles unversehrt.\n")


def test_an_empty_portal_is_intact():
    assert check()[0] == "Geprüft: 0 Dateien, 0 Bytes. Ohne Verweis: 0, ohne Zeile: 0. Alles unversehrt.\n"


@pytest.mark.parametrize(
    ("harm", "message", "is_quick"),
    [
        (lambda file: path_of(file).unlink(), "Der Inhalt fehlt im Dateispeicher.", True),
        (lambda file: os.truncate(path_of(file), 3), "3 Bytes statt 18.", True),
        (flip_a_bit, "Der Inhalt hat sich verändert (andere Prüfsumme).", False),
    ],
    ids=["gone", "cut", "changed"],
)
def test_damage_is_named_and_fails_the_command(harm, message, is_quick):
    _whole, broken = used_file("ganz.pdf"), used_file("kaputt.pdf")
    harm(broken)

    _out, complaints, end = check()

    assert complaints == f"Beschädigt: kaputt.pdf (Kennung {broken.pk}, Schlüssel {broken.key}): {message}\n"
    assert end == "Geprüft: 2 Dateien, 34 Bytes. Ohne Verweis: 0, ohne Zeile: 0. Beschädigt: 1."
    assert bool(check("--quick")[2]) is is_quick


def test_unreferenced_files_are_listed_but_are_not_damage():
    left = make_file(name="übrig.pdf")
    blob = files_storage().save(new_key(), ContentFile(b"x"))

    out, complaints, end = check()

    assert (complaints, end) == ("", "")
    assert f"Ohne Verweis: übrig.pdf (Schlüssel {left.key})\n" in out
    assert f"Ohne Zeile in der Datenbank: Schlüssel {blob}\n" in out
    assert out.endswith("Ohne Verweis: 1, ohne Zeile: 1. Alles unversehrt.\n")


def test_an_unreachable_store_is_not_reported_as_damage(monkeypatch):
    used_file()

    def away(*_args):
        raise OSError(116, "Stale file handle")

    monkeypatch.setattr("lernnetzwerk.files.storage.DurableStorage.size", away)

    with pytest.raises(OSError, match="Stale"):
        check()
    assert not Examination.objects.exists()


def test_checking_changes_no_file():
    stored_file = used_file()
    before = path_of(stored_file).stat()

    check()

    assert path_of(stored_file).stat().st_mtime_ns == before.st_mtime_ns


def test_hashing_and_streaming_need_little_memory(rf):
    stored_file = large_file()

    tracemalloc.start()
    findings = Findings()
    findings.verify(stored_file)
    response = deliver(rf.get("/"), stored_file, "x.pdf")
    length = sum(len(chunk) for chunk in response.streaming_content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    response.close()

    assert length == LARGE
    assert len(findings.damages) == 1  # an invented checksum: the whole was read
    assert peak < LARGE / 10


# --- a part of it in every tick ---------------------------------------------------------------------------------------


def test_files_unchecked_for_longest_come_first_and_due_ones_are_counted():
    long_ago, lately, never = (used_file(name) for name in ("alt.pdf", "neu.pdf", "nie.pdf"))
    now = timezone.now()
    Examination.objects.create(stored_file=long_ago, examined_at=now - timedelta(days=40))
    Examination.objects.create(stored_file=lately, examined_at=now - timedelta(days=2))

    findings, due = verify_oldest(now - timedelta(days=30), seconds=0)
    assert (findings.files, due) == (0, 2)

    findings, due = verify_oldest(now - timedelta(days=30), seconds=60)
    assert (findings.files, due) == (2, 0)
    assert Examination.objects.get(stored_file=lately).examined_at == now - timedelta(days=2)
    assert Examination.objects.filter(stored_file__in=[long_ago, never], examined_at__gte=now).count() == 2


def test_damage_is_reported_in_every_run_until_it_is_repaired():
    stored_file = used_file()
    content = path_of(stored_file).read_bytes()
    flip_a_bit(stored_file)

    for _ in range(2):
        with pytest.raises(maintenance.TaskFailed, match="andere Prüfsumme"):
            maintenance.verify_some()

    path_of(stored_file).write_bytes(content)
    assert maintenance.verify_some().startswith("1 Datei, ")
    assert maintenance.verify_some() == "0 Dateien, 0 Bytes geprüft, 0 weitere seit 30 Tagen nicht."


def test_maintenance_skips_files_of_a_full_check_but_not_of_a_quick_one():
    used_file()

    check("--quick")
    assert not Examination.objects.exists()
    check()
    assert maintenance.verify_some().startswith("0 Dateien")


# --- what keeps a file ------------------------------------------------------------------------------------------------


def test_a_row_that_only_describes_a_file_does_not_keep_it():
    described, used = make_file(), used_file()
    photo = make_visible_speaker(photo=make_picture(), photo_alt="Porträt").photo
    Findings().verify(described)
    assert described.examination.damage == ""

    assert set(referenced_files()) == {used, photo}

    call_command("gc_media", "--days=0", stdout=StringIO())
    assert set(StoredFile.objects.all()) == {used, photo}
    assert not Examination.objects.exists()


# --- remains of uploads -----------------------------------------------------------------------------------------------


def test_only_temporary_files_of_interrupted_requests_are_deleted(settings):
    folder, day = settings.FILE_UPLOAD_TEMP_DIR, 86_400
    ages = {"tmpabc.upload.pdf": 2, "tmpxyz.upload": 2, "tmpnew.upload.pdf": 0, "tmpabc.pdf": 2, "meine.upload.pdf": 2}
    for name, days in ages.items():
        (folder / name).write_bytes(b"half")
        os.utime(folder / name, (time.time() - days * day,) * 2)
    (folder / "tmpfolder.upload").mkdir()
    os.utime(folder / "tmpfolder.upload", (0, 0))

    assert len(old_uploads(timezone.now() - timedelta(days=1))) == 2
    assert maintenance.delete_interrupted() == "2 gelöscht."

    left = {path.name for path in folder.iterdir()}
    assert left == {"tmpnew.upload.pdf", "tmpabc.pdf", "meine.upload.pdf", "tmpfolder.upload"}


def test_temporary_files_of_other_accounts_are_kept(settings, monkeypatch):
    path = settings.FILE_UPLOAD_TEMP_DIR / "tmpabc.upload.pdf"
    path.write_bytes(b"x")
    os.utime(path, (0, 0))
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)

    assert old_uploads(timezone.now()) == []
