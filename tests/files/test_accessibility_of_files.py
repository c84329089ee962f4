"""How accessible a file is, as a level and in words: all of it from what the file says."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.formats.results import ActiveContent, Remark
from lernnetzwerk.reading.accessibility import in_words, level
from lernnetzwerk.reading.findings import findings
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
        ({"is_encrypted": True}, "partial"),
        ({"remarks": ["skipped_headings"]}, "partial"),
        ({"remarks": ["garbled"]}, "partial"),
        ({"active_content": ["xfa"]}, "partial"),
        ({"is_tagged": False, "has_headings": None}, "poor"),
        ({"is_scan": True}, "poor"),
        ({"state": "failed"}, "unknown"),
        ({"state": "running"}, "unknown"),
    ],
    ids=str,
)
def test_each_missing_feature_lowers_the_level(changes, expected):
    assert level(reading(**{**GOOD, **changes})) == expected


# Findings about what a file does or contains besides; they do not keep anybody from reading it.
NO_BARRIERS = {"contact", "embedded", "external", "javascript", "launch", "media", "program", "hidden"}


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "is_tagged": st.booleans(),
            "has_headings": st.booleans(),
            "is_scan": st.booleans(),
            "is_encrypted": st.booleans(),
            "language": st.sampled_from(["", "de"]),
            "title": st.sampled_from(["", "Kette"]),
            "figures": st.sampled_from([None, 0, 2]),
            "remarks": st.lists(st.sampled_from(get_args(Remark)), unique=True, max_size=2),
            "active_content": st.lists(st.sampled_from(get_args(ActiveContent)), unique=True, max_size=2),
            "hidden_content": st.sampled_from([{}, {"layers": 1}]),
            "outline": st.sampled_from([[], [{"level": 2, "title": "a", "page": 0}]]),
        },
    ),
    st.sampled_from(["pdf", "docx", "pptx"]),
)
def test_no_file_with_a_barrier_is_called_accessible(fields, key):
    file = reading(key, **{**GOOD, **fields})

    if level(file) == "good":
        assert {finding.key for finding in findings(file)} <= NO_BARRIERS


@pytest.mark.parametrize(
    ("levels", "is_skipping"),
    [([], False), ([1], False), ([1, 2, 3, 1, 2], False), ([1, 1, 3], True), ([2], True), ([1, 2, 4], True)],
)
def test_headings_of_a_text_document_skip_no_level(levels, is_skipping):
    outline = [{"level": one, "title": "Anlass", "page": 0} for one in levels]
    text = reading("docx", has_headings=True, language="de", outline=outline)

    assert level(text) == ("partial" if is_skipping else "good")
    assert [finding.key for finding in findings(text)] == (["skipped_headings"] if is_skipping else [])


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
        (
            "pdf",
            {**GOOD, "has_headings": None, "is_encrypted": True, "remarks": ["garbled"]},
            "PDF mit Struktur für Vorleseprogramme, deutsch, verschlüsselt, Text teils unlesbar",
        ),
        (
            "pdf",
            {**GOOD, "remarks": ["skipped_headings"]},
            "PDF mit Struktur für Vorleseprogramme, deutsch, Überschriften mit Lücken zwischen den Ebenen",
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
