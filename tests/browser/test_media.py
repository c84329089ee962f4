"""One page, many media: wide and narrow, dark and light, paper."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.pages import EVENT_PAGE

IN_BYTES = """
    ([element, property]) => {
        const context = document.createElement('canvas').getContext('2d')
        context.fillStyle = getComputedStyle(document.querySelector(element))[property]
        context.fillRect(0, 0, 1, 1)
        return [...context.getImageData(0, 0, 1, 1).data]
    }
"""
WHITE = [255, 255, 255, 255]
NIGHT = [0x0E, 0x10, 0x18, 255]


def colour(page: Page, element: str, kind: str) -> list[int]:
    """Red, green, blue and opacity of a computed style such as `backgroundColor`, each 0 to 255."""
    return page.evaluate(IN_BYTES, [element, kind])


def forums(page: Page, width: int) -> list[dict]:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(EVENT_PAGE)
    expect(page.locator(".forum")).to_have_count(3)
    return page.locator(".forum").evaluate_all("forums => forums.map(forum => forum.getBoundingClientRect().toJSON())")


def test_three_forums_stand_side_by_side_in_a_wide_window(page):
    hamm, bielefeld, luenen = forums(page, 1280)

    assert hamm["y"] == bielefeld["y"] == luenen["y"]
    assert hamm["x"] + hamm["width"] <= bielefeld["x"]
    assert bielefeld["x"] + bielefeld["width"] <= luenen["x"]
    assert luenen["x"] + luenen["width"] <= 1280


def test_three_forums_stand_below_each_other_on_a_phone(page):
    hamm, bielefeld, luenen = forums(page, 320)

    assert hamm["x"] == bielefeld["x"] == luenen["x"]
    assert hamm["y"] + hamm["height"] <= bielefeld["y"]
    assert bielefeld["y"] + bielefeld["height"] <= luenen["y"]


@pytest.mark.parametrize("path", ["/", EVENT_PAGE, "/gibt-es-nicht/"])
def test_the_dark_scheme_is_dark_and_the_light_scheme_is_white(page, path, tolerated):
    tolerated.append("status of 404")
    page.emulate_media(color_scheme="dark")
    page.goto(path)
    assert colour(page, "body", "backgroundColor") == NIGHT
    assert min(colour(page, "h1", "color")) >= 200

    page.emulate_media(color_scheme="light")

    assert colour(page, "body", "backgroundColor") == WHITE
    assert max(colour(page, "h1", "color")[:3]) <= 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_print_shows_the_programme_black_on_white_without_controls(page, scheme):
    page.emulate_media(media="print", color_scheme=scheme)
    page.goto(EVENT_PAGE)

    expect(page.locator(".programme > li .session__title").locator("visible=true")).to_have_count(6)
    expect(page.locator(".forum__municipality").locator("visible=true")).to_have_text(["Hamm", "Bielefeld", "Lünen"])
    expect(page.get_by_text("Datum nicht bekannt").first).to_be_visible()
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.get_by_role("contentinfo")).to_be_hidden()
    expect(page.locator("button").locator("visible=true")).to_have_count(0)
    assert colour(page, "body", "backgroundColor") in (WHITE, [0, 0, 0, 0])
    assert max(colour(page, ".session__title a", "color")[:3]) <= 60
