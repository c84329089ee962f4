"""`python -m tests.browser.seeding FOLDER`: the portals that each browser test copies, with sessions already begun."""

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
    connections.close_all()  # SQLite then writes everything into the one file
    shutil.copytree({growing!r}, folder)
"""


def seed(folder: Path) -> None:
    """Fills `folder` with one for the demo content, one for each stage, and a migrated PostgreSQL's files."""
    python, demo = Path(sys.executable), folder / DEMO
    with ThreadPoolExecutor() as pool:
        collecting = pool.submit(frontend.collect, python, portal.portal_environment(demo, "http://127.0.0.1"))
        portal.seed(demo, python)
        sessions.begin(demo, python)
        migrating = pool.submit(migrate_postgres, folder)
        adding = pool.submit(add_stages, demo, folder)
        for work in (collecting, migrating, adding):
            work.result()


def add_stages(demo: Path, folder: Path) -> None:
    """One process does all of it; after each stage the portal is copied."""
    growing = folder / "growing"
    shutil.copytree(demo, growing)
    steps = [f"{code}\nkeep({str(folder / name)!r})" for name, code in STAGES.items()]
    keeping = KEEP.format(growing=str(growing))
    sessions.portal_in(growing, Path(sys.executable)).shell("\n".join([keeping, IMPORTS, *steps]))


def migrate_postgres(folder: Path) -> None:
    """Where there is one; the test that wants it says what is missing."""
    with suppress(postgres.Unavailable), postgres.server() as url, tempfile.TemporaryDirectory() as empty:
        env = {**portal.portal_environment(Path(empty), "http://127.0.0.1"), "DATABASE_URL": url}
        portal.Portal("http://127.0.0.1", Path(empty), Path(sys.executable), env).manage("migrate", "--verbosity=0")
        postgres.keep(url, folder / POSTGRES)


if __name__ == "__main__":
    command(lambda: seed(Path(sys.argv[1])))
