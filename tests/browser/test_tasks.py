"""Common tasks of visitors, done with the keyboard alone; test_keyboard.py tests the skip link and the menu."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.keyboard import expect_focus, follow, go_to
from tests.browser.pages import EVENT_PAGE, fetch


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_the_next_event_is_found_from_the_home_page(page, coming):
    page.goto("/")

    link = page.locator(".next__title a")
    title = link.inner_text()
    follow(link)

    expect(page.locator("h1")).to_have_text(title)
    assert urlsplit(page.url).path == coming


@pytest.mark.parametrize("path", ["/praxis/", "/materialien/", "/veranstaltungen/"])
def test_a_filter_is_set_and_removed(page, path):
    page.goto(path)
    number = page.locator(".active-filters__number")
    everything = number.inner_text()

    select = page.locator("#filter select").first
    go_to(select)
    page.keyboard.press("ArrowDown")
    follow(page.locator("#filter [type=submit]"))
    expect(page.locator(".tag--remove")).to_have_count(1)
    name = select.get_attribute("name")
    assert query(page).keys() == {name}
    expect(number).not_to_have_text(everything)

    follow(page.locator(".tag--remove"))

    expect(page.locator(".tag--remove")).to_have_count(0)
    assert query(page) == {}
    expect(number).to_have_text(everything)


def test_a_filter_is_set_on_a_phone(new_context):
    page = new_context(viewport={"width": 320, "height": 640}).new_page()
    page.goto("/materialien/")
    button = page.get_by_role("button", name="Eingrenzen")

    follow(button)
    go_to(page.locator("#filter select").first)
    page.keyboard.press("Escape")
    expect(page.locator("#filter")).to_be_hidden()
    expect_focus(button)

    page.keyboard.press("Enter")
    go_to(page.locator("#filter select").first)
    page.keyboard.press("ArrowDown")
    follow(page.locator("#filter [type=submit]"))

    expect(page.get_by_role("button", name="Eingrenzen (1 gewählt)")).to_be_visible()


def test_a_forum_is_opened_from_the_programme(page, coming):
    page.goto(coming)

    forum = page.locator(".programme .forum a").first
    title = forum.inner_text()
    follow(forum)

    expect(page.locator("h1")).to_have_text(title)


def test_a_presentation_is_downloaded(page):
    page.goto(EVENT_PAGE)

    chip = page.locator(".programme .chip", has_text="Prof. Dr. Matthias Knuth")
    go_to(chip.get_by_role("link", name="herunterladen: PDF, 8 Seiten"))
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")

    assert waiting.value.suggested_filename == "Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf"
    assert Path(waiting.value.path()).read_bytes().startswith(b"%PDF-")


def test_a_page_of_a_presentation_is_cited(new_context):
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(EVENT_PAGE)
    follow(page.locator(".programme .chip__name", has_text="Prof. Dr. Matthias Knuth"))

    go_to(page.get_by_role("button", name="Seite 2 zitieren"))
    page.keyboard.press("Enter")

    expect(page.locator(".leaf__cite", has_text="Kopiert.")).to_have_count(1)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Knuth, Matthias: Aktivieren oder befähigen?")
    assert ", Seite 2. Lernnetzwerk" in copied
    assert f"{page.url.partition('#')[0]}#seite-2 (Stand" in copied


def test_a_municipality_is_reached_from_the_map(page):
    page.goto("/kommunen/")

    point = page.locator("a.map__link:not([href*='?'])").first
    address = point.get_attribute("href")
    follow(point)

    expect(page).to_have_url(address)
    expect(page.locator("h1")).to_be_visible()


def test_a_point_for_several_municipalities_leads_to_their_list(page):
    page.goto("/kommunen/")

    follow(page.locator("a.map__link[href*='?um=']").first)

    expect(page).to_have_url(re.compile(r"\?um="))
    expect(page.locator("h1")).to_have_text("Kommunen")
    assert query(page).keys() == {"um"}


def test_the_programme_is_printed(page, coming):
    """No test can see the window that prints; it is opened, and paper is what the page then looks like."""
    page.add_init_script("globalThis.print = () => { globalThis.isPrinting = true }")
    page.goto("/veranstaltungen/")
    follow(page.locator(f"main a[href='{coming}']").first)
    expect(page).to_have_url(coming)
    page.wait_for_load_state()
    titles = page.locator(".programme .session__title").all_inner_texts()

    follow(page.get_by_role("button", name="Programm drucken"))
    assert page.evaluate("globalThis.isPrinting")
    page.emulate_media(media="print")

    printed = page.locator(".programme .session__title")
    assert printed.locator("visible=true").all_inner_texts() == titles
    left_out = page.locator(".site-header, .site-footer, .jump-list, .breadcrumb, button")
    expect(left_out.locator("visible=true")).to_have_count(0)


def test_a_barrier_is_reported(own_site, page):
    page.goto(own_site.url + EVENT_PAGE)

    follow(page.get_by_role("contentinfo").get_by_role("link", name="Barriere melden"))
    expect(page.get_by_label("Um welche Seite geht es?")).to_have_value(EVENT_PAGE)
    go_to(page.get_by_label("Was geht nicht?"))
    page.keyboard.type("Ich komme mit der Tabulatortaste nicht bis zum dritten Forum.")
    follow(page.get_by_role("button", name="Meldung absenden"))
    expect(page.locator("h1")).to_have_text("Danke für Ihre Meldung")
    follow(page.get_by_role("link", name="Zurück zur gemeldeten Seite"))

    expect(page.locator("ol.programme")).to_be_visible()
    assert urlsplit(page.url).path == EVENT_PAGE


def test_the_list_of_mistakes_leads_to_the_wrong_field_of_a_report(own_site, page, tolerated):
    tolerated.append("status of 422")
    page.goto(f"{own_site.url}/barriere-melden/")

    follow(page.get_by_role("button", name="Meldung absenden"))
    follow(page.get_by_role("link", name="Bitte beschreiben Sie kurz, was nicht geht."))

    expect_focus(page.get_by_label("Was geht nicht?"))


def test_a_speaker_is_found_by_searching(page):
    page.goto("/personen/")

    go_to(page.get_by_role("searchbox"))
    page.keyboard.type("knuth")
    page.keyboard.press("Enter")
    expect(page.locator(".find__result")).to_contain_text("zu „knuth“")
    follow(page.get_by_role("main").get_by_role("link", name="Matthias Knuth"))

    expect(page.locator("h1")).to_contain_text("Matthias Knuth")


def test_the_links_to_adjacent_events_lead_through_the_series(page, coming):
    page.goto(coming)
    title = page.locator("h1").inner_text()

    follow(page.locator("a[rel=prev]"))
    expect(page.locator("h1")).not_to_have_text(title)
    follow(page.locator("a[rel=next]"))

    expect(page.locator("h1")).to_have_text(title)
    assert fetch(page.url).status == 200
