"""What a visitor leaves behind, which is nothing, and what one needs, which is not much."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Response, expect

from tests.browser.pages import LOGIN, MEETING

STORED = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


@pytest.fixture
def without_scripts(new_context) -> BrowserContext:
    return new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})


def test_no_page_asks_another_host_or_stores_anything_at_a_visitor(site, page, telling, tolerated):
    """But the form that posts: its token is a cookie until the browser is closed."""
    tolerated.append(r"status of 40[04]")
    hosts: set[str] = set()
    with_cookie: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.on("response", lambda response: cookies_set_by(response) and with_cookie.add(urlsplit(response.url).path))

    stored = {}
    for path in (path for path in telling if path != LOGIN):
        page.goto(path)
        stored[path] = page.evaluate(STORED)

    assert hosts == {urlsplit(site.url).netloc}
    assert with_cookie == {"/barriere-melden/"}
    assert [(cookie["name"], cookie["expires"]) for cookie in page.context.cookies()] == [("csrftoken", -1)]
    assert [path for path in stored if stored[path]] == []


def cookies_set_by(response: Response) -> list[str]:
    return [header["value"] for header in response.headers_array() if header["name"].lower() == "set-cookie"]


def test_the_meeting_is_complete_without_scripts(page, without_scripts):
    """But for the button that prints: the browser's own menu does that without any script."""
    bare = without_scripts.new_page()
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(MEETING)
    bare.goto(MEETING)
    page.locator("[data-print]").evaluate("button => button.remove()")

    assert bare.get_by_role("main").inner_text() == page.get_by_role("main").inner_text()
    expect(bare.locator("ol.programme > li")).to_have_count(5)
    expect(bare.locator(".session__children > li, .forum")).to_have_count(4)
    expect(bare.get_by_role("link", name="Präsentation von Prof. Dr. Matthias Knuth (PDF, 8 Seiten")).to_be_visible()


def test_the_menu_needs_no_scripts(without_scripts):
    page = without_scripts.new_page()
    page.goto(MEETING)

    page.get_by_role("button", name="Menü").click()
    page.get_by_role("navigation", name="Hauptnavigation").get_by_role("link", name="Personen").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Personen")
