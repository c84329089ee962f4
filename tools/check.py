"""`make test`: runs the checks required before a merge; an argument selects other checks, see `WORDS`."""

import os
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from soak import runs as long_runs
from tools import chromium, environment, firefox, frontend, java, libreoffice, nginx, postgres
from tools.check_report import REPORTS, CheckReport, running
from tools.steps import ROOT, StepFailed, Unavailable, command, run

CODE = [
    "bench",
    "events",
    "lernnetzwerk",
    "practice",
    "soak",
    "speakers",
    "tests",
    "tools",
    "gunicorn.conf.py",
    "manage.py",
]
NEWER = ("python3.14", "python3.13", "python3.12", "python3")
NO_BROWSER = "--ignore=tests/browser"
SHARED = "--dist=worksteal"  # the few long tests are next to each other, so they must be redistributed
NO_PROJECT = "--ignore=tests/project"
# `make test` and `make test-rest` together run every test on PostgreSQL, and on SQLite those that use a database.
WITHOUT_WALKS = "not walk"
ON_BOTH = "both_databases and not walk"
REST_ON_SQLITE = "database and (walk or not both_databases)"


def lint(report: CheckReport, python: Path, besides: Mapping[str, Callable[[], str]] | None = None) -> None:
    """Runs the checks of code in parallel, together with `besides`, as mypy takes long on a single processor."""
    frontend.install()
    beside, node = python.parent, frontend.node_environment()
    templates = sorted(str(path) for path in ROOT.glob("templates/**/*.html"))
    with tempfile.TemporaryDirectory() as folder:
        env = production_environment(Path(folder))
        manage: list[str | Path] = [python, "manage.py"]
        checks = {
            "Types": running(beside / "mypy", env=env),
            "Lint": running(beside / "ruff", "check", *CODE),
            "Format": running(beside / "ruff", "format", "--check", *CODE),
            "Templates": running(beside / "djade", "--target-version=5.2", "--check", *templates),
            **{title: running(*words, env=node) for title, words in frontend.CHECKS.items()},
            "Tests of scripts": frontend.script_tests(node),
            "Import contract": running(beside / "lint-imports"),
            "Migrations match models": running(*manage, "makemigrations", "--check", "--dry-run", env=env),
            "Deployment check under https": running(*manage, "check", "--deploy", "--fail-level=WARNING", env=env),
        }
        report.together({**(besides or {}), **checks})


def production_environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SECRET_KEY": secrets.token_urlsafe(60),
        "SITE_URL": "https://lernnetzwerk.example",
        "CONTACT_EMAIL": "kontakt@lernnetzwerk.example",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "FILES_ROOT": f"{folder}/files",
        "DEBUG": "off",
    }


def postgres_tests(report: CheckReport, python: Path, title: str, marked: str) -> None:
    """Runs all tests that need no browser; `marked` is an expression of markers for pytest's -m."""
    try:
        with postgres.server() as url:
            env = {**os.environ, "TEST_DATABASE_URL": url}
            report.tests(title, python, SHARED, NO_BROWSER, "-m", marked, env=env)
    except Unavailable as reason:
        report.skip(title, str(reason))


def sqlite_tests(report: CheckReport, python: Path, title: str, marked: str) -> None:
    report.tests(title, python, SHARED, NO_BROWSER, "-m", marked)


def browser_tests(report: CheckReport, python: Path, title: str, marked: str, seeded: Path | None = None) -> None:
    """Runs the browser tests on portals in `seeded`, filled by `tests.browser.seeding`; without it they create them."""
    try:
        env = {**os.environ, "CHROMIUM": chromium.provide()}
        chromium.provide_driver(python)
    except Unavailable as reason:
        report.skip(title, str(reason))
        return
    if seeded and seeded.exists():
        env["SEEDED_PORTALS"] = str(seeded)
    report.tests(title, python, SHARED, "tests/browser", "-m", marked, env=env)


def on_next_django(report: CheckReport) -> None:
    newer = newer_python()
    if not newer:
        report.skip("Tests on the next Django", "no Python 3.12 or newer was found on this machine")
        return
    python = environment.ensure(".venv-next", "next", newer)
    version = run([python, "-m", "django", "--version"]).strip()
    report.tests(f"Tests on Django {version}", python, NO_BROWSER, NO_PROJECT)


def newer_python() -> str | None:
    """Returns a Python 3.12 or newer, which Django 6 needs, or None; pyenv's versions are not on the PATH."""
    enough = "import sys; sys.exit(sys.version_info < (3, 12))"
    pyenv = Path(os.environ.get("PYENV_ROOT", "~/.pyenv")).expanduser()
    hidden = sorted((str(path) for path in pyenv.glob("versions/3.*/bin/python3")), reverse=True)
    return next((name for name in (*NEWER, *hidden) if environment.succeeds(name, enough)), None)


def test(report: CheckReport, python: Path) -> None:
    provide()
    shutil.rmtree(REPORTS, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        seeded = Path(folder) / "portals"
        seeding = running(python, "-m", "tests.browser.seeding", seeded)
        # Neither keeps two processors busy by itself.
        with report.tests_beside("Tests on SQLite", python, SHARED, NO_BROWSER, "-m", ON_BOTH):
            lint(report, python, {"Portals for the journeys": seeding})
        postgres_tests(report, python, "Tests on PostgreSQL", WITHOUT_WALKS)
        browser_tests(report, python, "Journeys in Chromium", WITHOUT_WALKS, seeded)


def rest(report: CheckReport, python: Path) -> None:
    """Runs what `test` leaves out: other tests on SQLite, and long tests of every page, state and kind of input."""
    provide()
    libreoffice.provide()
    java.provide()
    firefox.provide()
    postgres_tests(report, python, "Walks on PostgreSQL", "walk")
    sqlite_tests(report, python, "Rest and walks on SQLite", REST_ON_SQLITE)
    browser_tests(report, python, "Walks in browsers", "walk")


def provide() -> None:
    frontend.build()
    nginx.provide()


def everything(report: CheckReport, python: Path) -> None:
    test(report, python)
    rest(report, python)


def soak(report: CheckReport, python: Path) -> None:
    frontend.build()
    long_runs.add_to(report, python)
    report.tests("Long run", python, NO_BROWSER, NO_PROJECT, env={**os.environ, "HYPOTHESIS_PROFILE": "soak"})


WORDS = {"test": test, "rest": rest, "everything": everything, "lint": lint, "soak": soak}


def main() -> int:
    what = sys.argv[1] if len(sys.argv) > 1 else "test"
    began = time.monotonic()
    report = CheckReport()
    try:
        if what == "next":
            on_next_django(report)
        else:
            WORDS[what](report, environment.ensure(".venv", "test"))
    except StepFailed as failure:  # preparing the environment or the front end failed
        print(f"\n{failure.log}\n{failure}", flush=True)
        report.failed += 1
    print(f"\n  {time.monotonic() - began:.0f} seconds")
    return report.close()


if __name__ == "__main__":
    command(main)
