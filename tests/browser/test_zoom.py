"""Tests of the helper that finds content lost by larger text; test_every_page.py applies it to every page."""

import pytest

from tests.browser import layout
from tests.browser.zoom import WINDOWS, lost


@pytest.mark.parametrize(
    ("planted", "kind"),
    [
        ('<p style="inline-size: 50rem">breit</p>', "sideways"),
        ('<p style="inline-size: 5rem; overflow: hidden; white-space: nowrap">abgeschnitten wie nie</p>', "cut"),
        ('<div style="block-size: 2rem; overflow: clip"><p>Eins</p><p>Zwei</p><p>Drei</p></div>', "cut"),
        ('<p>Oben</p><p style="margin-block-start: -2.2em">Unten</p>', "text on text"),
        ('<p style="text-indent: -2em">Anfang fehlt</p>', "left of the window"),
        ('<div style="position: sticky; top: 0; block-size: 12rem">Kopf</div>', "covers the window"),
    ],
)
def test_lost_content_is_noticed(page, planted, kind):
    page.set_content(f'<!doctype html><html lang="de"><body style="margin: 0"><h1>Titel</h1>{planted}</body></html>')
    page.set_viewport_size({"width": 320, "height": 256})

    kinds = {loss.split(":")[0] for loss in page.evaluate(layout.PROBLEMS, layout.MAY_BE_CUT)}

    assert kinds - {"sticks out"} == {kind}


def test_content_lost_only_with_wide_spacing_is_noticed(page):
    fixed = "inline-size: 9rem; white-space: nowrap; overflow: hidden; font: 16px monospace"
    page.set_content(f'<!doctype html><html lang="de"><body><p style="{fixed}">Genau so breit</p></body></html>')

    assert {place for place, _loss in lost(page)} == {f"{name}, spaced" for name in WINDOWS}
