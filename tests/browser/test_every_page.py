"""Every public page in every state, opened once: axe, larger text, other hosts and cookies are asked on the same visit.

The tests of one part share its walk; whichever of them comes first walks.
"""

import json
from collections import defaultdict
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import axe, zoom
from tests.browser.pages import LOGIN, REPORT

PARTS = 4  # two processes share them; each asks anew about what stands on all pages
STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"

pytestmark = [pytest.mark.walk, pytest.mark.parametrize("part", range(PARTS))]


@pytest.fixture
def paths(all_pages: list[str], part: int) -> list[str]:
    return all_pages[part::PARTS]


@pytest.fixture
def walked(
    once, site, page: Page, paths: list[str], representative_pages: list[str], tolerated: list[str], part: int
) -> dict:
    """What was found on the pages of one part, by subject."""

    def walk(file: Path) -> None:
        tolerated.append(r"status of 40[04]")
        file.write_text(json.dumps(walk_through(page, site.url, paths, representative_pages)))

    return json.loads(once(f"walked-{part}", walk).read_text())


def walk_through(page: Page, url: str, paths: list[str], representative_pages: list[str]) -> dict:
    findings, lost = axe.Findings(), defaultdict(list)
    hosts: set[str] = set()
    left: dict[str, list] = {}
    page.on("request", lambda request: hosts.add("ours" if request.url.startswith(url) else request.url))
    for path in paths:
        page.emulate_media(**axe.SCHEMES["light"])
        page.goto(path)
        if path in representative_pages:
            axe.inspect_everywhere(page, findings)
        # Long words are everywhere, so no page is left out; markup seen before is only asked where room is scarcest.
        for place, loss in zoom.lost(page) if path in representative_pages else zoom.spaced(page, zoom.HARDEST):
            lost[loss].append(f"{path} {place}")
        left[path] = left_behind(page)
    lines = [f"{len(places)} x {loss} at {', '.join(places[:3])}" for loss, places in lost.items()]
    return {"barriers": findings.lines(), "lost": lines, "hosts": sorted(hosts), "left": left}


def left_behind(page: Page) -> list:
    """Names of what the page has stored, and of its cookies when they end; the next page finds none of them."""
    cookies = [[cookie["name"], cookie["expires"]] for cookie in page.context.cookies()]
    page.context.clear_cookies()
    return [*page.evaluate(STORED), *cookies]


def test_axe_finds_nothing_on_any_page_in_any_width_and_scheme(walked):
    assert walked["barriers"] == [], "\n".join(walked["barriers"])


def test_no_page_loses_anything_when_text_grows(walked):
    assert walked["lost"] == [], "\n".join(walked["lost"])


def test_no_page_asks_another_host_or_stores_anything_at_a_visitor(walked, paths):
    """But the form that posts: its token is a cookie until the browser is closed."""
    left = {path: names for path, names in walked["left"].items() if names and path != LOGIN}

    assert walked["hosts"] == ["ours"]
    assert left == ({REPORT: [["csrftoken", -1]]} if REPORT in paths else {})
