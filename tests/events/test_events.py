from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from events.models import Event
from events.pages.event import neighbours
from tests.factories import (
    DRAFT,
    HIDDEN,
    make_event,
    make_municipality,
    make_picture,
    make_series,
    make_topic,
    make_visible_session,
)
from tests.reading import body, document, elements, links, text, texts

pytestmark = pytest.mark.django_db

TODAY = date(2027, 3, 17)
YESTERDAY, TOMORROW = date(2027, 3, 16), date(2027, 3, 18)
NOW = datetime(2027, 3, 17, 12, tzinfo=ZoneInfo("Europe/Berlin"))


def titles(events) -> list[str]:
    return [event.title for event in events]


# --- what is coming and what is over ----------------------------------------------------------------------------------


def test_an_event_is_coming_until_its_last_day_is_over():
    make_event(title="gestern", starts_on=YESTERDAY)
    make_event(title="heute", starts_on=TODAY)
    make_event(title="seit gestern bis heute", starts_on=YESTERDAY, ends_on=TODAY)
    make_event(title="morgen", starts_on=TOMORROW)

    assert titles(Event.objects.upcoming(NOW)) == ["seit gestern bis heute", "heute", "morgen"]
    assert titles(Event.objects.past(NOW)) == ["gestern"]


@pytest.mark.both_databases
def test_each_event_is_either_coming_or_over():
    days = [None, YESTERDAY, TODAY, TOMORROW]
    events = [make_event(starts_on=day) for day in days] + [make_event(starts_on=TODAY, precision="month")]

    coming, past = set(Event.objects.upcoming(NOW)), set(Event.objects.past(NOW))

    assert coming | past == set(events)
    assert coming & past == set()
    assert {event for event in events if event.is_upcoming(NOW)} == coming


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("precision", "last_day", "day_after"),
    [("month", date(2027, 3, 31), date(2027, 4, 1)), ("year", date(2027, 12, 31), date(2028, 1, 1))],
)
def test_an_event_known_to_the_month_or_year_is_coming_until_that_ends(precision, last_day, day_after):
    event = make_event(starts_on=date(2027, 3, 1), precision=precision)

    assert list(Event.objects.upcoming(datetime.combine(last_day, time.max, NOW.tzinfo))) == [event]
    assert list(Event.objects.upcoming(datetime.combine(day_after, time.min, NOW.tzinfo))) == []


@pytest.mark.both_databases
def test_past_events_are_sorted_latest_first_and_undated_ones_last():
    make_event(title="ohne alles")
    make_event(title="zweites, undatiert", position=2)
    make_event(title="2018", starts_on=date(2018, 5, 1))
    make_event(title="drittes, undatiert", position=3)
    make_event(title="2024", starts_on=date(2024, 5, 1))

    past = Event.objects.past(NOW)

    assert titles(past) == ["2024", "2018", "drittes, undatiert", "zweites, undatiert", "ohne alles"]


# --- dates ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "settled"),
    [
        ({}, (None, None, "unknown")),
        ({"precision": "day"}, (None, None, "unknown")),
        ({"starts_on": TODAY}, (TODAY, TODAY, "day")),
        ({"starts_on": TODAY, "ends_on": TOMORROW}, (TODAY, TOMORROW, "day")),
        ({"starts_on": TODAY, "precision": "month"}, (TODAY, date(2027, 3, 31), "month")),
        ({"starts_on": TODAY, "precision": "year"}, (TODAY, date(2027, 12, 31), "year")),
        ({"starts_on": TODAY, "ends_on": date(2027, 5, 2), "precision": "month"}, (TODAY, date(2027, 5, 31), "month")),
    ],
)
def test_saving_completes_the_dates_from_known_ones_only(fields, settled):
    event = make_event(**fields)

    event.refresh_from_db()
    assert (event.starts_on, event.ends_on, event.precision) == settled


# --- name, place, registration ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"title": "Übergänge"}, "Übergänge"),
        ({"title": "Übergänge", "number": 3}, "Übergänge"),
        ({"title": "", "number": 21}, "21. Lernnetzwerktreffen"),
        ({"title": ""}, "Lernnetzwerktreffen"),
    ],
)
def test_the_name_of_an_event_is_its_title_or_derived_from_its_series(fields, name):
    event = make_event(series=make_series(name="Lernnetzwerktreffen"), **fields)

    assert event.name == str(event) == name
    assert event.has_derived_title is not bool(fields["title"])


