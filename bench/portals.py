"""Portals to measure: with the demo content on each database, and with the processes that answer."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.load import Target
from tools import memory, portal, postgres


@dataclass(frozen=True)
class Seed:
    """The name of a database, the folder with the files of the demo, and the variables of a portal with both."""

    database: str
    folder: Path
    variables: dict[str, str]


@dataclass(frozen=True)
class Served:
    """A running portal and the pid file of its first process."""

    site: portal.Portal
    master: Path

    @property
    def files(self) -> Path:
        return self.site.folder / "files"

    @property
    def processes(self) -> list[int]:
        """The first process and its workers."""
        return family(self.master)

    def worker(self) -> int | None:
        return next(iter(self.processes[1:]), None)

    def target(self, path: str, **changes: Any) -> Target:
        return Target(f"{self.site.url}{path}", self.processes, **changes)

    def make(self, call: str, module: str = "content") -> dict[str, Any]:
        return make(self.site, call, module)


@contextmanager
def databases(seeded: Path, python: Path) -> Iterator[list[Seed]]:
    """Seeds for SQLite, which is `seeded`, and for PostgreSQL, whose server runs inside the block."""
    with tempfile.TemporaryDirectory() as folder, postgres.server() as url:
        other = Path(folder)
        env = {**portal.portal_environment(other, "http://127.0.0.1"), "DATABASE_URL": url}
        site = portal.Portal("http://127.0.0.1", other, python, env)
        site.manage("migrate", "--noinput", "--verbosity=0")
        site.manage("demo")
        yield [Seed("SQLite", seeded, {}), Seed("PostgreSQL", other, {"DATABASE_URL": url})]


@contextmanager
def served(seeded: Path, python: Path, **variables: str) -> Iterator[Served]:
    """Runs a portal as `make run` does: files are read and downloads are counted beside the requests."""
    with tempfile.TemporaryDirectory() as folder:
        master = Path(folder) / "pid"
        words = {"GUNICORN_CMD_ARGS": f"--pid {master}", "TASKS": "thread", **variables}
        with portal.serving(seeded, python, **words) as site:
            yield Served(site, master)


def make(site: portal.Portal, call: str, module: str = "content") -> dict[str, Any]:
    """Runs a function of a module of this package in the portal and returns the JSON it prints last."""
    return json.loads(site.shell(f"from bench import {module}; {module}.{call}").strip().splitlines()[-1])


def family(master: Path) -> list[int]:
    """The process whose id stands in that file, and its children."""
    first = int(master.read_text())
    return [first, *memory.workers(first)]
