"""Text out of files, made fit for reading and searching."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.formats.plain_text import clean_line, clean_text

# What typesetting leaves behind, dense enough for combinations that random text never has.
AWKWARD = "aBcß1u ._-\n\r\t\v\f\0\x02\x07\u00ad\u200b\u200c\u200d\ufeff\ufffe\uffff"
AWKWARD += "\u2010\u2011\u2028\u0085\u00a0\u0308ﬁﬃ\uf0b7"
awkward = st.text(st.sampled_from(AWKWARD), max_size=40)
broken_words = st.lists(
    st.sampled_from(
        ["Jugend", "hilfe", "und", "so", "wie", "den", "noch", "E", "e", "Mail", "14", "-\n", "\ufffe", "\u00ad\n", " "]
    )
).map("".join)


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Jugend-\nhilfe", "Jugendhilfe"),
        ("Präventions-\nkette", "Präventionskette"),
        ("Präventions\ufffekette", "Präventionskette"),
        ("Präventions\ufffe\nkette", "Präventionskette"),
        ("Präventions\u2010\nkette", "Präventionskette"),
        ("Präventions\x02kette", "Präventionskette"),
        ("Prä-\nventions-\nkette", "Präventionskette"),
        ("Präventions-  \n  kette", "Präventionskette"),
        ("Werk-\nstatt", "Werkstatt"),
        ("an-\nstatt", "anstatt"),
        ("den-\nnoch", "dennoch"),
        ("so-\nwie", "sowie"),
        ("Kür-\nbis", "Kürbis"),
        ("Mutter-Kind-\nkuren", "Mutter-Kindkuren"),
    ],
)
def test_words_hyphenated_at_the_end_of_a_line_are_joined(broken, whole):
    assert clean_text(broken) == whole


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Land-\nund Forstwirtschaft", "Land- und Forstwirtschaft"),
        ("Kita-\nsowie Schulplätze", "Kita- sowie Schulplätze"),
        ("drei-\nbis vierjährige", "drei- bis vierjährige"),
        ("weder Kita-\nnoch Schulplätze", "weder Kita- noch Schulplätze"),
        ("KITA-\nUND SCHULE", "KITA- UND SCHULE"),
        ("Jugend- und\nFamilienhilfe", "Jugend- und\nFamilienhilfe"),
        ("Hartz-\r\nIV-Bezug", "Hartz-IV-Bezug"),
        ("E-\nMail", "E-Mail"),
        ("E\u2011Mail", "E-Mail"),
        ("e-\nmail", "e-mail"),
        ("14-\njährige", "14-jährige"),
        ("NRW-\nweit", "NRW-weit"),
        ("Jugend-\nHilfe", "Jugend-Hilfe"),
        ("Wort -\nnoch eins", "Wort -\nnoch eins"),
        ("2018 –\nheute", "2018 –\nheute"),
        ("Wort--\nwort", "Wort--\nwort"),
        ("Absatz-\n\nneuer", "Absatz-\n\nneuer"),
        ("am Ende-", "am Ende-"),
        ("-\nwort", "-\nwort"),
    ],
)
def test_meaningful_hyphens_stay(broken, whole):
    assert clean_text(broken) == whole


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        (
            "Sil\u00adbe und ﬁnden, Oﬃzier, Aﬀe, Stoﬄ, Koﬀer, ﬅ, ﬆ",
            "Silbe und finden, Offizier, Affe, Stoffl, Koffer, st, st",
        ),
        ("Sil\u00ad\nbe", "Silbe"),
        ("Sil\u00ad \t\nbe", "Silbe"),
        ("a\0b\n\n\n\nc", "ab\n\nc"),
        ("a\r\nb\rc\vd\fe\x85f\u2028g\u2029h", "a\nb\nc\nd\ne\nf\ng\nh"),
        ("Prävention".replace("ä", "a\u0308"), "Prävention"),
        ("\uf0b7 Punkt", "• Punkt"),
        ("\ufeffText\u200b\u202e\ufdd0\U0001ffff\ue123", "Text"),
        ("  viel \t\u00a0\u2003 Luft  ", "viel Luft"),
        ("می\u200cخواهم und 👩\u200d🎓", "می\u200cخواهم und 👩\u200d🎓"),
        ("\ud800halb", "halb"),
        ("", ""),
        ("\n\n \n", ""),
    ],
)
def test_ligatures_and_special_spaces_are_replaced(raw, clean):
    assert clean_text(raw) == clean


def test_a_long_text_is_cleaned_in_linear_time():
    text = "Präventions-\nkette " * 50_000

    assert clean_text(text) == ("Präventionskette " * 50_000).strip()


@pytest.mark.parametrize(
    ("raw", "most", "line"),
    [
        ("Jugend-\nhilfe\n\nin NRW", 500, "Jugendhilfe in NRW"),
        ("zehn Worte", 10, "zehn Worte"),
        ("elf Zeichen", 10, "elf…"),
        ("ohneLeerzeichen", 10, "ohneLeerz…"),
    ],
)
def test_a_title_is_one_line_shortened_at_a_word(raw, most, line):
    assert clean_line(raw, most) == line


@given(st.one_of(st.text(), awkward, broken_words))
def test_cleaned_text_is_normalized_and_unchanged_by_cleaning(text):
    once = clean_text(text)

    assert clean_text(once) == once
    assert not set(once) & set("\0\r\v\f\t\x02\u00ad\u2010\u2011\u2028\ufffe\uffff\ufeff")
    assert once == unicodedata.normalize("NFC", once)
    assert "\n\n\n" not in once
    assert all(line == line.strip() for line in once.split("\n"))


@given(st.one_of(st.text(), awkward, broken_words), st.integers(2, 30))
def test_a_clean_line_is_one_line_of_bounded_length(text, most):
    once = clean_line(text, most)

    assert clean_line(once, most) == once
    assert len(once) <= most
    assert "\n" not in once
