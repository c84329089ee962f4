"""`make fonts`: the files it writes, compared with the committed ones."""

import re

import pytest
from fontTools.ttLib import TTFont

from tools.fonts import FOLDER, SOURCES, STYLES, WEIGHTS, cut, ranges, source
from tools.steps import ROOT

GERMAN = "äöüßÄÖÜ „“‚‘–…·×§°€ é è à ç ñ ø Ø æ å ë ı"
NAMES = "Şahin Yıldız Ğ Łukasz Wójcik Đorđević Čapek Dvořák Jiří Søren Ștefan Țară Őry Žižka Ēriks Ġorġ Ňuňo Əliyev ẞ"


def letters(path):
    with TTFont(path) as font:
        return set(font.getBestCmap())


@pytest.mark.parametrize("weight", WEIGHTS)
@pytest.mark.parametrize("name", SOURCES)
def test_the_committed_files_have_the_letters_of_the_ranges(name, weight):
    wanted = ranges(STYLES.read_text())[name] & letters(source(name, weight))

    assert letters(FOLDER / f"fira-sans-{name}-{weight}.woff2") == wanted


def test_a_file_is_cut_as_it_was_committed(tmp_path):
    committed = FOLDER / "fira-sans-names-400.woff2"

    cut(source("names", 400), ranges(STYLES.read_text())["names"], tmp_path / "cut.woff2")

    assert letters(tmp_path / "cut.woff2") == letters(committed)
    assert abs((tmp_path / "cut.woff2").stat().st_size - committed.stat().st_size) < 400
    assert "Open Font License" in (FOLDER / "LICENSE").read_text()


@pytest.mark.parametrize("weight", WEIGHTS)
def test_every_page_brings_german_and_fetches_names_only(weight):
    latin, names = (letters(FOLDER / f"fira-sans-{name}-{weight}.woff2") for name in ("latin", "names"))

    assert {ord(letter) for letter in GERMAN} <= latin
    assert {ord(letter) for letter in NAMES} <= latin | names
    assert not latin & names


def test_no_letter_is_claimed_by_two_files():
    latin, names, rare = ranges(STYLES.read_text()).values()

    assert (latin & names, latin & rare, names & rare) == (set(), set(), set())


def test_pages_preload_the_files_of_all_german_text():
    preloaded = re.findall(r"static 'lernnetzwerk/fonts/(.+?)'", (ROOT / "templates" / "base.html").read_text())

    assert preloaded == ["fira-sans-latin-400.woff2", "fira-sans-latin-600.woff2"]
    assert sum((FOLDER / name).stat().st_size for name in preloaded) < 28_000
