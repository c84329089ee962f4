"""A visitor searches: to the slide, to the second, with suggestions by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import axe
from tools import visits

pytestmark = pytest.mark.usefixtures("site")


def test_a_search_leads_to_the_slide(page: Page):
    page.goto("/")
    page.get_by_label("Thema, Kommune oder Person").fill("Jobcenter Jugendhilfe")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/suche/\?q=Jobcenter"))

    page.locator(".hit--pictured a").first.click()

    expect(page).to_have_url(re.compile(r"#(seite|folie)-\d+$"))
    expect(page.locator(":target")).to_be_in_viewport()


def test_a_search_leads_to_the_second(page: Page):
    page.goto("/suche/?q=Kapitel+gliedern+Plenum&art=materialien")
    hit = page.locator(".hit", has_text="bei ").first.get_by_role("link")
    second = int(re.search(r"#t=(\d+)", hit.get_attribute("href"))[1])

    hit.click()

    expect(page.locator("video, audio").first).to_be_visible()
    page.wait_for_function(
        "second => Math.abs(document.querySelector('video, audio').currentTime - second) < 1.5", arg=second
    )


def test_suggestions_are_chosen_by_keyboard(page: Page):
    page.set_viewport_size(visits.DESKTOP)
    page.goto("/themen/")
    box = page.get_by_role("combobox", name="Suchbegriff")
    box.press_sequentially("luen")
    options = page.get_by_role("option")
    expect(options).to_have_count(1)
    expect(box).to_have_attribute("aria-expanded", "true")
    for scheme in axe.SCHEMES.values():
        page.emulate_media(**scheme)
        assert axe.faults(page, axe.FULL) == []

    box.press("Escape")
    expect(options).to_have_count(0)
    box.press_sequentially("en")
    expect(options).to_have_count(1)
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suchbegriff-vorschlaege-0")
    box.press("Enter")

    expect(page).to_have_url(re.compile("/kommunen/luenen/$"))


def test_on_a_phone_the_box_opens_from_the_header(page: Page):
    page.set_viewport_size(visits.PHONE)
    page.goto("/themen/")
    page.get_by_role("button", name="Suche").click()
    page.get_by_label("Suchbegriff").fill("Kinder")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Kinder")


def test_on_the_narrowest_phone_name_search_and_menu_stand_in_one_line(page: Page):
    page.set_viewport_size({"width": 320, "height": 568})
    page.goto("/suche/?q=Kinder")
    boxes = [page.get_by_role("button", name=name, exact=True).bounding_box() for name in ("Suche", "Menü")]

    assert boxes[0]["y"] == boxes[1]["y"]
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_found_words_stay_marked_in_forced_colours_and_hits_use_the_sheet(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto("/suche/?q=Jobcenter+Jugendhilfe")
    mark = page.locator(".hit__text mark").first

    assert mark.evaluate("e => getComputedStyle(e).backgroundColor != getComputedStyle(document.body).backgroundColor")

    page.emulate_media(media="print", forced_colors="none")
    widths = page.locator(".hit--pictured").first.evaluate("e => [e.clientWidth, e.lastElementChild.clientWidth]")
    assert widths[0] == widths[1]
