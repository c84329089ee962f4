"""Fixtures for every test: fixed settings, an own file store, no connections to other machines."""

import fcntl
import gc
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import hypothesis
import pytest
from django import conf
from django.apps import apps
from django.core.cache import caches
from django.core.management.color import Style
from django.db import connection
from django.template import Context
from django.template.base import Template
from django.test.signals import template_rendered
from django.test.utils import override_settings

from lernnetzwerk.operation import locks
from lernnetzwerk.operation.call_stack import roomy
from tests.files import in_process
from tools import frontend
from tools.steps import ROOT, StepFailed

# Set before Django reads its settings, so that a developer's .env does not change the result of a test.
os.environ |= {
    "ALLOWED_HOSTS": "",
    "BEHIND_PROXY": "off",
    "CONTACT_EMAIL": "",
    "EMAIL_URL": "",
    "DATABASE_URL": os.environ.get("TEST_DATABASE_URL", "sqlite:///unused.sqlite3"),
    "DEBUG": "off",
    "DEMO_PASSWORD": "",
    "DJANGO_SETTINGS_MODULE": "lernnetzwerk.settings",
    "FILES_HANDOVER": "",
    "FILES_ROOT": "/nonexistent",
    "FILES_S3_BUCKET": "",
    "FILES_S3_ENDPOINT": "",
    "SECRET_KEY": "only-for-tests-and-long-enough-to-satisfy-every-check-of-it",
    "SECRET_KEY_FALLBACKS": "",
    "SITE_URL": "http://testserver",
    "LIBREOFFICE": "off",
    "TASKS": "",
}

django.setup()  # pytest-django calls it only if DJANGO_SETTINGS_MODULE is set before this file is loaded

RUN_CHILD = "lernnetzwerk.sandbox.launcher.run"
LOCAL_HOSTS = {"127.0.0.1", "::1", "localhost"}

hypothesis.settings.register_profile("default", deadline=None, derandomize=os.environ.get("CI") == "true")
hypothesis.settings.register_profile("soak", deadline=None, max_examples=5_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def skip_or_fail(reason: str) -> None:
    """Skips the test because this machine lacks something; with CI=true, where nothing may be lacking, it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.hookimpl(tryfirst=True)  # before pytest itself selects by markers
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that use a database, and runs the files directly in tests/ first."""
    if connection.vendor == "sqlite":
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]
    for item in items:
        if {"db", "transactional_db"} & set(item.fixturenames) or item.get_closest_marker("django_db"):
            item.add_marker("database")
    # These tests are the longest: started last, one of them would still run when all others have finished.
    items.sort(key=lambda item: item.path.parent != ROOT / "tests")


def pytest_collection_finish() -> None:
    """Excludes all objects loaded so far from garbage collection, which took a fifth of the whole run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> object:
    """Runs all tests with room on the stack; without it a sixth of the whole run went into page faults."""
    this = session.config.pluginmanager.get_plugin(str(Path(__file__)))
    others = session.config.pluginmanager.subset_hook_caller("pytest_runtestloop", [this])
    return roomy(others)(session=session)


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Makes every connection to another machine raise AssertionError."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, local_only(getattr(socket.socket, name)))
    yield
    patch.undo()


def local_only(connect: Callable) -> Callable:
    def connect_locally(self, address):
        if self.family in {socket.AF_INET, socket.AF_INET6} and address[0] not in LOCAL_HOSTS:
            raise AssertionError(f"A test wanted to connect to {address[0]}.")
        return connect(self, address)

    return connect_locally


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory) -> None:
    """Puts SQLite's test database into a file, as in production, so that threads share it and WAL locks are real."""
    database = conf.settings.DATABASES["default"]
    if database["ENGINE"] == "lernnetzwerk.operation.sqlite":
        database["TEST"] = {**database.get("TEST", {}), "NAME": str(tmp_path_factory.mktemp("database") / "db.sqlite3")}


