"""What a visitor needs, which is not much; that nothing is left behind is asked in test_every_page.py."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.pages import EVENT_PAGE


@pytest.fixture
def without_scripts(new_context) -> BrowserContext:
    return new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})


def test_the_event_is_complete_without_scripts(page, without_scripts):
    """But for the button that prints: the browser's own menu does that without any script."""
    bare = without_scripts.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(EVENT_PAGE)
    bare.goto(EVENT_PAGE)
    page.locator("[data-print]").evaluate("button => button.remove()")

    assert bare.get_by_role("main").inner_text() == page.get_by_role("main").inner_text()
    expect(bare.locator("ol.programme > li")).to_have_count(5)
    expect(bare.locator(".session__children > li, .forum")).to_have_count(4)
    expect(
        bare.get_by_role("link", name="Präsentation von Prof. Dr. Matthias Knuth herunterladen: PDF, 8 Seiten").first
    ).to_be_visible()


def test_menu_and_filters_stand_open_above_the_content_without_scripts(without_scripts):
    page = without_scripts.new_page()
    page.goto("/materialien/")
    menu = page.get_by_role("navigation", name="Hauptnavigation")
    filters, found = page.get_by_role("form", name="Liste eingrenzen"), page.locator(".results > div")
    expect(page.get_by_role("button", name=re.compile("Menü|Eingrenzen|Schließen"))).to_have_count(0)
    for upper, lower in ((menu, page.get_by_role("main")), (filters, found)):
        box = upper.bounding_box()
        assert box["y"] + box["height"] <= lower.bounding_box()["y"]

    menu.get_by_role("link", name="Personen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Personen")
