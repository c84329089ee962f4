"""Matching of realistic file names to the sessions of a real event."""

import unicodedata
from dataclasses import replace

import pytest

from events.attachments import matching
from events.attachments.matching import Candidate, kind_of, matches, suggestion, words
from lernnetzwerk.text.folding import fold

WELCOME, GROHS, KNUTH, HAMM, BIELEFELD, LUENEN = range(1, 7)
EVENT = (
    Candidate(WELCOME, title="Begrüßung"),
    Candidate(GROHS, speakers=("Grohs",), chairs=("Sommer",)),
    Candidate(KNUTH, speakers=("Knuth",), chairs=("Sommer",), title="Aktivieren oder befähigen?"),
    Candidate(HAMM, municipalities=("Hamm",), title="Bildung und Teilhabe aus einer Hand"),
    Candidate(BIELEFELD, municipalities=("Bielefeld",), title="Jugendberufsagentur"),
    Candidate(LUENEN, municipalities=("Lünen",), title="Kooperation mit dem Jobcenter"),
)


def suggested(name: str, candidates=EVENT) -> int | None:
    found = suggestion(matches(name, candidates))
    return found.key if found else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Knuth_Aktivieren oder befähigen.pdf", KNUTH),
        ("2018-11-29 Luenen JC Kooperation FINAL.pptx", LUENEN),
        ("LÜNEN.pdf", LUENEN),
        ("Lunen-forum3.pdf", LUENEN),
        (unicodedata.normalize("NFD", "Lünen Jobcenter.pdf"), LUENEN),
        ("Vortrag Prof. Dr. Stephan Grohs.pdf", GROHS),
        ("VortragGrohs2018.pdf", GROHS),
        ("grohs-folien.PDF", GROHS),
        ("praxisforum_hamm_but.pptx", HAMM),
        ("JBA Bielefeld (2).odp", BIELEFELD),
        ("Aktivieren_oder_befaehigen.pdf", KNUTH),
        ("Jugendberufsagentur.pdf", None),
        ("Hammer Erklärung.pdf", None),
        ("Präsentation final NEU.pptx", None),
        ("Hamm und Bielefeld gemeinsam.pdf", None),
        ("Moderation Sommer.pdf", None),
        ("scan0001.pdf", None),
        ("", None),
        ("....pdf", None),
        ("\x00\x01.pdf", None),
    ],
)
def test_a_file_name_matches_its_session_or_none(name, expected):
    assert suggested(name) == expected


def test_a_match_gives_its_reasons_in_words():
    best = matches("Knuth_Aktivieren oder befähigen.pdf", EVENT)[0]

    assert best.reasons == ("Nachname Knuth im Dateinamen", "aus dem Titel: Aktivieren, befähigen")
    assert best.score == 14


def test_two_equal_matches_come_first_and_none_is_suggested():
    found = matches("Hamm und Bielefeld gemeinsam.pdf", EVENT)

    assert [match.key for match in found] == [HAMM, BIELEFELD]
    assert suggestion(found) is None


def test_a_speaker_outweighs_a_chair():
    talk, discussion = Candidate(1, speakers=("Sommer",)), Candidate(2, chairs=("Sommer",))

    assert suggested("Sommer.pdf", [discussion, talk]) == 1


def test_titles_distinguish_two_talks_of_one_speaker():
    talks = [Candidate(1, speakers=("Knuth",), title="Sanktionen"), Candidate(2, speakers=("Knuth",), title="Teilhabe")]

    assert suggested("Knuth.pdf", talks) is None
    assert suggested("Knuth Teilhabe.pdf", talks) == 2


def test_a_word_in_many_titles_has_little_weight():
    talks = [Candidate(key, title=f"Kinderarmut in Stadtteil {key}") for key in range(1, 6)]

    assert [match.score for match in matches("Kinderarmut.pdf", talks)] == [0.4] * 5


def test_names_of_several_words_must_stand_together():
    talks = [Candidate(1, speakers=("Müller-Lüdenscheidt",)), Candidate(2, municipalities=("Bad Oeynhausen",))]

    assert suggested("mueller_luedenscheidt.pdf", talks) == 1
    assert suggested("Lüdenscheidt Müller.pdf", talks) is None
    assert suggested("Bad-Oeynhausen.pdf", talks) == 2
    assert suggested("Bad Salzuflen.pdf", talks) is None


@pytest.mark.parametrize(
    ("name", "file_name"),
    [
        ("Yıldırım", "Yildirim_Vortrag.pdf"),
        ("Yıldırım", "Vortrag YILDIRIM 2018.pdf"),
        ("Işık", "FolienIşıkHamm.pdf"),
        ("Błaszczyk", "Blaszczyk.pptx"),
        ("Błaszczyk", "VortragBłaszczyk2018.pptx"),
        ("Sæther", "Saether.pdf"),
        ("Đukić", unicodedata.normalize("NFD", "Đukić-Folien.pdf")),
        ("Иванова", "Иванова.pdf"),
        ("Иванова", "Ivanova_Praesentation.pdf"),
        ("الأمين", "الأمين.pdf"),
        ("in der Schmitten", "in-der-Schmitten_Praesentation.pdf"),
        ("O'Neill", "ONeill_Vortrag.pdf"),
        ("O'Neill", "O’Neill.pdf"),
        ("McDonald", "mcdonald.pdf"),
    ],
)
def test_letters_of_other_languages_match_in_any_spelling(name, file_name):
    assert suggested(file_name, [Candidate(1, speakers=("Muster",)), Candidate(2, speakers=(name,))]) == 2


def test_the_title_inside_the_file_counts_like_its_name():
    found = suggestion(matches("scan0001.pdf", EVENT, title="Vortrag Knuth"))

    assert (found.key, found.reasons) == (KNUTH, ("Nachname Knuth im Titel der Datei",))


def test_very_long_names_are_read_up_to_a_limit():
    assert len(words("ä" * 100_000)[0]) == 600


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Knuth.pdf", "slides"),
        ("Knuth.pptx", "slides"),
        ("Handout Knuth.pptx", "handout"),
        ("Lünen_Merkblatt.pdf", "handout"),
        ("Tagesordnung.docx", "agenda"),
        ("Programm 29.11.2018.pdf", "agenda"),
        ("Landesprogramm.pdf", "slides"),
        ("Fotoprotokoll.pdf", "documentation"),
        ("Ergebnisse Forum 2.docx", "documentation"),
        ("Mitschrift.odt", "documentation"),
        ("Vortrag.docx", "slides"),
        ("Programm.mp4", "video"),
        ("Grußwort.MP3", "audio"),
        ("Tafelbild.jpg", "documentation"),
        ("", "slides"),
    ],
)
def test_the_kind_is_derived_from_name_and_type(name, kind):
    assert kind_of(name) == kind


def test_names_and_titles_of_sessions_are_folded_once_for_all_files(monkeypatch):
    candidates = [replace(one) for one in EVENT]
    folded = []
    monkeypatch.setattr(matching, "fold", lambda text: folded.append(text) or fold(text))

    matches("Knuth.pdf", candidates)
    before = len(folded)
    matches("Grohs.pdf", candidates)

    assert folded[before:] == ["Grohs"]
