"""Everything with the keyboard alone, and always visible where one is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.pages import MEETING

SECTIONS = ["Veranstaltungen", "Materialien", "Praxisbeispiele", "Kommunen", "Themen", "Personen"]
IN_READING_ORDER = """
    [...document.querySelectorAll('a[href], button')]
        .filter(element => element.checkVisibility({ visibilityProperty: true }))
        .map(element => element.textContent.trim().replace(/\\s+/g, ' '))
"""
WHERE_I_AM = """
    (() => {
        const here = document.activeElement, box = here.getBoundingClientRect()
        const rings = [getComputedStyle(here), getComputedStyle(here, '::after')] // a card is ringed as a whole
        const x = box.left + Math.min(box.width, 20) / 2, y = box.top + Math.min(box.height, 20) / 2
        const top = document.elementFromPoint(x, y)
        return {
            text: here.textContent.trim().replace(/\\s+/g, ' '),
            isRinged: rings.some(ring => ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2),
            isInProgramme: Boolean(here.closest('ol.programme')),
            isSeen: Boolean(top) && (here.contains(top) || top.contains(here)),
        }
    })()
"""


@pytest.fixture
def phone(new_context) -> Page:
    return new_context(viewport={"width": 320, "height": 640}).new_page()


def expect_focus(element: Locator) -> None:
    """On the element, and drawn around it."""
    expect(element).to_be_focused()
    expect(element).not_to_have_css("outline-style", "none")
    expect(element).to_be_in_viewport()


def test_the_first_stop_skips_to_the_content(page):
    page.goto(MEETING)
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).not_to_be_in_viewport()

    page.keyboard.press("Tab")
    expect_focus(skip)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect_focus(page.get_by_role("main").get_by_role("link", name="Startseite"))


def test_the_sections_follow_the_name_of_the_site(page):
    page.goto(MEETING)
    sections = page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link")
    expect(sections).to_have_text(SECTIONS)

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect_focus(page.locator(".wordmark"))
    for section in sections.all():
        page.keyboard.press("Tab")
        expect_focus(section)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Personen")


@pytest.mark.parametrize("width", [1280, 320])
def test_a_walk_through_the_meeting_reaches_everything_in_order_and_loses_nothing(new_context, width):
    page = new_context(viewport={"width": width, "height": 700}).new_page()
    page.goto(MEETING)
    expected = page.evaluate(IN_READING_ORDER)

    stops = []
    for _stop in expected:
        page.keyboard.press("Tab")
        stops.append(page.evaluate(WHERE_I_AM))

    assert [stop["text"] for stop in stops] == expected
    assert [stop["text"] for stop in stops if not stop["isRinged"]] == []
    assert [stop["text"] for stop in stops if not stop["isSeen"]] == []
    titles = page.locator(".programme :is(h3, h4).session__title, .programme .forum__topic").all_inner_texts()
    assert len(titles) == 9
    assert [stop["text"] for stop in stops if stop["isInProgramme"] and stop["text"] in titles] == titles


def test_the_menu_opens_and_closes_by_keyboard_and_gives_the_focus_back(phone):
    phone.goto(MEETING)
    menu = phone.get_by_role("button", name="Menü")
    close = phone.get_by_role("button", name="Schließen")
    sections = phone.get_by_role("navigation", name="Hauptnavigation").get_by_role("link")
    expect(sections).to_have_count(0)
    for _stop in ("skip link", "name", "menu"):
        phone.keyboard.press("Tab")
    expect_focus(menu)

    phone.keyboard.press("Enter")
    expect(sections).to_have_text(SECTIONS)
    phone.keyboard.press("Tab")
    expect_focus(close)
    for section in sections.all():
        phone.keyboard.press("Tab")
        expect_focus(section)
    phone.keyboard.press("Escape")
    expect(sections).to_have_count(0)
    expect_focus(menu)

    phone.keyboard.press("Space")
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    expect(sections).to_have_count(0)
    expect_focus(menu)


def test_the_menu_leads_on(phone):
    phone.goto(MEETING)

    phone.get_by_role("button", name="Menü").focus()
    phone.keyboard.press("Enter")
    for _stop in ("close", "Veranstaltungen", "Materialien"):
        phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Materialien")
