"""The analyser finds in texts what queries ask for, on any input and in linear time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lernnetzwerk.search.analyser import cleaned, tokens
from lernnetzwerk.search.compounds import Vocabulary
from lernnetzwerk.search.index_tokens import MOST, analysed, stored_tokens
from lernnetzwerk.search.query import MOST as MOST_UNITS
from lernnetzwerk.search.query import Unit, units
from tests.growth import grows_with_its_input
from tests.test_linear_time import of

WORDS = """
amt arbeit armut bildung fach gesundheit hilfe jobcenter jugend kette kinder kita kraft paket planung pravention
schule sozial teilhabe verwaltung
"""
KNOWN = Vocabulary(WORDS.split())
PIECES = ("a", "A", " ", "-", "a-", "a- ", "a -", '"a" ', "ä", "Schüler:innen ", "SGB II ", "§ 16 h ", "U 25 ")
SHORT = ('"', "\ud800", "\0", "😀", "\u202eא", "\u0301")  # analysed in no time
PIECES += ("Präventionskettenarbeit", "aA", "1", "_", "-a")


def is_found(query: str, text: str) -> bool:
    """Whether each unit of the query has an alternative of which the text has all atoms, on any level."""
    found = tokens(cleaned(text), KNOWN)
    forms = {form for token in found for form in token.written}
    stems = {stem for token in found for stem in (*token.stems, *token.parts)}
    asked = units(query)
    return bool(asked) and all(
        any(all(form in forms or stem in stems for form, stem in atoms) for atoms in unit.alternatives)
        for unit in asked
    )


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("Kette", "Die Präventionsketten in NRW"),
        ("Prävention", "Präventionskette"),
        ("Teilhabe", "Bildungs- und Teilhabepaket"),
        ("Bildungspaket", "Bildungs- und Teilhabepaket"),
        ("Jobcentern", "das Jobcenter"),
        ("Jobcenter", "in Jobcentern"),
        ("Luenen", "Stadt Lünen"),
        ("Lünen", "STADT LUENEN"),
        ("Lu\u0308nen", "Lünen"),
        ("Strasse", "Straße"),
        ("Häuser", "ein Haus"),
        ("Frau", "Frauen"),
        ("Schülerinnen", "Schüler:innen"),
        ("Schüler", "Schüler*innen"),
        ("Schüler:innen", "Schülerinnen und Schüler"),
        ("Schülerinnen", "SchülerInnen"),
        ("SchülerInnen", "die Schülerin"),
        ("Schülerinnen", "Schüler/-innen"),
        ("Schülerinnen", "Schüler/innen, Schüler_innen"),
        ("Fachkräfte", "Fachkraft"),
        ("Arbeitsverwaltung", "Arbeits- und Sozialverwaltung"),
        ("Jugendamt", "Jugend-, Sozial- und Gesundheitsamt"),
        ("Kindergesundheit", "Kinderarmut und -gesundheit"),
        ("Sozialarbeit", "Schulsozialarbeit in der Schule, Arbeit, sozial"),
        ("Hilfe", "Jugendhilfeplanung"),
        ("SGB II", "nach SGB II"),
        ("SGB 2", "nach SGB II"),
        ("SGB-II", "nach SGB II"),
        ("sgbii", "nach SGB II"),
        ("§ 16h", "§ 16 h SGB II"),
        ("§ 16 h", "§ 16h"),
        ("U25", "U 25, U-25"),
        ("U 25", "das U25-Team"),
        ("Casemanagement", "Case-Management"),
        ("Case-Management", "Casemanagement"),
        ("Case-Management", "Case Management"),
        ("Yildirim", "Yıldırım"),
        ("Иванова", "Ivanova"),
        ("soft hyphen", "so\u00adft hyphen"),
    ],
)
def test_a_query_finds_the_word_however_it_is_written(query, text):
    assert is_found(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("SGB II", "SGB VIII, Teil II"),
        ("SGB II", "SGB III"),
        ("U25", "Ü25"),
        ("Anspruch", "Inanspruchnahme"),
        ("Kette", "Kettering"),
        ("Rat", "Ratgeber"),
        ("Amt", "gesamt"),
        ("Arbeitsverwaltung", "Arbeit und Verwaltung"),
    ],
)
def test_other_words_are_not_found(query, text):
    assert not is_found(query, text)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Jobcenter -Kita", [("Jobcenter", "", False), ("Kita", "", True)]),
        ('"frühe Hilfen" -Kita', [("frühe Hilfen", "fruhe hilfen", False), ("Kita", "", True)]),
        ("„Frühe Hilfen“", [("Frühe Hilfen", "fruhe hilfen", False)]),
        ('-"frühe Hilfen"', [("frühe Hilfen", "fruhe hilfen", True)]),
        ("Eltern-Kind", [("Eltern Kind", "", False)]),
        ('"offen', [("offen", "", False)]),
        ("a - b", [("a", "", False), ("b", "", False)]),
        ("das Amt", [("Amt", "", False)]),
        ("wie ist das", [("wie", "", False), ("ist", "", False), ("das", "", False)]),
        ('"" -- % ; \' () * AND', [("AND", "", False)]),
        ("😀 ¿", []),
    ],
)
def test_quotation_marks_and_minus_are_all_there_is_to_learn(text, asked):
    assert [(unit.raw, unit.phrase, unit.is_excluded) for unit in units(text)] == asked


def test_a_synonym_is_an_alternative_with_all_its_words():
    groups = [[("but",), ("bildung", "und", "teilhabe")]]

    short, long = units("BuT", groups), units("Bildung und Teilhabe Lünen", groups)

    meaning = (("bildung", "bildung"), ("teilhabe", "teilhab"))
    assert short == [Unit("BuT", ((("but", "but"),), (("but", "but"),), meaning))]
    assert long[0].alternatives[0] == meaning
    assert [unit.raw for unit in long] == ["Bildung und Teilhabe", "Lünen"]


@pytest.mark.parametrize("piece", [*SHORT, *(pytest.param(piece, marks=pytest.mark.walk) for piece in PIECES)])
def test_any_length_of_anything_is_analysed_and_asked(piece):
    text = piece * (100_000 // len(piece))

    several, words = analysed({"title": text[:500], "text": text}, KNOWN)
    (stored,) = stored_tokens([several])

    assert (len(several) <= MOST, len(stored) < 1_000_000) == (True, True)
    assert (stored + words).isascii()
    assert "\0" not in stored + words
    assert len(units(text)) <= MOST_UNITS


@pytest.mark.walk
def test_the_time_grows_no_faster_than_the_text():
    def analyse(text: str) -> object:
        return analysed({"text": text}, KNOWN), units(text)

    assert [piece for piece in (*SHORT, *PIECES) if not grows_with_its_input(analyse, of(piece), 4_000)] == []


@given(st.text(max_size=60))
@settings(max_examples=60)
def test_a_text_is_found_by_its_own_first_words(text):
    words = [token.raw for token in tokens(cleaned(text))][:3]

    assert [word for word in words if not is_found(word, text)] == []


def test_an_item_has_each_token_once_and_no_part_that_stands_alone_elsewhere():
    pages = ["Kinderarmut im Quartier", "Armut im Quartier", "Kinderarmut"]

    stored = list(stored_tokens([analysed({"text": page}, KNOWN)[0] for page in pages]))

    own = [[token for token in one.split() if token[0] < "m"] for one in stored]
    of_item = [[token for token in one.split() if token[0] >= "m"] for one in stored]
    assert own[0] == ["jkinderarmut", "kkinderarmut", "lkind", "larmut", "jim", "kim", "jquartier", "kquarti"]
    assert of_item == [
        ["vkinderarmut", "wkinderarmut", "xkind", "vim", "wim", "vquartier", "wquarti"],
        ["varmut", "warmut"],
        [],
    ]


@given(st.text(alphabet=st.sampled_from(list("aäA1ßüI-:*/_ \"'§.()innen\u0301\0\ud800")), max_size=80))
@settings(max_examples=60)
def test_nothing_raises(text):
    assert "".join(analysed({"text": text}, KNOWN)[0]).isascii()
    assert all(unit.alternatives for unit in units(text))
