"""What may not be stored is refused in the form, with a sentence that helps, and leaves nothing behind."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import admin_forms
from tools.portal import Portal

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00" + bytes(500)
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PAGE = b"<!doctype html><script>alert(1)</script>"
OTHER_CONTENT = "Die Datei endet auf „.pdf“, ihr Inhalt hat aber ein anderes Format."
UNKNOWN = "Dateien mit der Endung „{}“ werden hier nicht angenommen. "
DOUBLE = "Der Dateiname hat zwei Endungen („.html.pdf“). Bitte benennen Sie die Datei so um, dass nur „.pdf“ bleibt."


@pytest.mark.parametrize(
    ("name", "content", "media_type", "sentence"),
    [
        pytest.param("folien.pdf", PROGRAM, "application/pdf", OTHER_CONTENT, id="program"),
        pytest.param("logo.svg", PICTURE, "image/svg+xml", UNKNOWN.format(".svg"), id="svg", marks=pytest.mark.walk),
        pytest.param("a.pdf.html", PAGE, "text/html", UNKNOWN.format(".html"), id="html", marks=pytest.mark.walk),
        pytest.param(
            "folien.html.pdf", b"%PDF-1.7\n", "application/pdf", DOUBLE, id="two-endings", marks=pytest.mark.walk
        ),
    ],
)
def test_a_forbidden_file_is_refused_and_not_stored(site, page, sign_in, name, content, media_type, sentence):
    before = admin_forms.stored_files(site)
    sign_in(page, "redaktion")
    rows = handouts(page, site)
    admin_forms.open_form(page, site, "events/attachment")
    page.locator("#id_kind").select_option(label="Handout")

    admin_forms.upload(page.locator(".field-stored_file"), name, content, media_type)
    admin_forms.save(page)

    expect(page.locator(".field-stored_file .errorlist")).to_have_text(re.compile(f"^{re.escape(sentence)}"))
    assert admin_forms.stored_files(site) == before
    assert handouts(page, site) == rows


def handouts(page: Page, site: Portal) -> list[str]:
    page.goto(f"{site.url}/verwaltung/events/attachment/?kind__exact=handout&q=")
    return page.locator("#result_list tbody tr").all_inner_texts()
