"""`python -m tests.browser.seeding FOLDER`: the portals that each browser test copies, with sessions already begun."""

import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from tests.browser import sessions
from tests.browser.stages import STAGES
from tools import frontend, portal, postgres
from tools.steps import command

DEMO = "demo"
POSTGRES = "postgres"


def seed(folder: Path) -> None:
    """Fills `folder` with one for the demo content, one for each stage, and a migrated PostgreSQL's files."""
    python, demo = Path(sys.executable), folder / DEMO
    with ThreadPoolExecutor() as pool:
        collecting = pool.submit(frontend.collect, python, portal.portal_environment(demo, "http://127.0.0.1"))
        portal.seed(demo, python)
        sessions.begin(demo, python)
        migrating = pool.submit(migrate_postgres, folder)
        stages = [pool.submit(add_stage, demo, folder / name, code) for name, code in STAGES.items()]
        for work in (collecting, migrating, *stages):
            work.result()


def add_stage(demo: Path, folder: Path, code: str) -> None:
    shutil.copytree(demo, folder)
    sessions.portal_in(folder, Path(sys.executable)).shell(code)


def migrate_postgres(folder: Path) -> None:
    """Where there is one; the test that wants it says what is missing."""
    with suppress(postgres.Unavailable), postgres.server() as url, tempfile.TemporaryDirectory() as empty:
        env = {**portal.portal_environment(Path(empty), "http://127.0.0.1"), "DATABASE_URL": url}
        portal.Portal("http://127.0.0.1", Path(empty), Path(sys.executable), env).manage("migrate", "--verbosity=0")
        postgres.keep(url, folder / POSTGRES)


if __name__ == "__main__":
    command(lambda: seed(Path(sys.argv[1])))
