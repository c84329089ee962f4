import pytest

from practice.models import Municipality
from practice.municipalities import load_municipalities
from practice.regions import by_region
from tests.factories import make_municipality

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_loading_twice_gives_396_municipalities_and_31_districts():
    assert load_municipalities() == 427
    assert load_municipalities() == 0

    districts = Municipality.objects.filter(kind="district")
    assert (districts.count(), Municipality.objects.exclude(kind="district").count()) == (31, 396)
    assert Municipality.objects.filter(inhabitants=None).count() == 23  # unknown, and not zero
    luenen, hamm = (Municipality.objects.get(slug=slug) for slug in ("luenen", "hamm"))
    assert luenen.kind_and_district == "Kreisangehörige Stadt im Kreis Unna"
    assert (luenen.get_region_display(), luenen.key) == ("Arnsberg", "05978024")
    assert hamm.kind_and_district == "Kreisfreie Stadt"
    for municipality in Municipality.objects.all():
        municipality.clean_fields()


@pytest.mark.both_databases
def test_regions_hold_cities_and_districts_with_their_members_in_order():
    district = make_municipality(kind="district", name="Kreis Unna", region="arnsberg")
    for name in ("Unna", "Lünen"):
        make_municipality(kind="town", name=name, region="arnsberg", district=district)
    make_municipality(name="Hamm", region="arnsberg")
    make_municipality(name="Köln", region="koeln")

    regions = by_region(Municipality.objects.all(), contributing=())

    assert [region.name for region in regions] == ["Arnsberg", "Köln"]
    assert [municipality.name for municipality in regions[0].cities.municipalities] == ["Hamm"]
    assert [
        (group.district.name, [municipality.name for municipality in group.municipalities])
        for group in regions[0].districts
    ] == [("Kreis Unna", ["Lünen", "Unna"])]


@pytest.mark.parametrize(
    ("inhabitants", "words"), [(None, "0"), (49, "0"), (90_949, "90.900"), (91_000, "91.000"), (1_083_498, "1.083.500")]
)
def test_inhabitants_are_rounded_to_the_hundred(inhabitants, words):
    assert Municipality(inhabitants=inhabitants).rounded_inhabitants == words


@pytest.mark.parametrize(
    ("name", "kind", "subject", "with_preposition"),
    [
        ("Hamm", "city", "Hamm", "in Hamm"),
        ("Kreis Unna", "district", "Der Kreis Unna", "im Kreis Unna"),
        ("Rhein-Sieg-Kreis", "district", "Der Rhein-Sieg-Kreis", "im Rhein-Sieg-Kreis"),
        ("Städteregion Aachen", "district", "Die Städteregion Aachen", "in der Städteregion Aachen"),
    ],
)
def test_names_are_inflected_in_sentences(name, kind, subject, with_preposition):
    municipality = Municipality(name=name, kind=kind)

    assert (municipality.subject, municipality.with_preposition) == (subject, with_preposition)
