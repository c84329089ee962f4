"""Links within a page: on a phone each lands at its target, clicked and as an address."""

import pytest

from tools import visits

PHONE = {"width": 360, "height": 740}
JUMPING = (visits.COMING, "attachment", "practice")  # the longest page, one with pictures, one with a map
EVENTS = (visits.COMING, visits.DOCUMENTED)  # whose programme has a short and a long form
NEAR = 100  # pixels between the upper edge of the window and the target
JUMPS = """() => [...new Set([...document.querySelectorAll('main a[href^="#"]')]
    .filter(link => link.checkVisibility()).map(link => link.getAttribute('href')))]"""
# Far from the target, unless the page ends before the target can reach the upper edge.
DISTANCE = """hash => {
    const { top } = document.getElementById(decodeURIComponent(hash.slice(1))).getBoundingClientRect()
    const isAtEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - 2
    return isAtEnd && top < innerHeight ? Math.min(top, 0) : top
}"""


WAYS = ("click", "address")


def missed(page, path: str, jumps: list[str], ways: tuple[str, ...] = WAYS) -> list[str]:
    """Returns each jump that lands away from its target, and the pixels, by click on the fresh page and by address."""
    found = []
    for jump in jumps:
        for way in ways:
            page.goto("about:blank")
            page.goto(path + (jump if way == "address" else ""))
            if way == "click":
                page.evaluate("hash => document.querySelector(`main a[href='${hash}']`).click()", jump)
            page.evaluate(visits.SETTLED)
            distance = page.evaluate(DISTANCE, jump)
            if not 0 <= distance <= NEAR:
                found.append(f"{path}{jump} by {way}: {distance:.0f} px")
    return found


def jumps_of(page, path: str) -> list[str]:
    page.goto(path)
    return page.evaluate(JUMPS)


# What the walk below does both ways for every jump of every kind of page.
def test_the_last_jump_of_a_long_page_lands_at_its_target(page, kinds):
    page.set_viewport_size(PHONE)
    last = {path: jumps_of(page, path)[-1:] for kind, path in kinds.items() if kind in JUMPING}

    assert all(last.values())
    assert [line for path, jumps in last.items() for line in missed(page, path, jumps, WAYS[1:])] == []
    assert missed(page, kinds[visits.COMING], last[kinds[visits.COMING]], WAYS[:1]) == []


@pytest.mark.walk
@pytest.mark.parametrize("form", ["", "?programm=kurz", "?programm=ausfuehrlich"])
def test_every_jump_of_each_kind_of_page_lands_at_its_target(page, kinds, form):
    page.set_viewport_size(PHONE)
    pages = [path + form for kind, path in kinds.items() if not form or kind in EVENTS]

    assert [line for path in pages for line in missed(page, path, jumps_of(page, path))] == []


@pytest.mark.walk
def test_a_page_is_as_high_as_after_scrolling(page, kinds):
    page.set_viewport_size(PHONE)
    heights = []
    for path in (kinds["home"], kinds[visits.COMING], kinds["practice"]):
        page.goto(path)
        before = page.evaluate("document.documentElement.scrollHeight")
        page.evaluate(f"scrollTo(0, 1e6), {visits.SETTLED}")
        heights.append(page.evaluate("document.documentElement.scrollHeight") - before)

    assert heights == [0, 0, 0]
