"""Helpers for tests of the programme editor."""

from playwright.sync_api import Page, expect

from tests.browser import admin_forms
from tools import visits
from tools.portal import Portal

TITLES = ".row__title input"
SUGGESTIONS = ".row__suggestions [role=option]:visible"  # while one types there may still be those for the beginning


def open_empty(page: Page, on: Portal) -> None:
    page.goto(f"{on.url}/verwaltung/events/event/{admin_forms.number(on, 'events/event', title='Ganz neu')}/programm/")
    expect(page.get_by_role("button", name="Speichern")).to_be_visible()


def rows(page: Page) -> list[tuple[str, bool]]:
    """Titles in their order, and whether they stand under the one above."""
    found = page.locator(".row").evaluate_all(
        "rows => rows.map(row => [row.querySelector('.row__title input').value, row.matches('.row--under')])"
    )
    return [tuple(row) for row in found]


def write(page: Page, *titles: str) -> None:
    for title in titles:
        page.keyboard.press("Control+Enter")
        page.keyboard.type(title)


def save(page: Page) -> None:
    page.keyboard.press("Control+s")
    expect(page.locator(".programme-editor__state")).to_have_text(
        "Gespeichert"
    )  # the message may be that of the save before
    expect(page.locator(".programme-editor__message")).to_have_text("Gespeichert. Öffentlich wird es mit der Freigabe.")


def expect_message(page: Page, sentence: str) -> None:
    expect(page.locator(".programme-editor__message")).to_contain_text(sentence)


def paste(page: Page, text: str) -> None:
    page.locator(TITLES).last.evaluate(visits.PASTE, text)


def preview(page: Page) -> str:
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Vorschau (neues Fenster)").click()
    expect(opened.value.locator(".programme")).to_be_visible()
    opened.value.wait_for_load_state()
    return " ".join(opened.value.locator(".programme").inner_text().split())
