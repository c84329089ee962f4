from datetime import date

import pytest

from practice.models import Municipality, PracticeExample
from practice.municipalities import load_municipalities
from practice.regions import by_region
from tests.factories import (
    DRAFT,
    make_attachment,
    make_event,
    make_example,
    make_municipality,
    make_topic,
    make_visible_session,
)
from tests.reading import document, elements, links, text, texts

pytestmark = pytest.mark.django_db


# --- the data of the state --------------------------------------------------------------------------------------------


def test_the_state_has_396_towns_and_31_districts_and_loading_twice_changes_nothing():
    assert load_municipalities() == 427
    assert load_municipalities() == 0

    districts = Municipality.objects.filter(kind="district")
    assert (districts.count(), Municipality.objects.exclude(kind="district").count()) == (31, 396)
    assert Municipality.objects.filter(inhabitants=None).count() == 23  # unknown, and not zero
    luenen, hamm = (Municipality.objects.get(slug=slug) for slug in ("luenen", "hamm"))
    assert luenen.standing == "Kreisangehörige Stadt · Kreis Unna"
    assert (luenen.get_region_display(), luenen.key) == ("Arnsberg", "05978024")
    assert hamm.standing == "Kreisfreie Stadt"
    for town in Municipality.objects.all():
        town.clean_fields()


def test_regions_hold_cities_and_districts_with_their_members_in_order():
    district = make_municipality(kind="district", name="Kreis Unna", region="arnsberg")
    for name in ("Unna", "Lünen"):
        make_municipality(kind="town", name=name, region="arnsberg", district=district)
    make_municipality(name="Hamm", region="arnsberg")
    make_municipality(name="Köln", region="koeln")

    regions = by_region(Municipality.objects.all())

    assert [region.name for region in regions] == ["Arnsberg", "Köln"]
    assert [town.name for town in regions[0].cities] == ["Hamm"]
    assert [(one.name, [town.name for town in members]) for one, members in regions[0].districts] == [
        ("Kreis Unna", ["Lünen", "Unna"])
    ]


@pytest.mark.parametrize(
    ("inhabitants", "words"), [(None, "0"), (49, "0"), (90_949, "90.900"), (91_000, "91.000"), (1_083_498, "1.083.500")]
)
def test_inhabitants_are_rounded_to_the_hundred(inhabitants, words):
    assert Municipality(inhabitants=inhabitants).rounded_inhabitants == words


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_town_shows_what_it_showed(client):
    town = make_municipality(name="Hamm", inhabitants=179_916, member_since=2012, region="arnsberg", key="05915000")
    example = make_example([town], title="Bildungsbegleiter", summary="Wie es geht.")
    make_example([town], title="Entwurf", **DRAFT)
    session = make_visible_session(make_event(starts_on=date(2018, 5, 1)), title="Forum", towns=[town])
    make_event(host=town, title="Zu Gast")

    page = document(client.get(town.get_absolute_url()))

    assert texts(page, tag="h1") == ["Hamm"]
    assert texts(page, tag="dd") == ["Arnsberg", "etwa 179.900", "2012", "05915000"]
    assert texts(page, style="example__title") == ["Bildungsbegleiter"]
    assert texts(page, style="session__title") == ["Forum"]
    assert texts(page, style="listing__title") == ["Zu Gast"]
    assert {example.get_absolute_url(), session.get_absolute_url()} <= set(links(page))


def test_what_is_not_known_of_a_town_is_said_to_be_unknown(client):
    page = document(client.get(make_municipality().get_absolute_url()))

    assert texts(page, tag="dd")[1:3] == ["nicht bekannt", "nicht dokumentiert"]
    assert "Noch ist kein Praxisbeispiel dokumentiert." in texts(page, tag="p")


def test_a_district_leads_to_its_towns_and_they_to_it(client):
    district = make_municipality(kind="district", name="Kreis Unna")
    town = make_municipality(kind="town", name="Lünen", district=district)

    assert town.get_absolute_url() in links(document(client.get(district.get_absolute_url())))
    assert district.get_absolute_url() in links(document(client.get(town.get_absolute_url())))


