"""Every public page needs the same number of queries for one object and for three."""

from collections.abc import Callable
from itertools import cycle

import pytest
from django.contrib.admin import site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.programme.structure import Entry
from lernnetzwerk.page_cache.kept import changes_at
from lernnetzwerk.page_cache.version import current_version
from tests.administration import sign_in
from tests.factories import (
    make_appearance,
    make_attachment,
    make_day,
    make_event,
    make_example,
    make_municipality,
    make_page,
    make_picture,
    make_read_file,
    make_release,
    make_series,
    make_session,
    make_speaker,
    make_topic,
)
from tests.reading import body

pytestmark = pytest.mark.django_db


class Portal:
    """`size` objects of each model, all related to each other, so that a missing join causes one query per object."""

    def __init__(self, size: int):
        self.district = make_municipality(kind="district", name="Kreis")
        self.municipalities = [make_municipality(kind="town", district=self.district) for _n in range(size)]
        self.files = cycle([make_read_file(*["Text"] * size) for _n in range(size)])
        self.topics = [make_topic() for _n in range(size)]
        self.examples = [make_example(self.municipalities, self.topics) for _n in range(size)]
        self.series = make_series()
        self.speakers = [make_speaker(photo=make_picture(), photo_alt="Porträt") for _n in range(size)]
        for speaker in self.speakers:
            for _n in range(size):
                speaker.links.create(label="Profil", url="https://ort.example/")
        self.events = [self.event(position) for position in range(1, size + 1)]
        self.event = self.events[size // 2]
        self.session = self.event.sessions.order_by("pk")[0]
        self.attachment = self.session.attachments.order_by("pk")[0]
        self.page = make_page()
        # With size 1, an example also needs a similar one, and a municipality a neighbour.
        make_example([make_municipality(kind="town", district=self.district)], self.topics)
        for example in self.examples:
            self.attach(practice_example=example)
        self.attach(session=self.session)

    def event(self, position: int):
        """An event of two days, each with `size` titled talks with a child, `size` untitled ones and `size` forums."""
        event = make_event(
            self.topics,
            series=self.series,
            position=position,
            host=self.municipalities[0],
            image=make_picture(),
            image_alt="Ein Saal",
        )
        entries = []
        for day in (make_day(event), make_day(event)):
            for _municipality in self.municipalities:
                entries += [(self.talk(event), 0, day, False), (self.talk(event, title=""), 1, None, False)]
                entries += [(self.talk(event, title=""), 0, None, True), (self.forum(event), 1, None, False)]
        make_release(
            event,
            [
                Entry(session, indent=indent, day=day, is_parallel=is_parallel)
                for session, indent, day, is_parallel in entries
            ],
        )
        self.attach(event=event)
        return event

    def talk(self, event, **fields: object):
        session = make_session(event, topics=self.topics, examples=self.examples, **fields)
        for speaker, municipality in zip(self.speakers, self.municipalities, strict=True):
            make_appearance(session, speaker, municipality=municipality)
        for _speaker in self.speakers:
            self.attach(session=session)
        return session

    def forum(self, event):
        session = make_session(
            event, kind="forum", title="", municipalities=self.municipalities, examples=self.examples
        )
        self.attach(session=session)
        return session

    def attach(self, **owner: object) -> None:
        """Adds three attachments: a file, a link and a reason for absence."""
        make_attachment(stored_file=next(self.files), **owner)
        make_attachment(title="Film", **owner)
        make_attachment(absence="lost", **owner)


class Star:
    """One object of each model with `size` related ones: linear growth, while `Portal` grows with the cube."""

    def __init__(self, size: int):
        self.district = make_municipality(kind="district", name="Kreis", latitude=51.5, longitude=7.5)
        place = {"kind": "town", "district": self.district, "latitude": 51.6}
        self.municipalities = [make_municipality(**place, longitude=6 + number / 20) for number in range(size)]
        self.topics = [make_topic() for _n in range(size)]
        self.speakers = [make_speaker() for _n in range(size)]
        self.examples = [
            make_example([municipality, self.municipalities[0]], self.topics[:2])
            for municipality in self.municipalities
        ]
        self.series = make_series()
        deck = make_read_file(*["Text"] * size)
        for number in range(size):
            make_event(self.topics[:1], host=self.municipalities[0], series=self.series, number=2 * number + 3)
        self.event = make_event(
            self.topics[:1], host=self.municipalities[0], series=self.series, starts_on="2018-05-01"
        )
        for speaker, municipality, example in zip(self.speakers, self.municipalities, self.examples, strict=True):
            session = make_session(
                self.event,
                municipalities=[self.municipalities[0], municipality],
                examples=[example],
                topics=self.topics[:2],
            )
            for someone in {self.speakers[0], speaker}:
                make_appearance(session, someone, municipality=self.municipalities[0])
            self.attachment = make_attachment(session=session, stored_file=deck)
            make_attachment(session=session)
            make_attachment(event=self.event)
            make_attachment(practice_example=example, absence="lost")
        make_attachment(practice_example=self.examples[0])
        make_release(self.event, self.event.sessions.order_by("pk"))
        self.session = self.event.sessions.order_by("pk")[0]
        make_example([make_municipality(**place, longitude=9)], self.topics[:1])


# The limits of the project: ≤ 10 for the page of an event, ≤ 8 for those of a session and a speaker.
PAGES: dict[str, tuple[int, Callable[[Portal], str]]] = {
    "home": (17, lambda portal: "/"),
    "events": (10, lambda portal: "/veranstaltungen/"),
    "series": (3, lambda portal: portal.series.get_absolute_url()),
    "event": (9, lambda portal: portal.event.get_absolute_url()),
    "session": (8, lambda portal: portal.session.get_absolute_url()),
    "picture": (2, lambda portal: f"{portal.event.get_absolute_url()}bild"),
    "attachments": (16, lambda portal: "/materialien/"),
    "attachment": (13, lambda portal: portal.attachment.get_absolute_url()),
    "page picture": (3, lambda portal: portal.attachment.get_cover_url()),
    "file": (5, lambda portal: portal.attachment.get_download_url()),
    "speakers": (3, lambda portal: "/personen/"),
    "speaker": (8, lambda portal: portal.speakers[0].get_absolute_url()),
    "photo": (2, lambda portal: f"{portal.speakers[0].get_absolute_url()}foto"),
    "municipalities": (8, lambda portal: "/kommunen/"),
    "speakers found": (5, lambda portal: "/personen/?q=Jobcenter"),
    "municipalities found": (11, lambda portal: "/kommunen/?q=Stadt"),
    "municipality": (27, lambda portal: portal.municipalities[0].get_absolute_url()),
    "district": (14, lambda portal: portal.district.get_absolute_url()),
    "examples": (14, lambda portal: "/praxis/"),
    "examples like mine": (16, lambda portal: f"/praxis/?wie={portal.municipalities[0].slug}"),
    "example": (13, lambda portal: portal.examples[0].get_absolute_url()),
    "topics": (4, lambda portal: "/themen/"),
    "topic": (17, lambda portal: portal.topics[0].get_absolute_url()),
    "page": (2, lambda portal: portal.page.get_absolute_url()),
    "sitemap": (18, lambda portal: "/sitemap.xml"),
    "sitemap file": (1, lambda portal: "/sitemap-session-1.xml"),
    "robots": (0, lambda portal: "/robots.txt"),
    "security": (0, lambda portal: "/.well-known/security.txt"),
    "health": (0, lambda portal: "/healthz"),
}


TIMELINES = ("municipality", "topic")


def of_the_page(captured: CaptureQueriesContext) -> list[str]:
    """The queries without the one for the version of the public content."""
    return [query["sql"] for query in captured.captured_queries if "page_cache_" not in query["sql"]]


def ask_the_next_moment() -> None:
    """Done once for each version, by the first page."""
    changes_at(current_version(), timezone.now())


@pytest.mark.parametrize("size", [1, 3])
def test_a_page_needs_as_many_queries_for_three_objects_as_for_one(client, size):
    portal = Portal(size)
    ask_the_next_moment()
    counts, queries = {}, []

    for name, (_number, address) in PAGES.items():
        url = address(portal)
        with CaptureQueriesContext(connection) as captured:
            response = client.get(url)
            body(response)
        assert response.status_code == 200, name
        asked = of_the_page(captured)
        counts[name] = len(asked)
        queries += [f"{name}: {query[:200]}" for query in asked]

    expected = {name: number for name, (number, _address) in PAGES.items()}
    assert {**counts, **below(counts, expected)} == expected, "\n".join(queries)


def below(counts: dict[str, int], expected: dict[str, int]) -> dict[str, int]:
    """A page of a timeline needs no query for the kinds of entries that are on its other pages."""
    return {name: expected[name] for name in TIMELINES if counts[name] < expected[name]}


ROWS = (
    "home",
    "events",
    "series",
    "event",
    "session",
    "attachments",
    "attachment",
    "speakers",
    "speaker",
    "municipalities",
    "municipality",
    "district",
    "examples",
    "example",
    "topics",
    "topic",
)


@pytest.mark.parametrize("size", [1, 3, pytest.param(30, marks=pytest.mark.walk)])
def test_a_page_needs_as_many_queries_for_thirty_objects_as_for_one(client, size):
    star = Star(size)
    ask_the_next_moment()
    counts = {}

    for name in ROWS:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(PAGES[name][1](star)).status_code == 200, name
        counts[name] = len(of_the_page(captured))

    expected = {name: PAGES[name][0] for name in ROWS}
    assert {**counts, **below(counts, expected)} == expected


def test_the_promised_limits_are_kept():
    assert PAGES["event"][0] <= 10
    assert PAGES["session"][0] <= 8
    assert PAGES["speaker"][0] <= 8


def changelists() -> list[str]:
    return sorted(
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") for model in site._registry
    )


def test_every_list_of_the_administration_needs_a_constant_number_of_queries(client):
    sign_in(client, "verwaltung")

    def count() -> dict[str, int]:
        counts = {}
        for address in changelists():
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
            if response.status_code == 200:
                counts[address] = len(captured)
        return counts

    Star(3)
    few = count()
    Star(12)
    many = count()

    # A list of several pages asks for the keys of its page first.
    assert {address: many[address] - number for address, number in few.items() if many[address] > number + 1} == {}
    assert many.keys() == few.keys()
    assert len(few) >= 14
    assert max(few.values()) <= 12
