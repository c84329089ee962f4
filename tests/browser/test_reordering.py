"""Reordering attachments in a real browser: with mouse, keys and buttons; leaving an unsaved order asks first."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import admin_forms, axe

SAVED = "Die Reihenfolge ist gespeichert."


@pytest.fixture
def page(new_context, sign_in, own_site) -> Page:
    """Signed in as `freigabe`, on the list of the documented demo event."""
    page = new_context().new_page()
    sign_in(page, "freigabe", own_site)
    page.goto(f"{own_site.url}/verwaltung/events/event/1/ordnen/")
    return page


def keys(page: Page) -> list[str]:
    """Of the longest list of the page, in its order."""
    return page.evaluate(
        """() => {
            const lists = [...document.querySelectorAll('.reorder__rows')]
            const longest = lists.sort((one, other) => other.children.length - one.children.length)[0]
            return [...longest.querySelectorAll('[name=zeile]')].map(field => field.value)
        }"""
    )


def row(page: Page, key: str):
    return page.locator(".reorder__row", has=page.locator(f"input[value='{key}']"))


def save(page: Page) -> None:
    with page.expect_navigation():  # what is told stands above the rows
        page.get_by_role("button", name="Reihenfolge speichern").click()
    admin_forms.expect_message(page, SAVED)


def test_buttons_move_a_row_keep_the_focus_and_announce_the_place(page):
    first, second, *others = keys(page)

    button = row(page, first).get_by_role("button", name="nach unten")
    button.focus()
    page.keyboard.press("Enter")

    expect(button).to_be_focused()
    expect(page.locator("[data-status]")).to_have_text(f"Jetzt Platz 2 von {2 + len(others)}.")
    expect(page.locator(".reorder__state")).to_have_text("Noch nicht gespeichert.")
    save(page)
    assert keys(page) == [second, first, *others]


def test_keys_alone_move_a_row(page):
    first, second, *others = keys(page)

    row(page, second).get_by_role("link").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(row(page, second).get_by_role("link")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    assert keys(page) == [second, first, *others]
    page.keyboard.press("Alt+ArrowDown")
    assert keys(page) == [first, second, *others]
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowUp")
    save(page)

    assert keys(page) == [second, first, *others]


def test_the_mouse_drags_a_row_down_and_up_again(page):
    first, second, *others = keys(page)

    row(page, first).locator(".reorder__handle").drag_to(row(page, second).locator(".reorder__what"))
    expect(page.locator("[data-status]")).to_have_text(f"Jetzt Platz 2 von {2 + len(others)}.")
    assert keys(page) == [second, first, *others]
    save(page)
    assert keys(page) == [second, first, *others]
    row(page, first).locator(".reorder__handle").drag_to(row(page, second).locator(".reorder__what"))
    expect(page.locator("[data-status]")).to_have_text(f"Jetzt Platz 1 von {2 + len(others)}.")
    assert keys(page) == [first, second, *others]


def test_leaving_with_an_unsaved_order_asks_for_confirmation(page):
    first, *_others = keys(page)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    row(page, first).get_by_role("button", name="nach unten").click()
    page.reload()

    assert asked == ["beforeunload"]


@pytest.mark.walk
def test_axe_finds_nothing(page):
    findings = axe.Findings()

    axe.inspect_everywhere(page, findings)

    assert findings.lines() == []
