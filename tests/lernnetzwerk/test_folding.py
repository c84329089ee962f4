"""Spellings that are equal for searches, matching and suggestions."""

import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.text.folding import (
    LONGEST_QUERY,
    MOST_WORDS,
    contains,
    fold,
    rank,
    search_words,
    stored_form,
    transliterate,
)

# Spellings of one name: a query in any of them must find a stored name in any of them.
SAME = [
    ["Ährenfeld", "ährenfeld", "ÄHRENFELD", "A\u0308hrenfeld", "Ahrenfeld", "Aehrenfeld", "AEHRENFELD"],
    ["Köln", "KÖLN", "Koeln", "Ko\u0308ln", "koln"],
    ["Lünen", "luenen", "LUNEN"],
    ["Großer", "GROSSER", "Groẞer", "grosser"],
    ["Yıldırım", "Yildirim", "YILDIRIM", "yıldırım"],
    ["İlknur", "ilknur", "Ilknur", "I\u0307lknur"],
    ["Błaszczyk", "Blaszczyk", "BŁASZCZYK"],
    ["Øystein", "Oystein", "Oeystein"],
    ["Sæther", "Saether", "Sather"],
    ["Đukić", "Dukic", "Đukic\u0301"],
    ["Иванова", "ИВАНОВА", "Ivanova", "иванова"],
    ["محمد", "مُحَمَّد", "محـمد", "mhmd"],
    ["أحمد", "احمد", "ahmd"],
    ["O'Neill", "O’Neill", "ONeill", "oʼneill"],
    ["Müller-Lüdenscheidt", "Müller Lüdenscheidt", "mueller\u2010luedenscheidt"],
    ["Jugend\u00adamt", "Jugendamt"],
    ["ﬁnden", "Finden", "\uff26inden"],
    ["㎏", "kg"],
]


@pytest.mark.parametrize(("stored", "typed"), [pair for names in SAME for pair in product(names, names)])
def test_each_spelling_of_a_name_finds_each_other(stored, typed):
    assert fold(stored) == fold(typed)
    assert contains(stored_form([stored]), search_words(typed))


@pytest.mark.parametrize(("stored", "typed"), [("Lünen", "Unna"), ("Hamm", "Hammer"), ("Max Groß", "Groß Köln")])
def test_other_names_are_not_found(stored, typed):
    assert not contains(stored_form([stored]), search_words(typed))


@pytest.mark.parametrize("name", ["Michael", "Raesmueller", "Neuenhaus", "Yıldırım", "Großmüller", "Kołodziejczyk"])
def test_every_part_of_a_word_is_found(name):
    for start in range(len(name)):
        for end in range(start + 1, len(name) + 1):
            assert contains(stored_form([name]), search_words(name[start:end])), name[start:end]


def test_letters_without_a_transliteration_stay_searchable():
    assert contains(stored_form(["Hamm \U0003134a"]), search_words("\U0003134a"))
    assert not contains(stored_form(["Hamm"]), search_words("\U0003134a"))


@pytest.mark.parametrize("text", ["", "%", "_", "' -- *", "\U0001f642", "\u202e\ufeff"])
def test_signs_are_no_words(text):
    assert search_words(text) == []


def test_a_query_has_a_limit():
    assert len(search_words("a b c d e f g h i j k l m")) == MOST_WORDS
    assert search_words("x" * 1000) == [("x" * LONGEST_QUERY,)]
    assert search_words("Hamm hamm HAMM") == [("hamm",)]


@given(st.text(max_size=80))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("Müller & Łukasz – Æsop", "Mueller & Lukasz – Aesop"),
        ("Мария ☃", "Mariya ☃"),
        ("ı İ đ ø ß ẞ", "i I d o ss SS"),
        ("Soft\u00adhyphen e\u0301", "Softhyphen e"),
    ],
)
def test_letters_become_latin_and_other_signs_stay(text, latin):
    assert transliterate(text) == latin


def test_exact_names_rank_before_beginnings_and_parts():
    names = ["Bad Unna", "Kreis Unna-Nord", "Unnaberg", "Unna", "Runnabaum"]

    assert [rank(name, "UNNA") for name in names] == [2, 2, 1, 0, 3]
