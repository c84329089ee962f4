"""What comes out of the printer: few sheets, nothing one would click."""

import re

import pypdfium2
import pytest
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from playwright.sync_api import Page

from tests.browser.pages import EVENT_PAGE
from tools.visits import COMING

SIZES = "found => found.map(one => parseFloat(getComputedStyle(one).fontSize))"
FROM_THE_TOP = """
    found => found.toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top)
        .map(one => one.getAttribute("aria-labelledby"))
"""
ON_SCREEN_ONLY = (".skip-link", ".wordmark", ".site-nav__list", ".breadcrumb", ".jump-list__title", ".site-footer__end")


def sheets(page: Page, path: str) -> list[str]:
    """The text of each A4 sheet."""
    page.goto(path)
    document = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return [sheet.get_textpage().get_text_range() for sheet in document]


def test_the_programme_of_the_next_event_fits_on_two_sheets(page, coming, site):
    printed = sheets(page, coming)
    titles = page.locator(".programme :is(.session__title, .forum__topic)").all_inner_texts()

    assert len(titles) >= 12
    assert [title for title in titles if plain(title) not in plain("".join(printed))] == []
    assert len(printed) == 2
    today = date_format(timezone.localdate(), "j. F Y")
    host_and_path = f"{site.url}{coming}".removeprefix("http://")
    assert plain(f"{settings.SITE_NAME} · {host_and_path} · {today}") in plain(printed[0])


def test_on_paper_states_are_smaller_than_titles(page, coming):
    page.emulate_media(media="print")
    page.goto(coming)

    states = page.locator(".programme .kern-badge .kern-label, .sample").evaluate_all(SIZES)

    assert len(states) >= 3
    assert max(states) < min(page.locator(".programme .session__title").evaluate_all(SIZES))


@pytest.mark.walk  # asks every page for its length
@pytest.mark.parametrize("kind", ["session", "example", "documented meeting", COMING])
def test_print_shows_no_controls(page, kinds, kind):
    printed = "".join(sheets(page, kinds[kind]))

    on_screen = {name: page.locator(name).all_text_contents() for name in ON_SCREEN_ONLY}
    assert plain(page.locator("h1").inner_text()) in plain(printed)
    assert [name for name, texts in on_screen.items() if any(plain(text) in plain(printed) for text in texts)] == []


@pytest.mark.walk
@pytest.mark.parametrize(("kind", "most"), [("session", 2), ("example", 3)])
def test_a_page_takes_few_sheets(page, kinds, kind, most):
    assert len(sheets(page, kinds[kind])) <= most


def test_the_documented_event_prints_its_whole_programme_first_on_two_sheets(page):
    printed = sheets(page, EVENT_PAGE)
    text = "".join(printed)

    assert [municipality for municipality in ("Hamm", "Bielefeld", "Lünen") if municipality not in text] == []
    assert len(printed) <= 2
    page.emulate_media(media="print")
    parts = page.locator(".part").locator("visible=true").evaluate_all(FROM_THE_TOP)
    assert parts == ["programm", "rueckblick"]


def plain(text: str) -> str:
    """Without spaces, hyphens and marks of breaks, which a printer sets as it likes."""
    return re.sub(r"[\s\u00ad\ufffe\u2010-]+", "", text)
