"""Recordings in a real browser: playing, seeking, subtitles, and no request to another host before a click."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import run
from tests.browser.pages import fetch
from tools.visits import PHONE, sitemap

FILM = "Platzhalter mit Untertiteln, Kapiteln und Text"
ELSEWHERE = "Beispiel für ein Video bei YouTube"
NOW = "() => document.querySelector('video').currentTime"
READY = "() => document.querySelector('video').readyState >= 2"
AT = "second => { const film = document.querySelector('video'); return !film.seeking && film.currentTime >= second }"
CUES = """
    () => {
        const track = document.querySelector('video').textTracks[0]
        track.mode = 'hidden'
        const isLoaded = document.querySelector('track').readyState === 2
        return isLoaded ? [track.language, track.cues.length, track.cues[0].text] : null
    }
"""


@pytest.fixture(scope="session")
def addresses(site) -> dict[str, str]:
    """Of the two recordings of the demo, by the beginning of their title."""
    found = {}
    for path in sitemap(site.url):
        if path.startswith("/materialien/"):
            page = fetch(site.url + path).body.decode()
            found |= {title: path for title in (FILM, ELSEWHERE) if f"<title>{title}" in page}
    return found


def test_a_time_in_the_transcript_moves_the_player(page: Page, addresses):
    answers = []
    page.on("response", lambda answer: answers.append(answer) if answer.url.endswith(".webm") else None)
    page.goto(addresses[FILM])
    page.wait_for_function(READY)

    page.get_by_role("link", name="0:36").last.click()

    page.wait_for_function(AT, arg=36)
    assert page.evaluate(NOW) < 50
    expect(page).to_have_url(f"{addresses[FILM]}#t=36")
    assert {answer.status for answer in answers} == {206}
    expect(page.locator(".transcript__paragraph[aria-current] a")).to_have_text("0:36")


def test_an_address_with_a_time_shows_the_player_at_that_time_without_playing(page: Page, addresses):
    page.set_viewport_size(PHONE)
    page.goto(f"{addresses[FILM]}#t=56")

    page.wait_for_function(AT, arg=56)
    assert (page.evaluate(NOW), page.evaluate("() => document.querySelector('video').paused")) == (56, True)
    expect(page.locator("video")).to_be_in_viewport(ratio=1)
    expect(page.locator("video")).to_have_js_property("controls", True)


def test_a_junk_fragment_does_not_move_the_player(page: Page, addresses):
    page.goto(f"{addresses[FILM]}#t=abc")

    page.wait_for_function(READY)
    assert page.evaluate(NOW) == 0


def test_the_player_shows_the_subtitles(page: Page, addresses):
    page.goto(addresses[FILM])

    found = page.wait_for_function(CUES).json_value()

    assert found == ["de", 18, "Dies ist ein Platzhalter und keine Aufnahme eines Treffens."]


def test_a_time_opens_the_file_at_that_time_without_scripts(new_context, addresses):
    page = new_context(java_script_enabled=False).new_page()
    page.goto(addresses[FILM])

    page.get_by_role("link", name="0:36").last.click()

    expect(page).to_have_url(re.compile(r"\.webm#t=36$"))


def test_the_file_opened_alone_plays_from_the_time_in_the_address(page: Page, addresses):
    page.goto(addresses[FILM])
    file = page.locator("video").get_attribute("src")

    page.goto(f"{file}#t=36")

    page.wait_for_function(AT, arg=36)


@pytest.fixture
def shared_film(new_context, sign_in, own_site) -> str:
    """The address of a link to the preview of the film, as an editor makes it."""
    page = new_context().new_page()
    sign_in(page, "redaktion", own_site)
    page.goto(f"{own_site.url}/verwaltung/events/attachment/?q=Platzhalter")
    page.get_by_role("link", name=FILM).first.click()
    page.get_by_role("link", name="Vorschau-Link", exact=True).click()
    page.get_by_role("button", name="Neuen Link erstellen").click()
    return page.locator(".preview-links__address").first.input_value()


def test_a_preview_link_plays_the_film_and_seeks_in_it(page: Page, shared_film):
    answers = []
    page.on("response", lambda answer: answers.append(answer) if answer.url.startswith(shared_film) else None)
    page.goto(shared_film)
    page.wait_for_function(READY)
    assert page.wait_for_function(CUES).json_value()[:2] == ["de", 18]

    page.get_by_role("link", name="0:36").last.click()

    page.wait_for_function(AT, arg=36)
    assert {answer.headers["cache-control"] for answer in answers} == {"private, no-store"}
    page.goto(f"{shared_film}datei#t=36")
    page.wait_for_function(AT, arg=36)


def test_no_other_host_is_requested_before_the_click(page: Page, addresses, tolerated):
    tolerated.append("request to another host: https://www.youtube-nocookie.com/")
    asked = []
    page.context.route(
        re.compile(r"^https?://(?!127\.0\.0\.1)"),
        lambda route: (asked.append(route.request.url), route.fulfill(body="<title>Film</title>")),
    )
    page.goto(addresses[ELSEWHERE])
    assert asked == []
    assert page.locator("iframe").count() == 0

    with page.expect_request(re.compile("youtube")):
        page.get_by_role("button", name="Von YouTube laden und abspielen").click()

    frame = page.locator("iframe")
    expect(frame).to_have_attribute("src", "https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0")
    expect(frame).to_have_attribute("title", re.compile("YouTube"))
    assert asked == ["https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?rel=0"]


@pytest.mark.walk
@pytest.mark.parametrize("title", [FILM, ELSEWHERE])
@pytest.mark.parametrize("width", [320, 768, 1280])
def test_axe_finds_nothing(page: Page, addresses, title, width, colour_scheme):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(addresses[title])

    assert run(page)["found"] == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
