"""Parsing a line about a speaker."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speakers.names import NameLine, parse


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Prof. Dr. Kai Marquardsen, FH Kiel", ("Prof. Dr.", "Kai", "Marquardsen", "", "FH Kiel")),
        (
            "Prof. Dr. Stephan Grohs, Lehrstuhl für Politik, Universität Speyer",
            ("Prof. Dr.", "Stephan", "Grohs", "Lehrstuhl für Politik", "Universität Speyer"),
        ),
        (
            "Matthias Knuth, Institut Arbeit (IAQ), Uni Essen",
            ("", "Matthias", "Knuth", "Institut Arbeit (IAQ)", "Uni Essen"),
        ),
        ("Ada Beispiel (Amt, Stadt Hamm)", ("", "Ada", "Beispiel", "Amt", "Stadt Hamm")),
        ("Anna von der Heide", ("", "Anna", "von der Heide", "", "")),
        ("Dr.-Ing. h.c. Karl-Heinz Müller (Stadt Hamm)", ("Dr.-Ing. h.c.", "Karl-Heinz", "Müller", "", "Stadt Hamm")),
        ("Frau Dipl.-Päd. Ute Klein – Jobcenter Lünen", ("Dipl.-Päd.", "Ute", "Klein", "", "Jobcenter Lünen")),
        ("Jun.-Prof. Dr. phil. Mia Lang", ("Jun.-Prof. Dr. phil.", "Mia", "Lang", "", "")),
        ("Hans Peter Weber", ("", "Hans Peter", "Weber", "", "")),
        ("van Gogh", ("", "", "van Gogh", "", "")),
        ("Şahin", ("", "", "Şahin", "", "")),
        ("Dr.", ("", "", "Dr.", "", "")),
        ("  ", ("", "", "", "", "")),
    ],
)
def test_a_line_is_parsed(line, expected):
    assert parse(line) == NameLine(*expected)


@given(st.text(max_size=300))
def test_any_line_can_be_parsed(line):
    parse(line)
