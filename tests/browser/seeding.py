"""`python -m tests.browser.seeding FOLDER`: the portal with demo content and sessions that each browser test copies."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.browser import sessions
from tools import frontend, portal
from tools.steps import command


def seed(folder: Path) -> None:
    python, env = Path(sys.executable), portal.portal_environment(folder, "http://127.0.0.1")
    with ThreadPoolExecutor() as pool:  # neither needs the other
        collecting = pool.submit(frontend.collect, python, env)
        portal.seed(folder, python)
        sessions.begin(folder, python)
        collecting.result()


if __name__ == "__main__":
    command(lambda: seed(Path(sys.argv[1])))
