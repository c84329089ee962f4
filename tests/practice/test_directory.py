import pytest

from lernnetzwerk.text.folding import stored_form
from practice.directory import find_municipalities, neighbours
from practice.models import Municipality


def municipality(key, name, latitude=None, longitude=None, **fields):
    folded = stored_form([name])
    return Municipality(pk=key, name=name, folded=folded, latitude=latitude, longitude=longitude, **fields)


MUNICIPALITIES = [
    municipality(1, "Kreis Unna"),
    municipality(2, "Lünen"),
    municipality(3, "Unna"),
    municipality(4, "Bad Salzuflen"),
    municipality(5, "Mülheim an der Ruhr"),
]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("unna", ["Unna", "Kreis Unna"]),
        ("Lünen", ["Lünen"]),
        ("luenen", ["Lünen"]),
        ("LUNEN", ["Lünen"]),
        ("salzuflen bad", ["Bad Salzuflen"]),
        ("mülheim ruhr", ["Mülheim an der Ruhr"]),
        ("köln", []),
        ("%", []),
        ("ö" * 100, []),
        ("", []),
    ],
)
def test_municipalities_match_every_word_and_prefix_matches_come_first(query, names):
    assert [found.name for found in find_municipalities(MUNICIPALITIES, query)] == names


def test_neighbours_are_the_nearest_municipalities_with_their_distance():
    hamm = municipality(1, "Hamm", 51.6804, 7.815)
    others = [
        municipality(2, "Bielefeld", 52.0333, 8.5333),
        municipality(3, "Lünen", 51.6163, 7.5287),
        municipality(4, "Nirgendwo"),
        hamm,
    ]

    near = neighbours(hamm, others)

    assert [(one.municipality.name, one.kilometres) for one in near] == [("Lünen", 21), ("Bielefeld", 63)]
    assert len(neighbours(hamm, others, most=1)) == 1


@pytest.mark.parametrize(
    ("district", "names"),
    [(10, ["Kreis", "Nachbarin"]), (11, ["Kreis", "Nachbarin", "Fern"]), (None, ["Kreis", "Nachbarin", "Fern"])],
)
def test_a_municipality_without_a_position_has_neighbours_in_its_district_or_region(district, names):
    others = [
        municipality(10, "Kreis", region="arnsberg"),
        municipality(20, "Nachbarin", region="arnsberg", district_id=10),
        municipality(30, "Fern", region="arnsberg", district_id=12),
        municipality(40, "Anderswo", region="koeln"),
    ]

    near = neighbours(municipality(1, "Ort", region="arnsberg", district_id=district), others)

    assert [(one.municipality.name, one.kilometres) for one in near] == [(name, None) for name in names]
