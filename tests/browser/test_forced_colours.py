"""Icons where the browser forces its own colours, as visitors with a contrast theme see them."""

import pytest
from playwright.sync_api import Page

from tests.browser.icons import INVISIBLE, SCHEMES

EDITORS = ("", "events/event/", "events/event/add/", "events/attachment/", "events/programme/", "practice/topic/add/")
DOT = "mask: radial-gradient(black, black); inline-size: 1rem; block-size: 1rem; forced-color-adjust: none"


def invisible_icons(page: Page, paths: list[str]) -> list[str]:
    found = []
    for path in paths:
        page.goto(path)
        for scheme in SCHEMES:
            page.emulate_media(forced_colors="active", color_scheme=scheme)
            found += [f"{path} {scheme}: {icon}" for icon in page.evaluate(INVISIBLE)]
    return found


@pytest.mark.walk
def test_every_icon_shows_on_light_and_dark_grounds_of_forced_colours(page, representative_pages, tolerated):
    tolerated.append(r"status of 40[04]")

    assert invisible_icons(page, representative_pages) == []


@pytest.mark.walk
def test_every_icon_of_the_administration_shows_in_forced_colours(page, sign_in):
    sign_in(page, "verwaltung")

    assert invisible_icons(page, [f"/verwaltung/{path}" for path in EDITORS]) == []


@pytest.mark.parametrize(("colour", "lost"), [("white", [True, False]), ("CanvasText", [False, False])])
def test_an_icon_in_the_colour_of_its_ground_is_noticed(page, colour, lost):
    page.set_content(f'<!doctype html><body><p style="background: {colour}; {DOT}"></p></body>')
    found = []
    for scheme in SCHEMES:
        page.emulate_media(forced_colors="active", color_scheme=scheme)
        found.append(page.evaluate(INVISIBLE) != [])

    assert found == lost
