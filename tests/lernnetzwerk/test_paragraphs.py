import pytest

from lernnetzwerk.reading.paragraphs import join_lines

WIDE = "Die Präventionskette beginnt vor der Geburt und endet nicht mit der"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("Eine Folie\nmit drei\nStichworten", "Eine Folie\nmit drei\nStichworten"),
        (f"{WIDE}\nEinschulung.\n{WIDE}\nSchule.", f"{WIDE} Einschulung.\n{WIDE} Schule."),
        (f"{WIDE}\n• Jobcenter\n• Jugendamt", f"{WIDE}\n• Jobcenter\n• Jugendamt"),
        (f"{WIDE}\n1. Jobcenter", f"{WIDE}\n1. Jobcenter"),
        (f"{WIDE}\n\n{WIDE}", f"{WIDE}\n\n{WIDE}"),
    ],
    ids=["nothing", "slide", "flowing", "bullets", "numbers", "paragraphs"],
)
def test_full_width_lines_are_joined_and_short_ones_stay_separate(text, expected):
    assert join_lines(text) == expected
