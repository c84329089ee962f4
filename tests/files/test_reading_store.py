"""A reading stores all results of one attempt or nothing, and nothing of earlier attempts remains."""

import signal
import sys
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone
from msgspec.structs import replace

from lernnetzwerk.files.delivery import deliver
from lernnetzwerk.files.garbage_collection import blobs_in
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.storage import files_storage
from lernnetzwerk.reading import extraction, maintenance, store, tasks
from lernnetzwerk.reading.models import FilePage, Reading, Rendition
from lernnetzwerk.reading.store import STUCK_AFTER, begin
from lernnetzwerk.reading.tasks import UNEXPECTED, read_file
from lernnetzwerk.sandbox import launcher
from tests.factories import LONG_AGO, make_attachment, make_file, make_reading, make_rendition, rewrite
from tests.files import papers, samples

pytestmark = pytest.mark.django_db

BROKEN = "Die Datei ist beschädigt oder zu aufwendig aufgebaut."
TOO_SLOW = "Das Auslesen dauerte zu lange."


@pytest.fixture(autouse=True)
def own_uploads(settings, tmp_path):
    """The folder that `maintenance` and `gc_media` clean."""
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "uploads"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()


@pytest.fixture
def child(isolated, monkeypatch):
    """Lets another program stand in for the reader."""

    def stand_in(program):
        monkeypatch.setattr(launcher, "command", lambda _request: [sys.executable, "-c", program])

    return stand_in


def read(stored_file, **options):
    read_file(stored_file.pk, **options)
    return Reading.objects.get(stored_file=stored_file)


# --- all of one attempt -----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("isolated")
def test_all_results_of_the_child_process_are_stored():
    content = papers.tagged([("/H1", {}), ("/Figure", {"Alt": "Kette"})], [("/Figure", {})])

    reading = read(make_file(content))

    assert (reading.state, reading.reason, reading.attempts) == ("done", "", 1)
    assert (reading.title, reading.language, reading.accessibility) == ("Kette", "de-DE", "partial")
    assert (reading.figures, reading.figures_described, reading.has_headings) == (2, 1, True)
    assert list(reading.pages.values_list("number", "text")) == [(1, "Seite"), (2, "Seite")]
    covers = Rendition.objects.covers().filter(source=reading.stored_file).order_by("-size")
    assert [(one.size, one.picture.width) for one in covers] == [("small", 480), ("large", 1400)]


def test_a_new_reading_replaces_all_of_the_old_one():
    stored_file = make_file(papers.paper("neu"))
    make_attachment(stored_file=stored_file)
    make_reading("alt", "alt", "alt", stored_file=stored_file, title="Alt", figures=3, active_content=["launch"])
    old = [make_rendition(stored_file, number).picture for number in (1, 2, 3)]

    reading = read(stored_file, again=True)

    assert (reading.title, reading.figures, reading.active_content) == ("untitled", None, [])
    assert list(FilePage.objects.values_list("number", "text")) == [(1, "neu")]
    assert {one.number for one in Rendition.objects.all()} == {1}

    call_command("gc_media", "--days=0", stdout=StringIO())
    assert not StoredFile.objects.filter(pk__in=[picture.pk for picture in old]).exists()
    needed = {stored_file.key, *(one.picture.key for one in Rendition.objects.select_related("picture"))}
    assert blobs_in(files_storage()) == needed
    assert len(needed) == 3


def test_an_unused_file_is_deleted_with_its_reading():
    read(make_file(papers.paper("a")))

    for _ in range(2):  # first the file, then the pictures of it
        call_command("gc_media", "--days=0", stdout=StringIO())

    assert (StoredFile.objects.count(), Reading.objects.count(), Rendition.objects.count()) == (0, 0, 0)
    assert blobs_in(files_storage()) == set()


def test_a_failed_reading_deletes_all_of_the_old_one():
    stored_file = make_file(b"%PDF-1.7 and no more")
    make_reading("alt", stored_file=stored_file, title="Alt", accessibility="good")
    make_rendition(stored_file)

    reading = read(stored_file, again=True)

    assert (reading.state, reading.title, reading.accessibility) == ("failed", "", "unknown")
    assert not FilePage.objects.exists()
    assert not Rendition.objects.exists()


@pytest.mark.both_databases
def test_pictures_whose_rows_fail_leave_no_blobs(monkeypatch):
    stored_file = make_file(papers.paper("a"))

    def full(*_args, **_kwargs):
        raise DatabaseError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(store, "replace", full)
        with pytest.raises(DatabaseError):
            read_file(stored_file.pk)
    assert blobs_in(files_storage()) == {stored_file.key}
    assert not Rendition.objects.exists()


def test_a_file_deleted_while_it_is_read_leaves_no_reading(monkeypatch):
    stored_file = make_file(papers.paper("a"))
    receive = tasks.receive_pictures

    def gone(response):
        yield from receive(response)
        StoredFile.objects.filter(pk=stored_file.pk).delete()

    monkeypatch.setattr(tasks, "receive_pictures", gone)

    read_file(stored_file.pk)

    assert (Reading.objects.count(), Rendition.objects.count(), StoredFile.objects.count()) == (0, 0, 0)
    assert blobs_in(files_storage()) == {stored_file.key}


