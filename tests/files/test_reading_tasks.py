"""When files are read: once after the commit, by this process or a worker, and again by command."""

import sys
from importlib import import_module
from io import StringIO
from threading import Event, current_thread

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.operation import thread_tasks
from lernnetzwerk.reading import signals, tasks
from lernnetzwerk.reading.extraction import extract
from lernnetzwerk.reading.findings import accept
from lernnetzwerk.reading.maintenance import read_again
from lernnetzwerk.reading.models import Reading
from lernnetzwerk.reading.tasks import read_file
from lernnetzwerk.sandbox import launcher
from tests.concurrency import at_once
from tests.factories import LONG_AGO, make_file, make_reading, make_user, rewrite
from tests.files import samples

THREAD = {"default": {"BACKEND": "lernnetzwerk.operation.thread_tasks.ThreadBackend"}}
WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def states():
    return list(Reading.objects.values_list("state", flat=True))


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_stored_file_is_read_right_after_the_commit():
    with transaction.atomic():
        store_bytes(samples.pdf(2), "folien.pdf")
        assert states() == []

    assert states() == ["done"]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_file_of_a_rolled_back_transaction_is_not_read():
    with transaction.atomic():
        store_bytes(samples.pdf(), "folien.pdf")
        transaction.set_rollback(True)

    assert states() == []


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_failing_queue_loses_only_the_preview(monkeypatch):
    class Broken:
        def enqueue(self, *_arguments):
            raise ConnectionError("no queue")

    monkeypatch.setattr(signals, "read", Broken())

    with transaction.atomic():
        store_bytes(samples.pdf(), "folien.pdf")

    assert StoredFile.objects.count() == 1
    assert states() == []


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_thread_reads_beside_the_request(settings, monkeypatch):
    settings.TASKS = THREAD
    monkeypatch.setattr(thread_tasks, "PATIENCE_SECONDS", 20)
    readers = []
    monkeypatch.setattr(tasks, "extract", lambda stored_file: readers.append(current_thread()) or extract(stored_file))

    with transaction.atomic():
        store_bytes(samples.pdf(2), "folien.pdf")

    assert states() == ["done"]
    assert readers != [current_thread()]


@pytest.mark.django_db(transaction=True)
def test_a_request_does_not_wait_for_a_slow_reading(settings, monkeypatch):
    settings.TASKS = THREAD
    monkeypatch.setattr(thread_tasks, "PATIENCE_SECONDS", 0.01)
    may_end, ended = Event(), Event()
    monkeypatch.setattr(tasks, "read_file", lambda file_id: may_end.wait(20) and ended.set())

    store_bytes(samples.pdf(), "folien.pdf")
    assert not ended.is_set()

    may_end.set()
    assert ended.wait(20)


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_a_worker_reads_queued_files(settings):
    settings.TASKS = WORKER
    with transaction.atomic():
        store_bytes(samples.pdf(), "folien.pdf")
    assert states() == []

    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)

    assert states() == ["done"]


@pytest.mark.both_databases
@pytest.mark.django_db(transaction=True)
def test_only_one_of_two_concurrent_tasks_reads_a_file():
    stored_file = make_file(samples.pdf())

    assert at_once(lambda: read_file(stored_file.pk), lambda: read_file(stored_file.pk)) == []

    assert states() == ["done"]
    assert Reading.objects.get().attempts == 1


@pytest.mark.django_db
def test_the_command_reads_files_that_were_never_read():
    unread, failed = make_file(samples.pdf()), make_file(samples.pdf())
    Reading.objects.create(stored_file=failed, state="failed", reason="Früher ging das nicht.")

    call_command("read_files", stdout=StringIO())
    assert sorted(states()) == ["done", "failed"]

    call_command("read_files", again=True, stdout=StringIO())
    assert sorted(states()) == ["done", "done"]
    assert Reading.objects.filter(stored_file=unread).exists()


@pytest.mark.django_db
def test_maintenance_reads_missed_files_and_reports_them():
    make_file(samples.pdf(), created_at=LONG_AGO)
    message = StringIO()

    call_command("maintenance", stdout=message)

    assert "Nachträglich auslesen: 1 ausgelesen, 0 aufgegeben, 0 warten noch." in message.getvalue()


@pytest.mark.django_db
@pytest.mark.usefixtures("isolated")
@pytest.mark.parametrize(
    "program",
    [
        "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
        "raise SystemExit(3)",
        "print('no answer')",
        "print('{}')",
        "import sys; sys.stdout.buffer.write(b'\\0' * 10_000_000)",
    ],
)
def test_a_crashed_or_misbehaving_child_loses_only_the_preview(monkeypatch, program):
    monkeypatch.setattr(launcher, "command", lambda _request: [sys.executable, "-c", program])
    stored_file = make_file(samples.pdf())

    read_file(stored_file.pk)

    reading = Reading.objects.get()
    assert (reading.state, reading.reason) == ("failed", "Die Datei ist beschädigt oder zu aufwendig aufgebaut.")


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.parametrize("migration", ["0003_pdf_remarks", "0005_invisible_text"])
def test_the_migration_has_pdfs_read_again_and_keeps_decisions(migration):
    reading = make_reading("Verborgen", stored_file=make_file(samples.pdf()), title="Alt")
    accept(reading, "tags", "Darum", make_user())
    other = make_reading(stored_file=make_file(samples.image(), media_type="image/jpeg"))
    rewrite(reading.stored_file, created_at=LONG_AGO)

    import_module(f"lernnetzwerk.reading.migrations.{migration}").read_pdfs_again(apps, None)
    assert read_again() == "1 ausgelesen, 0 aufgegeben, 0 warten noch."

    reading.refresh_from_db()
    assert (reading.state, reading.title, reading.pages.get().text) == ("done", "untitled", "Folie 1")
    assert reading.accepted_findings.get().reason == "Darum"
    assert Reading.objects.get(pk=other.pk).started_at == other.started_at
