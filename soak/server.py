"""A portal that can be killed and restarted with the same database and files."""

import contextlib
import json
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools import frontend, memory, portal
from tools.steps import StepFailed
from tools.supervisor import supervised


class Server:
    """A portal whose folder, port and collected logs survive the restarts of its processes."""

    def __init__(self, folder: Path, python: Path, **variables: str) -> None:
        self.folder, self.python, self.port = folder, python, portal.free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.pid_file = folder / "pid"
        bind = {"BIND": f"127.0.0.1:{self.port}", "GUNICORN_CMD_ARGS": f"--pid {self.pid_file}"}
        self.env = {**portal.portal_environment(folder, self.url), **bind, **variables}
        self.site = portal.Portal(self.url, folder, python, self.env)
        self.log = ""

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Starts the server, stops it after the block and appends its output to `log`."""
        self.pid_file.unlink(missing_ok=True)
        place = Path(tempfile.mkdtemp(prefix="lernnetzwerk-soak-"))
        words: list[str | Path] = [self.python, "-m", "gunicorn", "-c", "gunicorn.conf.py", "lernnetzwerk.wsgi"]
        with supervised(words, place, env=self.env) as supervisor:
            deadline = time.monotonic() + portal.TIMEOUT
            while not portal.answers(self.url):
                if supervisor.poll() is not None or time.monotonic() > deadline:
                    raise StepFailed("The portal did not start.", (place / "log").read_text(errors="replace"))
                time.sleep(0.05)
            try:
                yield
            finally:
                self.log += (place / "log").read_text(errors="replace")

    @property
    def worker(self) -> int | None:
        """The process id of the worker, or None if the system does not tell."""
        return next(iter(memory.workers(int(self.pid_file.read_text()))), None)

    def kill(self) -> None:
        """Sends SIGKILL to all processes of the server at once, like a power cut."""
        os.killpg(int(self.pid_file.read_text()), signal.SIGKILL)

    def call_shell(self, call: str) -> dict[str, Any]:
        """Runs a function of soak.content in the portal and returns the JSON it prints last."""
        return json.loads(self.site.shell(f"from soak import content; content.{call}").strip().splitlines()[-1])


@contextlib.contextmanager
def prepared(python: Path, **variables: str) -> Iterator[Server]:
    """Yields a server with the demo content in a temporary folder; it is not running yet."""
    with tempfile.TemporaryDirectory(prefix="lernnetzwerk-soak-") as folder:
        portal.seed(Path(folder), python)
        server = Server(Path(folder), python, **variables)
        frontend.collect(python, server.env)
        yield server