@pytest.fixture(scope="session", autouse=True)
def suite_settings(tmp_path_factory) -> Iterator[None]:
    """Settings for all tests: temporary folders, static files without `collectstatic`, a fast password hash.

    Scope session, so that they hold in fixtures of modules and of the session too.
    """
    with override_settings(
        FILES_ROOT=tmp_path_factory.mktemp("files"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={
            **conf.settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def record_page_contexts_only(django_test_environment) -> None:
    """Makes Django record only the context of the page for `response.context`.

    By default it also copies the context of every partial and every form field, which is slow and never used.
    """
    form_templates = "django/forms/"

    def render(self: Template, context: Context) -> str:
        if context.template is self and not (self.name or "").startswith(form_templates):
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    Template._render = render  # Django's teardown of the test environment restores it


@pytest.fixture(scope="session", autouse=True)
def empty_tables_by_deleting(django_test_environment) -> Iterator[None]:
    """Empties PostgreSQL's tables by DELETE: TRUNCATE, made for large ones, needs 0.2 s for all after each test."""

    def sql_flush(style: Style, tables: list[str], **options: object) -> list[str]:
        return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]

    patch = pytest.MonkeyPatch()
    if connection.vendor == "postgresql":
        patch.setattr(connection.ops, "sql_flush", sql_flush)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def no_waiting_for_the_disk() -> Iterator[None]:
    """Like the test servers, stored files need not survive a power cut; waiting for that took a tenth of some tests."""
    patch = pytest.MonkeyPatch()
    patch.setattr(os, "fsync", os.fstat)  # which refuses a closed file too
    yield
    patch.undo()


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path: Path, monkeypatch) -> None:
    """An empty file store, empty static files, no kept pages and slots of its own for each test."""
    caches["pages"].clear()  # a rollback takes the version back too
    monkeypatch.setattr(locks, "FOLDER", tmp_path)
    settings.FILES_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()


@pytest.fixture(scope="session", autouse=True)
def in_process_sandbox() -> Iterator[None]:
    """Checks and reads files in this process; the fixture `isolated` starts the real child processes instead."""
    patch = pytest.MonkeyPatch()
    patch.setattr(RUN_CHILD, in_process.run)
    yield
    patch.undo()


@pytest.fixture
def no_pages(db) -> None:
    """Without the fixed pages, whose drafts are incomplete from the beginning."""
    apps.get_model("pages", "Page").objects.all().delete()


@pytest.fixture
def isolated(monkeypatch) -> None:
    """Runs the sandbox as real child processes: for tests of limits, crashes and files that could harm this process."""
    monkeypatch.setattr(RUN_CHILD, in_process.run_child)


@pytest.fixture(scope="session")
def once(tmp_path_factory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A function that creates a file or folder once for all xdist processes and returns its path."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made_once(name: str, make: Callable[[Path], None]) -> Path:
        done = shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                make(shared / name)
                done.touch()
        return shared / name

    return made_once


@pytest.fixture(scope="session")
def html_validate() -> Callable[[list[Path]], str]:
    """A function that returns html-validate's messages about HTML files, or an empty string if all are valid."""
    program = ROOT / "node_modules" / ".bin" / "html-validate"
    if not program.exists():
        skip_or_fail("html-validate is not installed; `make setup` does it")
    try:
        env = frontend.node_environment()
    except StepFailed as failure:
        skip_or_fail(str(failure))

    def validate(paths: list[Path]) -> str:
        words = [program, "--config", ROOT / ".htmlvalidate.json", "--formatter", "text", *paths]
        done = subprocess.run(words, env=env, capture_output=True, text=True)
        assert paths, "no page was given to html-validate"
        assert done.returncode in {0, 1}, done.stdout + done.stderr
        return done.stdout if done.returncode else ""

    return validate


@pytest.fixture
def program() -> Callable[[str], str]:
    """A function that returns the path of an installed program, or skips the test without it."""

    def find(name: str) -> str:
        return shutil.which(name) or skip_or_fail(f"{name} is not installed")

    return find
