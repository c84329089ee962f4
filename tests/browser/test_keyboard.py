"""Public pages with the keyboard alone; the focus is always visible."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import IN_READING_ORDER, expect_focus, where
from tests.browser.pages import EVENT_PAGE

SECTIONS = ["Treffen", "Materialien", "Praxisbeispiele", "Kommunen", "Themen", "Personen"]


@pytest.fixture
def phone(new_context) -> Page:
    return new_context(viewport={"width": 320, "height": 640}).new_page()


def test_the_first_tab_stop_skips_to_the_content(page):
    page.goto(EVENT_PAGE)
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).not_to_be_in_viewport()

    page.keyboard.press("Tab")
    expect_focus(skip)
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{EVENT_PAGE}#inhalt")
    page.keyboard.press("Tab")

    expect_focus(page.get_by_role("main").get_by_role("link", name="Startseite"))


def test_search_and_sections_follow_the_site_name_in_tab_order(page):
    page.goto(EVENT_PAGE)
    sections = page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link")
    expect(sections).to_have_text(SECTIONS)

    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect_focus(page.locator(".wordmark"))
    for control in (page.get_by_label("Suchbegriff"), page.get_by_role("button", name="Suchen")):
        page.keyboard.press("Tab")
        expect_focus(control)
    for section in sections.all():
        page.keyboard.press("Tab")
        expect_focus(section)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Personen")


@pytest.mark.walk
@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("path", ["/", EVENT_PAGE, "/materialien/", "/personen/", "/barriere-melden/"])
def test_tab_reaches_every_control_of_a_page_in_reading_order(new_context, path, width):
    page = new_context(viewport={"width": width, "height": 700}).new_page()
    page.goto(path)
    expected = page.evaluate(IN_READING_ORDER)

    stops = walk(page, len(expected))

    assert [stop["name"] for stop in stops] == expected
    assert [stop["name"] for stop in stops if not stop["isRinged"]] == []
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []


def test_tab_follows_the_order_of_the_programme(page):
    page.goto(EVENT_PAGE)
    texts = page.locator(".programme :is(h3, h4).session__title, .programme .forum__topic").all_inner_texts()
    titles = [" ".join(text.split()) for text in texts]
    assert len(titles) == 9

    stops = walk(page, len(page.evaluate(IN_READING_ORDER)))

    assert [stop["name"] for stop in stops if stop["isInProgramme"] and stop["name"] in titles] == titles


def walk(page: Page, length: int) -> list[dict]:
    stops = []
    for _stop in range(length):
        page.keyboard.press("Tab")
        stops.append(where(page))
    return stops


def test_the_menu_opens_and_closes_by_keyboard_and_returns_the_focus(phone):
    phone.goto(EVENT_PAGE)
    menu = phone.get_by_role("button", name="Menü")
    close = phone.get_by_role("button", name="Schließen")
    sections = phone.get_by_role("navigation", name="Hauptnavigation").get_by_role("link")
    expect(sections).to_have_count(0)
    for _stop in ("skip link", "name", "search", "menu"):
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


@pytest.mark.parametrize("name", ["Menü", "Eingrenzen"])
def test_what_lies_over_the_page_never_covers_the_focus(new_context, name):
    page = new_context(viewport={"width": 375, "height": 700}).new_page()
    page.goto("/materialien/")
    opener, covering = page.get_by_role("button", name=name), page.locator(":popover-open")
    length = len(page.evaluate(IN_READING_ORDER))

    opener.focus()
    page.keyboard.press("Enter")
    expect(covering).to_have_count(1)
    stops = walk(page, length)
    expect(covering).to_have_count(0)
    opener.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")

    assert stops[0]["name"] == "Schließen"
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []
    expect(covering).to_have_count(0)
    expect_focus(opener)


def test_what_lies_over_the_page_ends_where_the_window_has_room_for_it(phone):
    phone.goto("/materialien/")
    phone.get_by_role("button", name="Menü").click()
    expect(phone.locator(":popover-open")).to_have_count(1)

    phone.set_viewport_size({"width": 1024, "height": 640})

    expect(phone.locator(":popover-open")).to_have_count(0)
    expect(phone.get_by_role("navigation", name="Hauptnavigation").get_by_role("link")).to_have_text(SECTIONS)


def test_the_menu_opens_the_page_of_its_entry(phone):
    phone.goto(EVENT_PAGE)

    phone.get_by_role("button", name="Menü").focus()
    phone.keyboard.press("Enter")
    for _stop in ("close", "Treffen", "Materialien"):
        phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")

    expect(phone.get_by_role("heading", level=1)).to_have_text("Materialien")