def test_the_list_shows_first_who_contributed(client):
    town = make_municipality(name="Hamm")
    make_municipality(name="Köln", region="koeln")
    make_example([town])

    page = document(client.get("/kommunen/"))

    assert texts(elements(page, style="town-list")[0], tag="li") == ["Hamm"]
    assert texts(page, tag="h2")[:3] == ["Mit Beiträgen", "Regierungsbezirk Arnsberg", "Regierungsbezirk Köln"]


def test_the_page_of_an_example_shows_its_sections_in_order_and_leaves_empty_ones_out(client):
    town, topic = make_municipality(name="Hamm"), make_topic(name="Schule")
    example = make_example(
        [town],
        [topic],
        title="Bildungsbegleiter",
        summary="Wie es geht.",
        starting_point="<p>Anfang</p>",
        outcome="<p>Ende</p>",
        stage="pilot",
        checked_on=date(2027, 3, 17),
        contact_function="Koordination",
        contact_email="koordination@ort.example",
    )
    session = make_visible_session(title="Forum", examples=[example])
    make_attachment(practice_example=example, title="Handreichung")

    page = document(client.get(example.get_absolute_url()))

    assert texts(page, tag="h2")[:2] == ["Ausgangslage", "Ergebnis"]
    assert texts(page, tag="dd") == ["Hamm", "Pilot", "17. März 2027", "Koordination, koordination@ort.example"]
    assert "mailto:koordination@ort.example" in links(page)
    assert texts(page, style="chip") == ["Präsentation „Handreichung“ (externe Seite)"]
    assert session.get_absolute_url() in links(page)


def test_an_example_of_which_only_the_title_is_known_says_so(client):
    page = document(client.get(make_example().get_absolute_url()))

    assert texts(page, tag="dd")[1:] == ["nicht dokumentiert", "nicht dokumentiert"]
    assert "Mehr als der Titel ist nicht dokumentiert. Die Kommune kann Auskunft geben." in texts(page, tag="p")


def test_sections_come_in_the_order_of_reading():
    names = ("transferability", "pitfalls", "starting_point", "prerequisites", "outcome", "approach")
    example = PracticeExample(title="B", **dict.fromkeys(names, "<p>x</p>"))

    assert [heading for heading, _text in example.sections] == [
        "Ausgangslage", "Vorgehen", "Ergebnis", "Stolpersteine", "Voraussetzungen", "Übertragbarkeit",
    ]  # fmt: skip


def test_the_list_of_examples_shows_twenty_four_at_a_time(client):
    for number in range(25):
        make_example(title=f"Beispiel {number:02}")

    first, second = (document(client.get("/praxis/", {"seite": number})) for number in (1, 2))

    assert len(elements(first, style="example")) == 24
    assert texts(second, style="example__title") == ["Beispiel 24"]
    assert "Seite 2 von 2" in text(second)
    assert "?seite=2" in links(first)


def test_topics_are_listed_by_kind_with_the_number_of_visible_things(client):
    topic = make_topic(name="SGB II", kind="law")
    make_topic(name="Schule", kind="phase")
    make_example(topics=[topic])
    make_visible_session(topics=[topic])
    make_example(topics=[topic], **DRAFT)

    page = document(client.get("/themen/"))

    assert texts(page, style="topic-list") == ["SGB II 2", "Schule 0"]
    assert texts(page, tag="h2")[:2] == ["Rechtskreis", "Lebensphase"]


def test_the_page_of_a_topic_shows_meetings_sessions_and_examples(client):
    topic = make_topic(name="SGB II", description="Worum es geht.")
    make_event([topic], title="Treffen")
    make_visible_session(title="Vortrag", topics=[topic])
    make_example(topics=[topic], title="Beispiel")

    page = document(client.get(topic.get_absolute_url()))

    assert texts(page, style="listing__title") == ["Treffen"]
    assert texts(page, style="session__title") == ["Vortrag"]
    assert texts(page, style="example__title") == ["Beispiel"]
    assert texts(page, style="title-block__lead") == ["Worum es geht."]


def test_a_topic_of_nothing_says_so(client):
    page = document(client.get(make_topic().get_absolute_url()))

    assert "Zu diesem Thema ist noch nichts veröffentlicht." in texts(page, tag="p")
