"""Formatted text pasted from other programs looks at once as it will be stored."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import admin_forms

PASTED = Path(__file__).parent.parent / "lernnetzwerk" / "pasted"
PASTE = """(field, html) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData("text/html", html)
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }))
}"""
GOOGLE = (
    '<meta charset="utf-8"><b style="font-weight:normal"><ul><li><p>eins</p></li><ul><li><p>darunter</p></li></ul>'
    "<li><p>zwei</p></li></ul><h5>Klein</h5></b>"
)
WORD = (
    "<table><tr><td><p>10:00</p></td><td>x<div><p>Begrüßung</p><p>Frau Weber</p></div></td></tr></table>"
    "<p>1.&nbsp;&nbsp; Erstens</p><p>a)&nbsp;&nbsp; Buchstabe</p><p>i.&nbsp;&nbsp; römisch</p>"
    "<p>ii.&nbsp;&nbsp; auch</p><p>b)&nbsp;&nbsp; nicht</p>"
)
OTHERS = {"google": GOOGLE, "word": WORD}
NESTED = """editor => [...editor.querySelectorAll("p, h3, h4")].map(block => {
    const path = []
    for (let at = block; at !== editor; at = at.parentElement) {
        const start = at.localName === "ol" && at.start > 1 ? at.start : ""
        if (at.localName !== "li") path.unshift(at.localName + start)
    }
    return `${path.join(" ")}: ${block.textContent}`
})"""
SEEN = {
    "tabelle-ueberschriften-links": [
        "p: Zeit | Thema",
        "p: 10:00 | Begrüßung",
        "h3: Überschrift eins",
        "h3: zwei",
        "p: altunter2 H2O x",
        "p: Fußnote[1]",
        "p: Hamm Mail ohne Schema",
    ],
    "word-liste": [
        "ul p: Erster Punkt",
        "ul ul p: Unterpunkt A",
        "ul p: Zweiter Punkt",
        "ol p: Erstens",
        "ol ol p: Buchstabe a",
        "ol p: Zweitens",
        "p: zu§ 16 SGB\u00a0II",
        "p: 1. Januar 2027 beginnt es",
    ],
    "word": [
        "p: 10:00 | xBegrüßungFrau Weber",
        "ol p: Erstens",
        "ol ol p: Buchstabe",
        "ol ol ol p: römisch",
        "ol ol ol p: auch",
        "ol ol p: nicht",
    ],
    "google": ["ul p: eins", "ul ul p: darunter", "ul p: zwei", "h4: Klein"],
}


@pytest.fixture
def empty_editor(site, page, sign_in, tolerated):
    """Opens a new form for each text: an emptied editor may keep the list that its text began with."""

    def open_editor():
        page.goto(f"{site.url}/verwaltung/events/event/add/")
        editor = admin_forms.text_editor(page, "description")
        expect(editor).to_be_visible()
        return editor

    tolerated.append("Applying inline style")  # parsing pasted attributes already reports that they have no effect
    sign_in(page, "redaktion")
    return open_editor


def test_pasted_text_shows_cells_headings_numbers_and_sub_items(empty_editor):
    for name, seen in SEEN.items():
        editor = empty_editor()
        html = OTHERS.get(name) or (PASTED / f"{name}.html").read_text()

        editor.evaluate(PASTE, html)

        if name == "word":
            assert editor.locator("p").first.inner_text() == "10:00 | x\nBegrüßung\nFrau Weber"
            assert editor.locator("ol ol ol").get_attribute("type") == "i"
        assert [line for line in editor.evaluate(NESTED) if not line.endswith(": ")] == seen
