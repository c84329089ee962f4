"""Fixtures for a running portal and Chromium.

A test fails on a request to another host, a console error or warning, or a violation of the content security policy.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser import renewal, seeding, sessions
from tests.browser.cover import cover
from tests.browser.pages import LOGIN, MISSING, UNREADABLE, fetch, list_states, public_paths
from tests.browser.visitors import Visitors
from tests.conftest import skip_or_fail
from tools import chromium, frontend, portal, visits

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright runs an event loop in the thread of the tests


@pytest.fixture(scope="session")
def seeds(once) -> Path:
    """The folder with all portals that `tests.browser.seeding` creates.

    `make test` creates it in advance and names it in SEEDED_PORTALS; otherwise it is created here.
    """
    if ready := os.environ.get("SEEDED_PORTALS"):
        return Path(ready)
    frontend.build()
    return once("seeds", seeding.seed)


@pytest.fixture(scope="session")
def seeded_portal(seeds: Path) -> Path:
    """The folder with database and files of the demo content."""
    return seeds / seeding.DEMO


@pytest.fixture(scope="session")
def site(seeded_portal: Path) -> Iterator[portal.Portal]:
    """The running portal that tests share; a test that changes content must use `own_site` instead."""
    with portal.serving(seeded_portal, Path(sys.executable)) as running:
        yield running


@pytest.fixture(scope="session")
def all_pages(site: portal.Portal) -> list[str]:
    """The path of every page that visitors can open, with the query strings of the states of lists."""
    return [*public_paths(site), *list_states(site), LOGIN, MISSING, UNREADABLE]


@pytest.fixture(scope="session")
def crawl(once, site: portal.Portal, all_pages: list[str]) -> dict[str, tuple[int, str, str]]:
    """Maps the path of each page to status, media type and body, fetched without a browser."""

    def ask(file: Path) -> None:
        answers = {path: fetch(site.url + path) for path in all_pages}
        file.write_text(
            json.dumps(
                {
                    path: (answer.status, answer.headers["Content-Type"], answer.body.decode())
                    for path, answer in answers.items()
                }
            )
        )

    return {path: tuple(answer) for path, answer in json.loads(once("crawl", ask).read_text()).items()}


@pytest.fixture(scope="session")
def coming(site: portal.Portal) -> str:
    """The path of the next event."""
    return visits.coming(site.url)


@pytest.fixture(scope="session")
def kinds(once, site: portal.Portal) -> dict[str, str]:
    """Maps each kind of page to the path of its longest page."""

    def choose(file: Path) -> None:
        file.write_text(json.dumps(visits.page_kinds(site.url, public_paths(site))))

    return json.loads(once("kinds", choose).read_text())


@pytest.fixture(scope="session")
def representative_pages(once, crawl: dict[str, tuple[int, str, str]]) -> list[str]:
    """A small set of pages that together contain all markup of the portal, see `tests.browser.cover`."""

    def choose(file: Path) -> None:
        file.write_text(json.dumps(cover({path: body for path, (_status, _type, body) in crawl.items()})))

    return json.loads(once("representative_pages", choose).read_text())


@pytest.fixture(scope="session")
def renewable_site(seeded_portal: Path, tmp_path_factory) -> Iterator[portal.Portal]:
    """A running portal that `own_site` resets for each test."""
    with renewal.renewable(seeded_portal, tmp_path_factory.mktemp("worker") / "pid") as running:
        yield running


@pytest.fixture
def own_seed(request: pytest.FixtureRequest, seeds: Path) -> Path:
    """The folder that `own_site` is copied from: the demo, or the stage that the test gives as indirect parameter."""
    return seeds / getattr(request, "param", seeding.DEMO)


@pytest.fixture
def own_site(renewable_site: portal.Portal, own_seed: Path) -> portal.Portal:
    """A portal for this test alone; `base_url` belongs to `site`, so the test must use absolute addresses."""
    renewal.renew(renewable_site, own_seed)
    return renewable_site


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    path = os.environ.get("CHROMIUM") or chromium.find()
    if not path:
        skip_or_fail("this machine has no Chromium or Chrome")
    return {**browser_type_launch_args, "executable_path": path, "args": visits.ARGUMENTS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict, site: portal.Portal) -> dict:
    return {**browser_context_args, **visits.VISITOR, "base_url": site.url}


@pytest.fixture
def tolerated() -> list[str]:
    """Patterns of console messages that do not fail the test, such as r"status of 404"; the test appends them."""
    return []


@pytest.fixture(scope="session")
def visitors(browser: Browser, browser_context_args: dict) -> Visitors:
    return Visitors(lambda: browser.new_context(**browser_context_args))


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext],
    visitors: Visitors,
    tolerated: list[str],
    site: portal.Portal,
    request: pytest.FixtureRequest,
) -> Iterator[Callable[..., BrowserContext]]:
    """A function that returns a browser context without cookies and storage; complaints fail the test at its end.

    Contexts are reused, with their cache. `fresh=True`, any option and the marker `browser_context_args` each create a
    new context with an empty cache.
    """
    complaints: list[str] = []
    watch = {
        "request": lambda request: note_foreign(request.url, complaints),
        "console": lambda message: note_message(message, complaints),
        "weberror": lambda error: complaints.append(f"{error.page.url if error.page else ''}: {error.error}"),
    }
    taken: list[BrowserContext] = []

    def watched_context(*, fresh: bool = False, **options: object) -> BrowserContext:
        if fresh or options or request.node.get_closest_marker("browser_context_args"):
            context = new_context(**options)
        else:
            context = visitors.take()
            taken.append(context)
        for event, note in watch.items():
            context.on(event, note)
        return context

    watched_context.complaints = complaints
    yield watched_context
    for context in taken:
        for event, note in watch.items():
            context.remove_listener(event, note)
        visitors.give_back(context)
    assert [text for text in complaints if not any(re.search(pattern, text) for pattern in tolerated)] == [], site.log()


@pytest.fixture
def context(new_context: Callable[..., BrowserContext]) -> BrowserContext:
    return new_context()


def note_foreign(address: str, complaints: list[str]) -> None:
    parts = urlsplit(address)
    if parts.scheme not in {"blob", "data", "about"} and parts.hostname != "127.0.0.1":
        complaints.append(f"request to another host: {address}")


def note_message(message: ConsoleMessage, complaints: list[str]) -> None:
    """Records errors and warnings; Chromium reports violations of the content security policy as console messages."""
    if message.type in {"error", "warning"}:
        complaints.append(f"{message.page.url if message.page else ''}: {message.text}")


@pytest.fixture(params=["light", "dark"])
def colour_scheme(request: pytest.FixtureRequest, page: Page) -> str:
    """Runs the test once with the light and once with the dark colour scheme."""
    page.emulate_media(color_scheme=request.param)
    return request.param


@pytest.fixture
def sign_in(site: portal.Portal) -> Callable[..., None]:
    """A function that signs a page in as `redaktion`, `freigabe` or `verwaltung`, by default on the shared portal."""

    def sign_in_as(page: Page, name: str, on: portal.Portal = site) -> None:
        page.context.add_cookies([sessions.cookie(on, name)])

    return sign_in_as
