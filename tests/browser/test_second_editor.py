"""Two editors on one form: the second is warned about the first one's save, and no input is lost."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import admin_forms
from tests.browser.pages import EVENT_PAGE

WARNING = (
    "Jemand anderes hat inzwischen gespeichert. Ihre Eingaben stehen noch hier; die andere Fassung sehen Sie in einem "
    "zweiten Fenster. Wenn Sie noch einmal speichern, wird sie ersetzt. Bitte wählen Sie Dateien noch einmal aus."
)


@pytest.fixture
def open_event(new_context, sign_in, own_site):
    def open_as(name: str) -> Page:
        page = new_context().new_page()
        sign_in(page, name, own_site)
        admin_forms.open_form(page, own_site, "events/event", 1)
        return page

    return open_as


def test_the_second_of_two_editors_is_warned_and_can_overwrite(open_event, own_site, new_context):
    first, second = open_event("freigabe"), open_event("verwaltung")
    visitor = new_context().new_page()
    admin_forms.fill(first, venue="Volkshochschule Hamm")
    admin_forms.save(first)
    admin_forms.expect_saved(first)

    admin_forms.fill(second, venue="Rathaus Hamm")
    admin_forms.write(second, "description", "Was die Zweite getippt hat.")
    admin_forms.save(second)

    expect(second.locator(".errorlist.nonfield")).to_have_text(WARNING)
    expect(second.locator("#id_venue")).to_have_value("Rathaus Hamm")
    expect(admin_forms.text_editor(second, "description")).to_have_text("Was die Zweite getippt hat.")
    visitor.goto(own_site.url + EVENT_PAGE)
    expect(visitor.locator(".title-block")).to_contain_text("Volkshochschule Hamm")

    admin_forms.save(second)

    admin_forms.expect_saved(second)
    visitor.reload()
    expect(visitor.locator(".title-block")).to_contain_text("Rathaus Hamm")
    expect(visitor.get_by_text("Was die Zweite getippt hat.")).to_be_visible()