def test_an_event_without_title_and_series_says_so():
    assert make_event(title="").name == "Treffen ohne Titel"


@pytest.mark.parametrize(
    ("venue", "host", "place"),
    [
        ("", "", ""),
        ("Heinrich-von-Kleist-Forum", "", "Heinrich-von-Kleist-Forum"),
        ("", "Hamm", "Hamm"),
        ("Heinrich-von-Kleist-Forum", "Hamm", "Heinrich-von-Kleist-Forum, Hamm"),
        ("Rathaus Hamm", "Hamm", "Rathaus Hamm"),
    ],
)
def test_the_place_shows_known_facts_and_each_municipality_once(venue, host, place):
    municipality = make_municipality(name=host) if host else None

    assert make_event(venue=venue, host=municipality).place == place


@pytest.mark.parametrize(
    ("fields", "is_open"),
    [
        ({"registration_until": TODAY}, True),
        ({"registration_until": YESTERDAY}, False),
        ({"registration_until": None, "starts_on": TODAY}, True),
        ({"registration_until": None, "starts_on": YESTERDAY}, False),
        ({"registration_until": None}, False),
        ({"registration_until": TODAY, "course": "cancelled"}, False),
        ({"registration_until": TODAY, "course": "postponed"}, False),
        ({"registration_until": TODAY, "registration_url": ""}, False),
    ],
)
def test_registration_is_open_through_its_last_day_unless_the_event_is_cancelled(fields, is_open):
    event = make_event(**{"registration_url": "https://anmeldung.example/", **fields})

    assert event.is_registration_open(TODAY) is is_open


# --- neighbours in the series -----------------------------------------------------------------------------------------


def test_adjacent_events_follow_the_position_in_the_series():
    series = make_series()
    first, second, third = (make_event(series=series, position=position) for position in (1, 5, 9))

    assert neighbours(second) == {"previous": first, "next": third}
    assert neighbours(first) == {"previous": None, "next": second}
    assert neighbours(third) == {"previous": second, "next": None}


@pytest.mark.both_databases
def test_adjacent_events_follow_the_date_if_the_position_is_unknown():
    series = make_series()
    later, earlier, between = (make_event(series=series, starts_on=day) for day in (TOMORROW, YESTERDAY, TODAY))

    assert neighbours(between) == {"previous": earlier, "next": later}


def test_an_event_without_date_and_position_has_no_adjacent_events():
    series = make_series()
    make_event(series=series, starts_on=TODAY, position=1)

    assert neighbours(make_event(series=series)) == {"previous": None, "next": None}


@pytest.mark.parametrize("state", HIDDEN.values(), ids=HIDDEN)
def test_hidden_events_and_events_of_other_series_are_not_adjacent(state):
    series = make_series()
    event = make_event(series=series, position=5)
    for position in (4, 6):
        make_event(series=series, position=position, **state)
        make_event(series=make_series(), position=position)

    assert neighbours(event) == {"previous": None, "next": None}


# --- pages ------------------------------------------------------------------------------------------------------------


def test_the_list_divides_coming_from_past_and_past_by_year(client):
    make_event(title="Es kommt", starts_on=date(2098, 1, 1))
    make_event(title="Es war", starts_on=date(2018, 5, 1), venue="Rathaus")
    make_event(title="Undatiert")

    page = document(client.get("/veranstaltungen/"))

    assert texts(page, tag="h2")[:3] == ["Kommende Treffen", "2018", "Ohne Jahr"]
    assert texts(page, tag="h3") == ["Es kommt", "Es war", "Undatiert"]
    assert texts(page, style="listing__when") == ["1. Januar 2098", "1. Mai 2018", "Datum nicht bekannt"]
    assert texts(page, style="quiet") == ["Rathaus"]


def test_an_empty_list_says_that_nothing_is_announced(client):
    page = document(client.get("/veranstaltungen/"))

    assert texts(page, style="empty") == ["Zurzeit ist kein Treffen angekündigt."]


