"""Slow checks may skip a page only if other pages contain all its markup."""

import re

import pytest

from tests.browser.cover import cover
from tests.browser.pages import LOGIN, MISSING
from tools import visits

PAGE = '<main><h1>Eins</h1><p class="lead">Text <a href="/a">Verweis</a></p><h2>Zwei</h2></main>'


def test_a_page_with_other_words_and_addresses_is_not_selected_again():
    other = PAGE.replace("Text", "Ganz anderer Text").replace("/a", "/b")

    assert cover({"/": PAGE, "/other/": other}) == ["/"]


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("<p ", "<div><p "),
        ('class="lead"', 'class="lead lead--new"'),
        ('href="/a"', 'href=""'),
        ('href="/a"', 'href="/a" aria-label="Verweis auf A"'),
        ('<a href="/a">Verweis</a>', '<img src="/a" alt="">'),
        ("<main>", '<main lang="en">'),
        ("<h2>Zwei</h2>", "<h2>Zwei</h2><h2>Drei</h2>"),
    ],
)
def test_a_page_with_other_markup_is_selected(was, becomes):
    assert "/other/" in cover({"/": PAGE, "/other/": PAGE.replace(was, becomes)})


@pytest.mark.walk
def test_every_kind_of_page_is_selected(representative_pages, all_pages, site):
    kinds = {**visits.KINDS, visits.COMING: "/veranstaltungen/[^/]+/", visits.SEARCH: "/suche/"}
    lists_and_pages = {path.split("?")[0] for path in representative_pages}

    assert {kind for kind in kinds if any(re.fullmatch(kinds[kind], path) for path in lists_and_pages)} == set(kinds)
    assert set(representative_pages) <= set(all_pages)
    assert {LOGIN, MISSING} <= set(representative_pages)
    assert len([path for path in representative_pages if "?" in path]) >= 8
