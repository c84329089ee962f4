"""No barrier that a machine can find on any public page: axe in light and dark, narrow windows, double zoom."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.pages import LOGIN, MEETING, MISSING, UNREADABLE, public_paths

# What can differ between light and dark. Where a decoration is drawn with ::before, axe by default leaves the
# contrast of the text beside it undecided.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "checks": {
        "color-contrast": {
            "options": {
                "ignorePseudo": True,
                "ignoreUnicode": True,
                "ignoreLength": False,
                "boldValue": 700,
                "boldTextPt": 14,
                "largeTextPt": 18,
                "contrastRatio": {"normal": {"expected": 4.5}, "large": {"expected": 3}},
                "pseudoSizeThreshold": 0.25,
                "shadowOutlineEmMax": 0.2,
                "textStrokeEmMin": 0.03,
            }
        }
    },
}

OVERFLOW = """
    (() => {
        const width = document.documentElement.clientWidth
        const wide = [...document.querySelectorAll('body *')].filter(
            element => element.getBoundingClientRect().right > width + 1 && element.checkVisibility()
        )
        return document.documentElement.scrollWidth > width ? [document.documentElement.scrollWidth, ...wide.slice(0, 3)
            .map(element => element.outerHTML.slice(0, 120))] : []
    })()
"""


@pytest.fixture
def paths(site, tolerated) -> list[str]:
    """All pages that a visitor can come to, those that say what went wrong included."""
    tolerated.append(r"status of 40[04]")
    return [*public_paths(site), LOGIN, MISSING, UNREADABLE]


def sideways(page: Page, paths: list[str]) -> dict[str, list]:
    """Pages on which one would have to scroll sideways, with what sticks out."""
    found = {}
    for path in paths:
        page.goto(path)
        if culprits := page.evaluate(OVERFLOW):
            found[path] = culprits
    return found


@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing_on_any_page_in_light_or_dark(page, paths, axe, half):
    complaints = []
    for path in paths[half::2]:
        page.emulate_media(color_scheme="light")
        page.goto(path)
        complaints += axe(page)
        page.emulate_media(color_scheme="dark")
        found = Axe().run(page, options=COLOURS).response["violations"]
        complaints += [f"{path}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]

    assert complaints == []


@pytest.mark.parametrize("path", [MEETING, "/materialien/", "/personen/matthias-knuth/"])
def test_text_beside_the_chain_has_contrast(page, colour_scheme, path):
    page.goto(path)

    found = Axe().run(page, options=COLOURS).response

    assert [node["failureSummary"] for rule in found["violations"] for node in rule["nodes"]] == []
    assert [node["html"] for rule in found["incomplete"] for node in rule["nodes"]] == []
    assert sum(len(rule["nodes"]) for rule in found["passes"]) >= 30


def test_axe_finds_nothing_where_a_right_is_missing(site, page, sign_in, tolerated, axe):
    tolerated.append("status of 403")
    sign_in(page, "redaktion")

    response = page.goto("/verwaltung/events/event/1/veroeffentlichen/")

    assert response.status == 403
    assert axe(page) == []


def test_axe_finds_nothing_in_the_open_menu(new_context, axe):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto("/")
    page.get_by_role("button", name="Menü").click()

    assert axe(page) == []


def test_no_page_scrolls_sideways_on_a_small_phone(new_context, paths):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()

    assert sideways(page, paths) == {}


def test_no_page_scrolls_sideways_at_double_size(new_context, paths):
    page = new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2).new_page()

    assert sideways(page, paths) == {}
