"""Actions of editors in the administration, in the browser."""

import sqlite3
from contextlib import closing
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page, expect

from tools.portal import Portal


def open_form(page: Page, on: Portal, instance: str, pk: int | None = None) -> None:
    """Opens the form of an object of a model such as `events/session`; without `pk` an empty form."""
    page.goto(f"{on.url}/verwaltung/{instance}/{f'{pk}/change' if pk else 'add'}/")


def number(on: Portal, instance: str, **where: str) -> int:
    """Returns the primary key of the only object with this field value, such as its `title`."""
    [(field, value)] = where.items()
    with closing(sqlite3.connect(on.folder / "db.sqlite3")) as database:
        [[pk]] = database.execute(f"SELECT id FROM {instance.replace('/', '_')} WHERE {field} = ?", [value])
    return pk


def fill(page: Page, **values: str) -> None:
    """Fields of the form itself by their names in the model, as rows below it may have labels alike."""
    for name, value in values.items():
        page.locator(f"#id_{name}").fill(value)


def save(page: Page) -> None:
    page.locator("input[name=_save]").first.click()


def expect_saved(page: Page) -> None:
    expect(page.locator(".messagelist .success")).to_be_visible()


def expect_message(page: Page, sentence: str) -> None:
    expect(page.locator(".messagelist li")).to_have_text(sentence)


def choose(row: Locator, text: str) -> None:
    """Picks from a list that searches while one types."""
    page = row.page
    row.locator(".select2-selection").click()
    page.locator(".select2-container--open .select2-search__field").fill(text)
    expect_found(page)
    page.locator(".select2-results__option", has_text=text).first.click()


def expect_found(page: Page) -> None:
    """The list that searches has answered what was typed last; until then it says so and may still change."""
    expect(page.locator(".select2-container--open .loading-results")).to_have_count(0)


def add_row(page: Page, name: str) -> Locator:
    """A new row below the form, by the name of the button for it."""
    button = page.get_by_role("button", name=f"{name} hinzufügen", exact=True)
    group = page.locator(".js-inline-admin-formset", has=button)
    button.click()
    return group.locator(".inline-related:not(.empty-form)").last


def write(page: Page, field: str, text: str) -> None:
    """Replaces a formatted text by plain `text`."""
    editor = text_editor(page, field)
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(text)


def text_editor(page: Page, field: str) -> Locator:
    return page.locator(f".field-{field} [contenteditable=true]")


def upload(row: Locator, name: str, content: bytes, media_type: str = "application/pdf") -> None:
    row.locator("input[type=file]").first.set_input_files(FilePayload(name=name, mimeType=media_type, buffer=content))


def expect_state(page: Page, state: str) -> None:
    expect(page.locator(".field-state .readonly").first).to_have_text(state)


def do(page: Page, action: str, message: str) -> None:
    """Runs an action at the top of the form, confirms it, and expects the message of the portal."""
    page.get_by_role("link", name=action, exact=True).click()
    page.get_by_role("button", name="Ja, so machen").click()
    expect_message(page, message)


def do_to_all(page: Page, on: Portal, instance: str, search: str, action: str, message: str) -> None:
    """Runs a list action for everything that a search in the list finds."""
    page.goto(f"{on.url}/verwaltung/{instance}/?q={search}")
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option(label=action)
    page.get_by_role("button", name="Ausführen").click()
    if action != "Zur Freigabe vorlegen":
        page.get_by_role("button", name="Ja, so machen").click()
    expect_message(page, message)


def stored_files(site: Portal) -> list[Path]:
    return sorted(path for path in (site.folder / "files").rglob("*") if path.is_file())
