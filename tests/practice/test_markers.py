from itertools import combinations
from math import dist
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from practice.maps import WIDTH, position_of
from practice.markers import MINIMUM_DISTANCE, MOST_LINKS, Mark, markers
from practice.models import Municipality
from practice.municipalities import load_municipalities


def municipality(name, latitude, longitude):
    return Municipality(name=name, slug=name.lower(), sort_name=name.lower(), latitude=latitude, longitude=longitude)


HAMM, LUENEN = municipality("Hamm", 51.6804, 7.815), municipality("Lünen", 51.6163, 7.5287)
ESSEN, BOCHUM, HERNE = (
    municipality("Essen", 51.4566, 7.0123),
    municipality("Bochum", 51.4816, 7.2165),
    municipality("Herne", 51.5388, 7.2257),
)
NOWHERE = SimpleNamespace(name="Reichshof", sort_name="reichshof", latitude=None, longitude=None)


def test_links_are_at_least_24_pixels_apart_in_the_narrowest_picture():
    assert 320 / WIDTH * MINIMUM_DISTANCE >= 24


@pytest.mark.django_db
def test_no_two_links_of_the_whole_state_are_too_close():
    load_municipalities()

    shown, _landmarks = markers(Mark(municipality, "1 Praxisbeispiel") for municipality in Municipality.objects.all())

    assert sum(len(marker.marks) for marker in shown) == sum(
        position_of(municipality) is not None for municipality in Municipality.objects.all()
    )
    assert min(dist(one.position, other.position) for one, other in combinations(shown, 2)) >= MINIMUM_DISTANCE
    assert len(shown) <= MOST_LINKS
    assert max(len(marker.name) for marker in shown) < 300


def test_municipalities_far_apart_have_their_own_links_in_alphabetical_order():
    shown, _landmarks = markers([Mark(LUENEN, "1 Praxisforum"), Mark(HAMM, "2 Praxisforen"), Mark(NOWHERE, "nichts")])

    assert [marker.name for marker in shown] == ["Hamm: 2 Praxisforen", "Lünen: 1 Praxisforum"]


def test_municipalities_too_close_share_the_link_of_the_most_active_one():
    (shared,), _landmarks = markers([Mark(HERNE, "x", 1), Mark(ESSEN, "x", 5), Mark(BOCHUM, "x", 2)])

    assert shared.name == "3 Kommunen um Essen: Bochum, Essen, Herne"
    assert shared.position == position_of(ESSEN)


def test_landmarks_do_not_overlap_links():
    _shown, quiet = markers([Mark(municipality("Dortmund", 51.5149, 7.466), "x")])

    assert "Dortmund" not in [point.name for point in quiet]
    assert "Köln" in [point.name for point in quiet]


def test_links_have_names_and_lead_to_the_municipality_or_to_all_around_it():
    marks = [Mark(HAMM, "1 Praxisforum"), Mark(ESSEN, "x", 5), Mark(BOCHUM, "y")]

    html = Template('{% load maps %}{% linked_map marks "Zweck" %}').render(Context({"marks": marks}))

    assert 'role="group" aria-label="Karte von Nordrhein-Westfalen: Zweck"' in html
    assert 'href="/kommunen/hamm/" aria-label="Hamm: 1 Praxisforum"' in html
    assert 'href="/kommunen/?um=essen" aria-label="2 Kommunen um Essen: Bochum, Essen"' in html
    assert "Umriss: Natural Earth. Orte: GeoNames, CC BY 4.0." in html


def test_a_map_of_a_single_place_has_no_links():
    html = Template("{% load maps %}{% map places %}").render(Context({"places": [HAMM]}))

    assert 'role="img"' in html
    assert "<a" not in html
