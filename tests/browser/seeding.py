"""`python -m tests.browser.seeding FOLDER`: creates the portals that browser tests copy, with sign-in sessions."""

import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.browser import sessions
from tests.browser.stages import IMPORTS, STAGES
from tools import frontend, portal, postgres
from tools.steps import command

DEMO = "demo"
POSTGRES = "postgres"
KEEP = """
import shutil
from django.db import connections

def keep(folder):
    connections.close_all()  # closing the last connection makes SQLite write its WAL into the main file
    shutil.copytree({working_copy!r}, folder)
"""


def seed(folder: Path) -> None:
    """Fills `folder` with the demo portal, a portal for each stage, and the data of a migrated PostgreSQL server."""
    python, demo = Path(sys.executable), folder / DEMO
    with ThreadPoolExecutor() as pool:
        collecting = pool.submit(frontend.collect, python, portal.portal_environment(demo, "http://127.0.0.1"))
        portal.seed(demo, python)
        sessions.create_all(demo, python)
        migrating = pool.submit(migrate_postgres, folder)
        adding = pool.submit(add_stages, demo, folder)
        for work in (collecting, migrating, adding):
            work.result()


def add_stages(demo: Path, folder: Path) -> None:
    """Runs all stages in one process and copies the portal after each stage."""
    working_copy = folder / "working_copy"
    shutil.copytree(demo, working_copy)
    steps = [f"{code}\nkeep({str(folder / name)!r})" for name, code in STAGES.items()]
    keeping = KEEP.format(working_copy=str(working_copy))
    sessions.portal_in(working_copy, Path(sys.executable)).shell("\n".join([keeping, IMPORTS, *steps]))


def migrate_postgres(folder: Path) -> None:
    """Copies the data of a migrated server. Does nothing without PostgreSQL; the test that needs it says why."""
    with suppress(postgres.Unavailable), postgres.server() as url, tempfile.TemporaryDirectory() as empty:
        env = {**portal.portal_environment(Path(empty), "http://127.0.0.1"), "DATABASE_URL": url}
        portal.Portal("http://127.0.0.1", Path(empty), Path(sys.executable), env).manage("migrate", "--verbosity=0")
        postgres.keep(url, folder / POSTGRES)


if __name__ == "__main__":
    command(lambda: seed(Path(sys.argv[1])))
