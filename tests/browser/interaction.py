"""Simulates an editor's clicks, keys and pastes; `count` adds up the events that the browser receives."""

import re
from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser import admin_forms

# Keys that produce a character count as typed, all others as keystrokes; modifier keys alone are not counted.
COUNT = """
    const held = ['Shift', 'Control', 'Alt', 'Meta', 'AltGraph']
    addEventListener('pointerdown', () => count('clicks', 1), true)
    addEventListener('paste', event => count('pasted', event.clipboardData.getData('text/plain').length), true)
    addEventListener('keydown', event => {
        if (held.includes(event.key)) return
        const isCharacter = [...event.key].length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey
        count(isCharacter ? 'typed' : 'keys', 1)
    }, true)
"""
COPY = """([plain, html]) => navigator.clipboard.write([new ClipboardItem({
    'text/plain': new Blob([plain], { type: 'text/plain' }),
    ...(html && { 'text/html': new Blob([html], { type: 'text/html' }) }),
})])"""


@dataclass
class Effort:
    """Counts of what an editor did; `typed` and `pasted` are numbers of characters."""

    clicks: int = 0
    keys: int = 0
    typed: int = 0
    pasted: int = 0
    pages: int = 0

    def __str__(self) -> str:
        return (
            f"{self.clicks} clicks, {self.keys} keystrokes, {self.typed} characters typed, "
            f"{self.pasted} characters pasted, {self.pages} pages loaded"
        )


def count(context: BrowserContext) -> Effort:
    """Returns counts that grow with every later action in any page of this context."""
    effort = Effort()

    def add(name: str, number: int) -> None:
        setattr(effort, name, getattr(effort, name) + number)

    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.expose_function("count", add)
    context.add_init_script(COUNT)
    for page in context.pages:
        page.on("load", lambda _page: add("pages", 1))
    context.on("page", lambda page: page.on("load", lambda _page: add("pages", 1)))
    return effort


def type_into(field: Locator, text: str) -> None:
    field.click()
    field.page.keyboard.type(text)


def replace(field: Locator, text: str = "") -> None:
    field.click()
    field.page.keyboard.press("ControlOrMeta+a")
    field.page.keyboard.press("Delete")
    field.page.keyboard.type(text)


def paste_into(field: Locator, text: str, html: str = "") -> None:
    field.click()
    paste(field.page, text, html)


def paste(page: Page, text: str, html: str = "") -> None:
    """Writes text and HTML to the clipboard and pastes into the focused element, as if copied from another program."""
    page.evaluate(COPY, [text, html])
    page.keyboard.press("ControlOrMeta+v")


def choose(field: Locator, label: str, effort: Effort) -> None:
    """Chooses an option of a native select and counts two clicks, because scripts see none of them."""
    field.select_option(label=label)
    effort.clicks += 2


def search_and_choose(row: Locator, text: str) -> None:
    """Types into a Select2 field and clicks the first option that starts with `text`; the search is by substring."""
    page = row.page
    row.locator(".select2-selection").click()
    page.keyboard.type(text)
    admin_forms.expect_found(page)
    found = page.locator(".select2-results__option", has_text=re.compile(rf"^\s*{re.escape(text)}")).first
    expect(found).to_be_visible()
    found.click()


def save(page: Page) -> None:
    admin_forms.save(page)
    admin_forms.expect_saved(page)
