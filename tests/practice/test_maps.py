from decimal import Decimal
from math import asin, cos, hypot, radians, sin, sqrt
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from practice import state_outline
from practice.maps import HEIGHT, UNITS_PER_KILOMETRE, WIDTH, points, position_of, project

HAMM = SimpleNamespace(name="Hamm", latitude=Decimal("51.6804"), longitude=Decimal("7.8150"))
BIELEFELD = SimpleNamespace(name="Bielefeld", latitude=Decimal("52.0333"), longitude=Decimal("8.5333"))
LUENEN = SimpleNamespace(name="Lünen", latitude=Decimal("51.6163"), longitude=Decimal("7.5287"))
NOWHERE = SimpleNamespace(name="Reichshof", latitude=None, longitude=None)


def kilometres(one, other):
    """Great-circle distance by the haversine formula, which is independent of the map's projection."""
    (lon1, lat1), (lon2, lat2) = [(radians(float(p.longitude)), radians(float(p.latitude))) for p in (one, other)]
    root = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * asin(sqrt(root))


def render(source, **context):
    return Template("{% load maps %}" + source).render(Context(context))


@pytest.mark.parametrize(("one", "other"), [(HAMM, BIELEFELD), (HAMM, LUENEN), (LUENEN, BIELEFELD)])
def test_distances_on_the_map_are_those_on_the_ground(one, other):
    (x1, y1), (x2, y2) = position_of(one), position_of(other)

    on_the_map = hypot(x2 - x1, y2 - y1) / UNITS_PER_KILOMETRE

    assert on_the_map == pytest.approx(kilometres(one, other), rel=0.001)


def test_north_is_up_and_east_is_right():
    assert project(7.5, 52)[1] < project(7.5, 51)[1]
    assert project(8, 51.5)[0] > project(7.5, 51.5)[0]
    assert project(7.5, 52)[0] == pytest.approx(project(7.5, 51)[0])


def test_the_state_fills_the_picture_up_to_its_margin():
    xs, ys = zip(*state_outline.outline(tolerance=0.75), strict=True)

    assert (min(xs), max(xs)) == (pytest.approx(12, abs=0.5), pytest.approx(WIDTH - 12, abs=0.5))
    assert (min(ys), max(ys)) == (pytest.approx(12, abs=0.5), pytest.approx(HEIGHT - 12, abs=0.5))


def test_the_committed_drawings_match_the_data():
    drawings = state_outline.drawings()

    assert {path: path.read_text(encoding="utf-8") for path in drawings} == drawings
    assert [len(path) for path in drawings.values()] < [3_000, 600]


def test_simplifying_keeps_corners_and_drops_points_between_them():
    line = [(0.0, 0.0), (5.0, 0.1), (10.0, 0.0), (10.0, 8.0), (10.2, 9.0), (10.0, 10.0)]

    assert state_outline.simplified(line, tolerance=0.5) == [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0)]


def test_a_place_without_coordinates_is_not_drawn():
    assert position_of(NOWHERE) is None
    assert "Reichshof" not in [point.name for point in points([NOWHERE, HAMM])]


def test_a_place_is_drawn_once_even_when_it_is_a_landmark_or_highlighted():
    drawn = points([HAMM, BIELEFELD], [HAMM])

    assert {point.name: point.kind for point in drawn if point.name in ("Hamm", "Bielefeld")} == {
        "Hamm": "highlight",
        "Bielefeld": "place",
    }
    assert len(drawn) == len({point.name for point in drawn})


def test_highlighted_places_are_drawn_last():
    assert points([BIELEFELD], [HAMM])[-1].name == "Hamm"


def test_names_do_not_overlap():
    crowd = [
        SimpleNamespace(name=f"Ort {number}", latitude=51.5 + number / 100, longitude=7.4 + number / 100)
        for number in range(12)
    ]

    boxes = [point.label.box for point in points(crowd) if point.label]

    assert len(boxes) > 6
    assert not any(one.overlaps(other) for one in boxes for other in boxes if one is not other)
    assert all(box.is_on_the_map() for box in boxes)


def test_a_highlighted_place_is_named_even_without_room():
    crowd = [
        SimpleNamespace(name=f"Ort {east} {north}", latitude=51.68 + north / 25, longitude=7.815 + east / 25)
        for east in range(-9, 10)
        for north in range(-4, 5)
    ]

    drawn = {point.name: point for point in points(crowd, [HAMM])}

    assert drawn["Hamm"].label
    assert drawn["Ort 1 0"].label is None


def test_the_locator_writes_numbers_in_svg_format():
    html = render("{% locator place %}", place=HAMM)

    assert 'cx="231.0" cy="163.0"' in html
    assert '<path class="locator__land" d="M' in html
    assert 'aria-hidden="true"' in html


@pytest.mark.parametrize("place", [NOWHERE, None])
def test_the_locator_of_an_unknown_position_is_empty(place):
    assert render("{% locator place %}", place=place).strip() == ""


def test_the_map_has_a_text_alternative():
    html = render("{% map places highlight=hamm %}", places=[BIELEFELD, LUENEN], hamm=HAMM)

    described = 'aria-label="Karte von Nordrhein-Westfalen. Hervorgehoben: Hamm. Eingezeichnet: Bielefeld und Lünen."'
    assert described in html
    assert 'cx="231.0" cy="163.0"' in html
    assert "Umriss: Natural Earth. Orte: GeoNames, CC BY 4.0." in html


def test_the_map_accepts_several_highlights_and_counts_unnamed_places():
    crowd = [SimpleNamespace(name=f"Ort {n:02}", latitude=51 + n / 20, longitude=7.5) for n in range(14)]

    html = render("{% map places highlight=highlighted %}", places=crowd, highlighted=[LUENEN, HAMM])

    assert "Hervorgehoben: Hamm und Lünen." in html
    assert "Ort 10, Ort 11 und 2 weitere Orte." in html


def test_a_name_cannot_break_out_of_the_picture():
    evil = SimpleNamespace(name='"><script>', latitude=51.5, longitude=7.5)

    html = render("{% map places highlight=place %}", places=[], place=evil)

    assert "<script>" not in html
