"""Runs a complete portal for tests and measurements: real server, own database and files, demo content."""

import contextlib
import os
import shutil
import socket
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.steps import StepFailed, run
from tools.supervisor import supervised

PASSWORD = "Zechenturm-Emscher-1877"  # noqa: S105  # of accounts that exist only during a test
TIMEOUT = 60


@dataclass(frozen=True)
class Portal:
    url: str
    folder: Path
    python: Path
    env: dict[str, str]
    password: str = PASSWORD

    def manage(self, *words: str) -> str:
        """Runs a management command on this portal and returns its output."""
        return run([self.python, "manage.py", *words], env=self.env)

    def log(self) -> str:
        """Returns the end of the server's log."""
        return (self.folder / "log").read_text(errors="replace")[-4000:]

    def shell(self, code: str) -> str:
        """Runs code in `manage.py shell` and returns its output."""
        return self.manage("shell", "--verbosity=0", "--command", code)


def seed(folder: Path, python: Path) -> Path:
    """Creates a database with the demo content and its files in `folder`; `serving` copies them for each portal."""
    folder.mkdir(parents=True, exist_ok=True)
    empty = Portal("http://127.0.0.1", folder, python, portal_environment(folder, "http://127.0.0.1"))
    empty.manage("migrate", "--noinput", "--verbosity=0")
    empty.manage("demo")
    return folder


@contextlib.contextmanager
def serving(seeded: Path, python: Path, config: str = "gunicorn.conf.py", **variables: str) -> Iterator[Portal]:
    """Runs a portal on a copy of `seeded`; `variables` are added to its environment."""
    folder = Path(tempfile.mkdtemp(prefix="lernnetzwerk-portal-"))
    shutil.copytree(seeded, folder, dirs_exist_ok=True)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    env = {**portal_environment(folder, url), "PORT": str(port), "BIND": f"127.0.0.1:{port}", **variables}
    words: list[str | Path] = [python, "-m", "gunicorn", "-c", config, "lernnetzwerk.wsgi"]
    with supervised(words, folder, env=env) as supervisor:
        deadline = time.monotonic() + TIMEOUT
        while not answers(url):
            if supervisor.poll() is not None or time.monotonic() > deadline:
                raise StepFailed("The portal did not start.", (folder / "log").read_text(errors="replace"))
            time.sleep(0.05)
        yield Portal(url, folder, python, env)


def portal_environment(folder: Path, url: str) -> dict[str, str]:
    return {
        **os.environ,
        "ALLOWED_HOSTS": "",
        "CONTACT_EMAIL": "lernnetzwerk@portal.example",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "DEBUG": "off",
        "DEMO_PASSWORD": PASSWORD,
        "EMAIL_URL": "",
        "FILES_ROOT": f"{folder}/files",
        "SECRET_KEY": "only-for-a-portal-that-lives-as-long-as-a-test-and-no-longer",
        "SITE_URL": url,
        "TASKS": "immediate",  # what is uploaded is read before the answer, however slow the machine
    }


def answers(url: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{url}/healthz", timeout=5):  # noqa: S310
        return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
