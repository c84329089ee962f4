"""Larger text, wider text: nothing is lost at 200 %, at 400 % and with the spacing that WCAG 1.4.12 asks for."""

from collections import defaultdict

import pytest
from playwright.sync_api import Page

from tests.browser import losses
from tools import visits

# 1280 × 1024 at 400 % and at 200 %, a small phone, and the desk itself, where only the spacing is new.
WINDOWS = {"400 %": (320, 256), "phone": (320, 640), "200 %": (640, 512), "100 %": (1280, 1024)}
HARDEST = {"phone": WINDOWS["phone"]}
PARTS = 2


@pytest.mark.parametrize("part", range(PARTS))
def test_no_page_loses_anything_when_text_grows(page, all_pages, telling, tolerated, part):
    """Long words are everywhere, so no page is left out; markup seen before is only asked where room is scarcest."""
    tolerated.append(r"status of 40[04]")
    found = defaultdict(list)

    for path in all_pages[part::PARTS]:
        page.goto(path)
        page.evaluate(visits.UNROLLED)
        for place, loss in lost(page) if path in telling else spaced(page, HARDEST):
            found[loss].append(f"{path} {place}")

    lines = [f"{len(places)} x {loss} at {', '.join(places[:3])}" for loss, places in found.items()]
    assert lines == [], "\n".join(lines)


def lost(page: Page) -> list[tuple[str, str]]:
    return [*in_windows(page, WINDOWS), *spaced(page, WINDOWS)]


def spaced(page: Page, windows: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    page.evaluate(losses.SPACED)
    result = [(f"{name}, spaced", loss) for name, loss in in_windows(page, windows)]
    page.evaluate(losses.PLAIN)
    return result


def in_windows(page: Page, windows: dict[str, tuple[int, int]]) -> list[tuple[str, str]]:
    result = []
    for name, (width, height) in windows.items():
        page.set_viewport_size({"width": width, "height": height})
        result += [(name, loss) for loss in page.evaluate(losses.LOSSES, losses.MAY_BE_CUT)]
    return result


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
def test_what_is_lost_is_noticed(page, planted, kind):
    page.set_content(f'<!doctype html><html lang="de"><body style="margin: 0"><h1>Titel</h1>{planted}</body></html>')
    page.set_viewport_size({"width": 320, "height": 256})

    kinds = {loss.split(":")[0] for loss in page.evaluate(losses.LOSSES, losses.MAY_BE_CUT)}

    assert kinds - {"sticks out"} == {kind}


def test_what_only_wide_spacing_loses_is_noticed(page):
    fixed = "inline-size: 9rem; white-space: nowrap; overflow: hidden; font: 16px monospace"
    page.set_content(f'<!doctype html><html lang="de"><body><p style="{fixed}">Genau so breit</p></body></html>')

    assert {place for place, _loss in lost(page)} == {f"{name}, spaced" for name in WINDOWS}
