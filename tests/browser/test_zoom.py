"""Tests of the helper that finds content lost by larger text, and pages in a browser set to twice the usual text size.

test_every_page.py applies the helper to every page.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserType, Page

from tests.browser import layout
from tests.browser.zoom import WINDOWS, in_windows, lost
from tools import visits

TWICE = "--blink-settings=defaultFontSize=32"  # what a visitor chooses in the settings of the browser; usual are 16 px
PHONES = {"small phone": (320, 640), "phone": (375, 812)}


@pytest.fixture
def large_text(browser_type: BrowserType, browser_type_launch_args: dict, site) -> Iterator[Page]:
    """A page in a browser whose default text size is twice the usual one."""
    options = {**browser_type_launch_args, "args": [*browser_type_launch_args["args"], TWICE]}
    browser = browser_type.launch(**options)
    yield browser.new_page(**visits.VISITOR, base_url=site.url)
    browser.close()


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ('<p style="inline-size: 50rem">breit</p>', "sideways"),
        ('<p style="inline-size: 5rem; overflow: hidden; white-space: nowrap">abgeschnitten wie nie</p>', "cut"),
        ('<div style="block-size: 2rem; overflow: clip"><p>Eins</p><p>Zwei</p><p>Drei</p></div>', "cut"),
        ('<p>Oben</p><p style="margin-block-start: -2.2em">Unten</p>', "text on text"),
        ('<p style="text-indent: -2em">Anfang fehlt</p>', "left of the window"),
        ('<div style="position: sticky; top: 0; block-size: 12rem">Kopf</div>', "covers the window"),
    ],
)
def test_lost_content_is_noticed(page, planted, kind):
    page.set_content(f'<!doctype html><html lang="de"><body style="margin: 0"><h1>Titel</h1>{planted}</body></html>')
    page.set_viewport_size({"width": 320, "height": 256})

    kinds = {loss.split(":")[0] for loss in page.evaluate(layout.PROBLEMS, layout.MAY_BE_CUT)}

    assert kinds - {"sticks out"} == {kind}


def test_content_lost_only_with_wide_spacing_is_noticed(page):
    fixed = "inline-size: 9rem; white-space: nowrap; overflow: hidden; font: 16px monospace"
    page.set_content(f'<!doctype html><html lang="de"><body><p style="{fixed}">Genau so breit</p></body></html>')

    assert {place for place, _loss in lost(page)} == {f"{name}, spaced" for name in WINDOWS}


@pytest.mark.walk
def test_no_page_loses_anything_on_phones_with_text_of_twice_the_size(large_text, representative_pages):
    losses = []
    for path in representative_pages:
        large_text.goto(path)
        losses += [f"{path} {place}: {loss}" for place, loss in in_windows(large_text, PHONES)]

    assert large_text.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
    assert losses == [], "\n".join(losses)