@pytest.mark.both_databases
def test_a_stuck_attempt_does_not_overwrite_the_next_one():
    stored_file = make_file(papers.paper("a"))
    first = begin(stored_file.pk, again=False)
    rewrite(first, started_at=LONG_AGO)
    second = begin(stored_file.pk, again=False)
    assert (second.attempts, begin(stored_file.pk, again=True)) == (2, None)

    store.fail(first, "Zu spät.")
    second.refresh_from_db()
    assert (second.state, second.reason) == ("running", "")

    store.fail(second, "Wirklich nicht.")
    second.refresh_from_db()
    assert (second.state, second.reason) == ("failed", "Wirklich nicht.")


def test_a_missing_blob_is_reported_without_an_error():
    stored_file = make_file(papers.paper("a"))
    files_storage().delete(stored_file.key)

    assert read(stored_file).reason == "Die Datei fehlt im Speicher."


def test_unknown_files_and_other_formats_are_not_read():
    subtitles = make_file(samples.vtt(), "film.vtt", media_type="text/vtt")

    for unknown in (subtitles.pk, "00000000-0000-0000-0000-000000000000"):
        read_file(unknown)

    assert not Reading.objects.exists()


# --- the child --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        (f"import os; os.kill(os.getpid(), {int(signal.SIGKILL)})", BROKEN),
        (f"import os; os.kill(os.getpid(), {int(signal.SIGXCPU)})", TOO_SLOW),
    ],
    ids=["killed", "processor time"],
)
def test_a_file_whose_reader_crashes_can_still_be_downloaded(child, rf, program, reason):
    content = papers.paper("a")
    stored_file = make_file(content)
    child(program)

    assert read(stored_file).reason == reason

    response = deliver(rf.get("/"), stored_file, "folien.pdf")
    assert (response.status_code, b"".join(response.streaming_content)) == (200, content)
    response.close()


@pytest.mark.usefixtures("isolated")
def test_a_reader_stopped_by_its_limit_of_processor_time_leaves_the_pictures_for_later(monkeypatch):
    monkeypatch.setattr(extraction, "PROCESS", replace(extraction.PROCESS, cpu_seconds=1))

    reading = read(make_file(papers.paper(*["Wort\n" * 40] * 150)))

    assert (reading.state, reading.pages.count(), reading.next_picture) == ("done", 150, 1)
    assert not reading.stored_file.renditions.exists()


def test_the_reader_gets_no_environment_of_the_portal(child, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    message = Path(files_storage().path("message"))
    child(f"import os, json; open({str(message)!r}, 'w').write(json.dumps([os.getcwd(), sorted(os.environ)]))")

    read(make_file(papers.paper("a")))

    assert message.read_text() == '["/", ["LC_ALL", "PYTHONDONTWRITEBYTECODE", "PYTHONPATH"]]'


def test_a_file_over_the_network_is_copied_for_the_reader():
    with launcher.on_disk(BytesIO(b"abc")) as source:
        assert (source.fileno() > 2, source.read()) == (True, b"abc")


def test_an_unexpected_error_is_logged_and_fails_the_reading(monkeypatch, caplog):
    def breaks(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("lernnetzwerk.reading.extraction.receive_read", breaks)

    assert read(make_file(papers.paper("a"))).reason == UNEXPECTED
    assert "ZeroDivisionError" in caplog.text


# --- what was missed --------------------------------------------------------------------------------------------------


def test_maintenance_skips_readings_begun_recently():
    lately, stuck = (make_reading(stored_file=make_file(papers.paper("a"), created_at=LONG_AGO)) for _ in range(2))
    rewrite(lately, state="running", attempts=1, started_at=timezone.now() - STUCK_AFTER + timedelta(minutes=1))
    rewrite(stuck, state="running", attempts=1, started_at=timezone.now() - STUCK_AFTER - timedelta(minutes=1))

    assert set(maintenance.overdue()) == {stuck.stored_file}
    assert maintenance.read_again() == "1 ausgelesen, 0 aufgegeben, 0 warten noch."
    lately.refresh_from_db()
    assert (lately.state, lately.attempts) == ("running", 1)


def test_maintenance_skips_fresh_uploads():
    make_file(papers.paper("a"), created_at=timezone.now() - timedelta(minutes=4))

    assert maintenance.read_again() == "0 ausgelesen, 0 aufgegeben, 0 warten noch."


def test_maintenance_stops_in_time_and_counts_waiting_files(monkeypatch):
    monkeypatch.setattr(maintenance, "SECONDS", -1)
    for _ in range(2):
        make_file(papers.paper("a"), created_at=LONG_AGO)

    assert maintenance.read_again() == "0 ausgelesen, 0 aufgegeben, 2 warten noch."


def test_read_files_prints_how_many_files_it_read():
    make_file(papers.paper("a")), make_file(b"%PDF-1.7 and no more")
    message = StringIO()

    call_command("read_files", stdout=message)
    call_command("read_files", stdout=message)

    assert message.getvalue() == "Ausgelesen: 1, ohne Vorschau: 1\nAusgelesen: 0, ohne Vorschau: 0\n"
