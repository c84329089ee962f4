"""`manage.py maintenance`: every job runs, in one process at a time, and prints its result."""

import os
import signal
import subprocess
import sys
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lernnetzwerk.operation import maintenance
from lernnetzwerk.operation.locks import try_lock
from lernnetzwerk.operation.maintenance import Task, TaskFailed
from tools.steps import ROOT

pytestmark = pytest.mark.both_databases

HOLDER = """
import sys, django
django.setup()
from django.db import connections
from lernnetzwerk.operation.locks import try_lock
with try_lock("maintenance") as is_ours:
    print("ours" if is_ours else "not ours", flush=True)
    sys.stdin.read()
"""


def run_maintenance():
    out, complaints = StringIO(), StringIO()
    try:
        call_command("maintenance", stdout=out, stderr=complaints)
    except CommandError as error:
        return out.getvalue(), complaints.getvalue(), str(error)
    return out.getvalue(), complaints.getvalue(), ""


def fails():
    raise TaskFailed("Eine Datei ist beschädigt.")


def breaks():
    raise ValueError("kaputt")


@pytest.fixture
def only(monkeypatch):
    def register(*own):
        monkeypatch.setattr(maintenance, "TASKS", [Task(*one) for one in own])

    return register


@pytest.mark.django_db
def test_each_job_prints_its_result_in_order(only):
    only(("Zweites", 20, lambda: "2 gelöscht."), ("Erstes", 10, lambda: "1 gelöscht."))

    assert run_maintenance() == ("Erstes: 1 gelöscht.\nZweites: 2 gelöscht.\n", "", "")


@pytest.mark.django_db
def test_a_failed_job_stops_no_other_job_and_fails_the_command(only, caplog):
    only(("Prüfung", 1, fails), ("Kaputt", 2, breaks), ("Letztes", 3, lambda: "getan."))

    out, complaints, end = run_maintenance()

    assert out == "Letztes: getan.\n"
    assert complaints == (
        "Prüfung: FEHLER: Eine Datei ist beschädigt.\nKaputt: FEHLER: Unerwarteter Fehler: ValueError: kaputt\n"
    )
    assert end == "Fehlgeschlagen: Prüfung, Kaputt."
    (logged,) = caplog.records  # an unexpected failure is logged with its traceback
    assert logged.exc_info[0] is ValueError


@pytest.mark.django_db
def test_the_jobs_of_the_portal_can_run_twice(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path

    first, second = run_maintenance(), run_maintenance()

    assert first == second
    out, complaints, end = first
    assert (complaints, end) == ("", "")
    assert out.splitlines() == [
        "Abgebrochene Uploads: 0 gelöscht.",
        "Übrige Dateien (gc_media): 0 gelöscht, auf die seit 30 Tagen nichts verweist.",
        "Unversehrtheit (check_consistency): 0 Dateien, 0 Bytes geprüft, 0 weitere seit 30 Tagen nicht.",
        "Nachträglich auslesen: 0 ausgelesen, 0 aufgegeben, 0 warten noch.",
        "Suchindex: neu geschrieben: 0 Einträge.",
        "Suchen ohne Treffer: 0 Zeilen gelöscht.",
    ]


# --- concurrent changes -----------------------------------------------------------------------------------------------


@pytest.fixture
def holder(django_db_setup):
    """A second process that holds the maintenance lock of the test database."""
    name = connection.settings_dict["NAME"]
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    url = f"{server}/{name}" if connection.vendor == "postgresql" else f"sqlite:///{name}"
    words = [sys.executable, "-c", HOLDER]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(words, cwd=ROOT, env={**os.environ, "DATABASE_URL": url}, **pipes) as process:
        assert process.stdout.readline() == "ours\n"
        yield process
        process.kill()


@pytest.mark.django_db
def test_the_second_of_two_concurrent_runs_does_nothing(only, holder):
    done = []
    only(("Einmal", 1, lambda: done.append("x") or "getan."))

    assert run_maintenance() == ("Ein anderer Lauf ist noch aktiv; dieser endet.\n", "", "")
    assert done == []


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["kill -9", "by itself"])
def test_the_lock_ends_with_its_process(only, holder, end):
    only(("Einmal", 1, lambda: "getan."))
    if end == "kill -9":
        holder.send_signal(signal.SIGKILL)
    else:
        holder.stdin.close()
    holder.wait(20)
    if connection.vendor == "postgresql":  # the server releases the lock a moment after the process ends
        wait_until_free()

    assert run_maintenance()[0] == "Einmal: getan.\n"


def wait_until_free():
    for _ in range(100):
        with try_lock("maintenance") as is_ours:
            if is_ours:
                return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.05)")


@pytest.mark.django_db
def test_locks_with_other_names_are_independent_and_released(holder):
    with try_lock("maintenance") as ours:
        assert not ours
    for _ in range(2):
        with try_lock("anderes") as ours:
            assert ours


@pytest.mark.django_db
def test_an_exception_releases_the_lock():
    for _ in range(2):
        with pytest.raises(BlockingIOError):
            fail_one_after_another()


def fail_one_after_another():
    with try_lock("eines") as ours:
        assert ours
        raise BlockingIOError


@pytest.mark.django_db
def test_the_former_name_of_the_command_still_works(only):
    only(("Einmal", 1, lambda: "getan."))
    out, complaints = StringIO(), StringIO()

    call_command("tick", stdout=out, stderr=complaints)

    assert out.getvalue() == "Einmal: getan.\n"
    assert "heißt jetzt `maintenance`" in complaints.getvalue()
