"""How accessible a file is, as a level and in words: all of it from what the file says."""

import pytest

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.reading.accessibility import in_words, level
from lernnetzwerk.reading.models import Reading

OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = {
    "pdf": "application/pdf",
    "pptx": f"{OFFICE}presentationml.presentation",
    "docx": f"{OFFICE}wordprocessingml.document",
    "jpeg": "image/jpeg",
}
GOOD = {"is_tagged": True, "has_headings": True, "language": "de-DE", "title": "Kette", "is_scan": False}


def reading(key="pdf", **fields):
    stored_file = StoredFile(media_type=TYPES[key])
    return Reading(**{"stored_file": stored_file, "state": Reading.State.DONE, **fields})


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "good"),
        ({"figures": 2, "figures_described": 2}, "good"),
        ({"figures": 2, "figures_described": 1}, "partial"),
        ({"has_headings": False}, "partial"),
        ({"language": ""}, "partial"),
        ({"title": ""}, "partial"),
        ({"is_tagged": False, "has_headings": None}, "poor"),
        ({"is_scan": True}, "poor"),
        ({"state": "failed"}, "unknown"),
        ({"state": "running"}, "unknown"),
    ],
    ids=str,
)
def test_each_missing_feature_lowers_the_level(changes, expected):
    assert level(reading(**{**GOOD, **changes})) == expected


def test_office_files_need_no_title_and_images_have_no_level():
    assert level(reading("pptx", has_headings=True, language="de")) == "good"
    assert level(reading("docx", has_headings=False, language="de")) == "partial"
    assert level(reading("jpeg", **GOOD)) == "unknown"
    assert in_words(reading("jpeg", **GOOD)) == ""


@pytest.mark.parametrize(
    ("key", "fields", "words"),
    [
        ("pdf", GOOD, "PDF mit Struktur für Vorleseprogramme, deutsch, mit Überschriften"),
        ("pdf", {"is_tagged": False}, "PDF ohne Struktur für Vorleseprogramme"),
        (
            "pdf",
            {**GOOD, "figures": 4, "figures_described": 3, "has_headings": False, "language": "tlh"},
            "PDF mit Struktur für Vorleseprogramme, Sprache tlh, ohne Überschriften; 3 von 4 Abbildungen beschrieben",
        ),
        (
            "pdf",
            {"is_scan": True, "is_tagged": False},
            "PDF aus Bildern von Seiten, ohne Text für Vorleseprogramme",
        ),
        ("pptx", {"has_headings": False}, "PowerPoint, Folien teils ohne Titel"),
        ("pdf", {**GOOD, "state": "failed"}, ""),
    ],
)
def test_accessibility_is_described_in_words(key, fields, words):
    assert in_words(reading(key, **fields)) == words


@pytest.mark.parametrize(
    ("figures", "described", "words"),
    [
        (0, 0, ""),
        (1, 1, "; die Abbildung ist beschrieben"),
        (1, 0, "; die Abbildung ist nicht beschrieben"),
        (5, 5, "; alle 5 Abbildungen beschrieben"),
        (5, 0, "; keine von 5 Abbildungen beschrieben"),
        (5, None, "; keine von 5 Abbildungen beschrieben"),
    ],
)
def test_figures_are_counted_in_words(figures, described, words):
    facts = {"is_tagged": False, "figures": figures, "figures_described": described}

    assert in_words(reading(**facts)) == f"PDF ohne Struktur für Vorleseprogramme{words}"