def test_the_home_page_shows_the_next_event_that_takes_place(client):
    make_event(title="Abgesagt", starts_on=date(2097, 1, 1), course="cancelled")
    make_event(title="Im Entwurf", starts_on=date(2097, 1, 2), **DRAFT)
    make_event(title="Das übernächste", starts_on=date(2099, 1, 1))
    make_event(title="Das nächste", starts_on=date(2098, 1, 1))

    (block,) = elements(document(client.get("/")), style="next")

    assert text(block) == "Nächstes Treffen 1. Januar 2098 Das nächste Zum Programm In den Kalender"


def test_the_home_page_shows_the_latest_event_when_none_is_coming(client):
    make_event(title="Das vorletzte", starts_on=date(2018, 1, 1))
    make_event(title="Das letzte", starts_on=date(2019, 1, 1))

    (block,) = elements(document(client.get("/")), style="next")

    assert text(block) == "Letztes Treffen 1. Januar 2019 Das letzte Programm und Materialien"


@pytest.mark.parametrize(
    ("course", "notice"),
    [("cancelled", "Das Treffen wurde abgesagt."), ("postponed", "Das Treffen wurde verschoben.")],
)
def test_an_event_that_does_not_take_place_says_so(client, course, notice):
    event = make_event(course=course)

    assert texts(document(client.get(event.get_absolute_url())), style="notice") == [notice]


@pytest.mark.both_databases
def test_an_event_page_shows_the_known_facts(client):
    event = make_event(
        title="Übergänge",
        series=make_series(name="Lernnetzwerktreffen"),
        number=21,
        motto="Gemeinsam",
        starts_on=date(2098, 3, 17),
        ends_on=date(2098, 3, 18),
        format="hybrid",
        host=make_municipality(name="Hamm"),
        venue="Forum",
        state_programme="kinderstark",
        registration_url="https://anmeldung.example/",
        registration_until=date(2098, 3, 1),
    )

    page = document(client.get(event.get_absolute_url()))

    assert texts(page, tag="dt") == [
        "Wann", "Wo", "Format", "Gastgebende Kommune", "Anmeldung", "Landesprogramm",
    ]  # fmt: skip
    assert texts(page, tag="dd") == [
        "17.–18. März 2098", "Forum, Hamm", "hybrid: vor Ort und online", "Hamm", "bis 1. März 2098", "kinderstark",
    ]  # fmt: skip
    assert texts(page, style="over") == ["Lernnetzwerktreffen Nr. 21 · angekündigt"]
    assert texts(page, style="title-block__lead") == ["„Gemeinsam“"]
    assert "https://anmeldung.example/" in links(page)
    assert "Das Programm steht noch nicht fest." in texts(page, tag="p")


def test_a_past_event_without_a_programme_says_that_none_is_documented(client):
    page = document(client.get(make_event().get_absolute_url()))

    assert "Das Programm ist nicht bekannt." in texts(page, tag="p")


def test_topics_of_event_and_sessions_are_listed_once_and_by_kind(client):
    law = make_topic(name="SGB II", kind="law")
    field, other = make_topic(name="Ärzte"), make_topic(name="Bildung")
    event = make_event(topics=[law, other])
    make_visible_session(event, topics=[law, field])

    (list_,) = elements(document(client.get(event.get_absolute_url())), style="topics")

    assert texts(list_, tag="dt") == ["Handlungsfeld", "Rechtskreis"]
    assert texts(list_, tag="a") == ["Ärzte", "Bildung", "SGB II"]


def test_the_picture_of_an_event_is_delivered_with_it_and_hidden_with_it(client):
    picture = make_picture()
    event = make_event(image=picture, image_alt="Ein Saal")
    draft = make_event(image=make_picture(), image_alt="Ein Saal", **DRAFT)

    response = client.get(f"{event.get_absolute_url()}bild")

    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert len(body(response)) == picture.size
    assert client.get(f"{draft.get_absolute_url()}bild").status_code == 404


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ({}, "fitting"),
        ({"programm": "kurz"}, "short"),
        ({"programm": "ausfuehrlich"}, "full"),
        ({"programm": "x"}, "fitting"),
    ],
)
def test_the_programme_has_a_short_and_a_full_form(client, query, form):
    event = make_event()
    make_visible_session(event)

    page = document(client.get(event.get_absolute_url(), query))

    assert elements(page, style=f"form--{form}")
    assert {"?programm=kurz#programm", "?programm=ausfuehrlich#programm"} <= set(links(page))
