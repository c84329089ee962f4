import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import skip_or_fail
from tools import postgres
from tools.steps import ROOT, Unavailable
from tools.supervisor import supervised

SLEEPER = """
import sys, time
from pathlib import Path
from tools.supervisor import supervised
folder = Path(sys.argv[1])
with supervised([sys.executable, "-c", "import os, time; print(os.getpid(), flush=True); time.sleep(600)"], folder):
    while not (folder / "log").exists() or not (folder / "log").read_text().strip():
        time.sleep(0.02)
    print((folder / "log").read_text(), flush=True)
    time.sleep(600)
"""


def wait_until(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert condition()


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_server_ends_with_its_parent_even_after_kill_9(tmp_path):
    folder = tmp_path / "server"
    folder.mkdir()
    user = subprocess.Popen([sys.executable, "-c", SLEEPER, str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    server = int(user.stdout.readline())
    assert is_running(server)

    user.kill()
    user.wait()
    user.stdout.close()

    wait_until(lambda: not is_running(server))
    wait_until(lambda: not folder.exists())


def test_a_failed_server_keeps_its_log(tmp_path):
    folder = tmp_path / "server"
    folder.mkdir()

    with supervised(["sh", "-c", "echo no such luck; exit 3"], folder) as supervisor:
        assert supervisor.wait(10) == 3
        assert (folder / "log").read_text() == "no such luck\n"

    assert not folder.exists()


def test_postgresql_starts_and_is_removed():
    try:
        with postgres.server() as url:
            folder = url.removeprefix("postgres://postgres@/").removesuffix("/postgres")
            assert answer_of(folder, "SHOW fsync; SHOW listen_addresses") == ("off", "")
    except Unavailable as reason:
        skip_or_fail(str(reason))

    assert not Path(folder).exists()


def answer_of(folder, questions):
    import psycopg

    with psycopg.connect(host=folder, user="postgres", dbname="postgres") as connection:
        return tuple(connection.execute(question).fetchone()[0] for question in questions.split(";"))


@pytest.mark.parametrize(("says", "expected"), [("postgres (PostgreSQL) 16.2", 16), ("postgres of another kind 16", 0)])
def test_only_a_real_postgresql_is_recognised(tmp_path, says, expected):
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text(f"#!/bin/sh\necho '{says}'\n")
        (tmp_path / name).chmod(0o755)

    assert postgres.version(tmp_path) == expected
