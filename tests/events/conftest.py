"""Fixtures with the demo content: loaded once for all xdist processes; each module that uses it gets a copy."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from events.demo.content import SAMPLES
from events.demo.loading import load
from lernnetzwerk.search.following import suspended
from practice.municipalities import load_municipalities
from tests.events import snapshot

Loaded = tuple[str, Path]  # output of the command, folder of the stored files
TODAY = date(2026, 9, 1)


@pytest.fixture(scope="session")
def loaded_once(
    once, django_db_setup, django_db_blocker, tmp_path_factory
) -> Callable[[str, Callable[[], str]], AbstractContextManager[Loaded]]:
    """A function that loads content once and returns a context manager that restores it; each test is rolled back."""

    @contextmanager
    def copied(name: str, load: Callable[[], str]) -> Iterator[Loaded]:
        with django_db_blocker.unblock():
            folder = once(name, lambda folder: snapshot.take(folder, load))
            files = tmp_path_factory.mktemp(name) / "files"
            with snapshot.restored(folder, files) as said:
                yield said, files

    return copied


@pytest.fixture(scope="module")
def demo_content(loaded_once) -> Iterator[Loaded]:
    with loaded_once("demo", demo_command) as loaded:
        yield loaded


def demo_command() -> str:
    out = StringIO()
    call_command("demo", stdout=out)
    return out.getvalue()


@pytest.fixture
def demo(demo_content: Loaded, settings, db) -> str:
    """Loads what `manage.py demo` loads; the value is the output of the command."""
    said, settings.FILES_ROOT = demo_content
    return said


@pytest.fixture(scope="module")
def samples_content(loaded_once) -> Iterator[Loaded]:
    with loaded_once("samples", samples_alone) as loaded:
        yield loaded


def samples_alone() -> str:
    with suspended():
        load_municipalities()
        assert load(SAMPLES, TODAY)
    return ""


@pytest.fixture
def samples(samples_content: Loaded, settings, db) -> None:
    """Loads only the samples, dated from TODAY."""
    _said, settings.FILES_ROOT = samples_content
