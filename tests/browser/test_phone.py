"""Pages on small phones: how long they are, and what stands in one line."""

import pytest

from tools import pageweight, visits

pytestmark = pytest.mark.walk

SMALLEST = {"width": 320, "height": 640}
LINES = """
    selector => Math.round(document.querySelector(selector).getBoundingClientRect().height
        / parseFloat(getComputedStyle(document.querySelector(selector)).lineHeight))
"""
MIDDLES = """
    () => [...document.querySelectorAll('.wordmark, .site-header__search, .site-header__menu')]
        .map(each => each.getBoundingClientRect()).map(box => Math.round(box.top + box.height / 2))
"""


@pytest.mark.parametrize("kind", pageweight.SCREENS)
def test_a_long_page_keeps_its_bar_on_a_phone(browser, site, kinds, kind):
    assert pageweight.screens(browser, site.url + kinds[kind]) <= pageweight.SCREENS[kind]


def test_the_date_of_the_next_meeting_and_the_masthead_stand_in_one_line_each(new_context):
    page = new_context(viewport=SMALLEST).new_page()
    page.goto("/")
    page.evaluate(visits.SETTLED)
    middles = page.evaluate(MIDDLES)

    assert page.evaluate(LINES, ".next__date") == 1
    assert len(middles) == 3
    assert max(middles) - min(middles) <= 2
