"""The real server over one folder, which can be killed and started again; what it keeps is read beside it."""

import os
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

from tools.portal import PATIENCE, answers, free_port, portal_environment
from tools.steps import ROOT, StepFailed, run


class Server:
    def __init__(self, folder: Path, python: Path, **variables: str) -> None:
        self.folder, self.python = folder, python
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        uploads = folder / "uploads"
        uploads.mkdir(exist_ok=True)
        bind = {"BIND": f"127.0.0.1:{self.port}", "TMPDIR": str(uploads)}
        self.env = {**portal_environment(folder, self.url), **bind, **variables}
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.kill()

    def start(self) -> None:
        words = [self.python, "-m", "gunicorn", "-c", "gunicorn.conf.py", "lernnetzwerk.wsgi"]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                words, cwd=ROOT, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        deadline = time.monotonic() + PATIENCE
        while not answers(self.url):
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                raise StepFailed("The portal did not start.", self.log())
            time.sleep(0.05)

    def kill(self) -> None:
        """SIGKILL for the server and its workers and readers at once, as when the power fails."""
        if self.process and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")

    def manage(self, *words: str) -> str:
        return run([self.python, "manage.py", *words], env=self.env)

    def ask(self, query: str, *values: object) -> list[tuple]:
        connection = sqlite3.connect(self.folder / "db.sqlite3", timeout=30)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def peak(self) -> int:
        """The largest any worker has been so far, in MB (Linux only, else 0)."""
        return max((high_water(pid) for pid in children(self.process.pid)), default=0) // 1024


def children(parent: int) -> list[int]:
    folder = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(word) for word in folder.read_text().split()] if folder.exists() else []


def high_water(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)
