"""Fills a portal with the content of decades and measures its public pages; runs in the portal by `manage.py shell`."""

import random
import time
from collections.abc import Iterable
from typing import Any

from django.core.cache import caches
from django.db import connection, models, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.search_content import PUBLIC, Texts, fill, tell
from events.models import Appearance, Attachment, Event, Series, Session
from lernnetzwerk.page_cache.kept import ALIAS, changes_at
from lernnetzwerk.page_cache.version import current_version
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker

ROUNDS = 5
LISTS = {
    "start page": "/",
    "meetings": "/veranstaltungen/",
    "meetings of a format": "/veranstaltungen/?format=nicht-bekannt",
    "library": "/materialien/",
    "library as a list": "/materialien/?ansicht=liste&sortierung=treffen&seite=3",
    "library of a kind": "/materialien/?art=praesentation",
    "people": "/personen/",
    "people by name": "/personen/?q=mei",
    "towns": "/kommunen/",
    "towns by name": "/kommunen/?q=ha",
    "towns around one": "/kommunen/?um=hamm",
    "topics": "/themen/",
    "practice": "/praxis/",
    "practice sorted": "/praxis/?sortierung=kommune&bezirk=arnsberg",
    "practice like mine": "/praxis/?wie=hamm",
    "search": "/suche/",
}


def grow(meetings: int, sessions: int, materials: int, examples: int) -> None:
    """Adds so many rows, related to each other as in the demo: each session has topics, a town and a person."""
    fill(meetings, sessions, materials, materials)
    texts = Texts()
    towns, topics = list(Municipality.objects.all()), list(Topic.objects.all())
    talks = list(Session.objects.filter(slug__startswith="beitrag-"))
    with transaction.atomic():
        cases = PracticeExample.objects.bulk_create(_examples(texts, examples), batch_size=500)
        _relate(texts.random, Session.topics, talks, topics, most=3)
        _relate(texts.random, Session.municipalities, talks, towns, most=1)
        _relate(texts.random, Session.practice_examples, talks[::10], cases, most=1)
        _relate(texts.random, PracticeExample.topics, cases, topics, most=3)
        _relate(texts.random, PracticeExample.municipalities, cases, towns, most=2)
        _relate(texts.random, Event.topics, list(Event.objects.filter(slug__startswith="forum-")), topics, most=2)
        _put_in_series(texts)
        _vary(texts.random)
    tell(people=Speaker.objects.count())


def _examples(texts: Texts, number: int) -> Iterable[PracticeExample]:
    for place in range(number):
        text = {"title": texts.sentence(4), "summary": texts.sentence(20), "approach": f"<p>{texts.page()}</p>"}
        stage = texts.random.choice(PracticeExample.Stage.values)
        yield PracticeExample(slug=f"beispiel-{place}", stage=stage, **text, **PUBLIC)


def _relate(chance: random.Random, relation: Any, owners: list, others: list, most: int) -> None:
    """Relates each owner to one up to `most` of `others` by a many-to-many relation."""
    field = relation.field
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    rows = [
        relation.through(**{own: owner.pk, other: one.pk})
        for owner in owners
        for one in chance.sample(others, chance.randint(1, most))
    ]
    relation.through.objects.bulk_create(rows, batch_size=500)


def _put_in_series(texts: Texts) -> None:
    """Half of the meetings in one series, a quarter in thirty others."""
    events = list(Event.objects.filter(slug__startswith="forum-").order_by("starts_on", "pk"))
    series = [Series(name=f"Reihe {place} {texts.sentence(2)}", slug=f"reihe-{place}") for place in range(31)]
    longest, *others = Series.objects.bulk_create(series)
    for place, event in enumerate(events):
        if place % 2:
            event.series, event.number, event.position = longest, place // 2 + 1, place // 2 + 1
        elif place % 4:
            event.series = others[place % 30]
        event.format = texts.random.choice(Event.Format.values)
    Event.objects.bulk_update(events, ["series", "number", "position", "format"], batch_size=200)


def _vary(chance: random.Random) -> None:
    """Every third session is a forum, every second appearance one for a town, every third material another kind."""
    towns = list(Municipality.objects.values_list("pk", flat=True))
    kinds = [kind for kind in Attachment.Kind.values if kind != Attachment.Kind.LINK]
    for model, field, values, step in (
        (Session, "kind", ["forum"], 3),
        (Appearance, "municipality_id", towns, 2),
        (Attachment, "kind", kinds, 3),
    ):
        rows = list(model.objects.order_by("-pk")[::step])
        for row in rows:
            setattr(row, field, chance.choice(values))
        model.objects.bulk_update(rows, [field], batch_size=200)


def pages() -> dict[str, str]:
    """The lists, and of each kind of page the one with most rows."""
    busiest = {
        "town": _busiest(Municipality, "sessions"),
        "topic": _busiest(Topic, "sessions"),
        "person": _busiest(Speaker, "appearances"),
        "series": _busiest(Series, "events"),
        "meeting": _busiest(Event, "sessions"),
        "session": _busiest(Session, "appearances"),
        "practice example": _busiest(PracticeExample, "sessions"),
        "attachment": Attachment.objects.published().exclude(stored_file=None).order_by("-pk")[0],
    }
    topic, town, series = (busiest[name].slug for name in ("topic", "town", "series"))
    filtered = {
        "meetings of a topic": f"/veranstaltungen/?thema={topic}&jahr=2018",
        "meetings of a series": f"/veranstaltungen/?reihe={series}&seite=2",
        "library of a topic": f"/materialien/?thema={topic}&sortierung=aelteste",
        "library of a town": f"/materialien/?ort={town}",
    }
    return {**LISTS, **filtered, **{name: row.get_absolute_url() for name, row in busiest.items()}}


def _busiest(model: type[models.Model], relation: str) -> Any:
    rows: Any = model._default_manager.all()
    return rows.published().annotate(rows=Count(relation)).order_by("-rows", "pk")[0]


def measure() -> None:
    """Prints of each page the milliseconds of processor time to make it, the number of queries, and its bytes."""
    tell(pages={name: page(address) for name, address in pages().items()})


def page(address: str, client: Client | None = None) -> tuple[float, int, int]:
    """As the first visitor after a change gets it: with the version's moment known, and the page not."""
    client, times = client or Client(SERVER_NAME="127.0.0.1"), []
    for _ in range(ROUNDS):
        _forget()
        began = time.process_time()
        response = client.get(address)
        times.append(time.process_time() - began)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}.")
    _forget()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return min(times[1:]) * 1000, len(captured), len(response.content)


def _forget() -> None:
    caches[ALIAS].clear()
    if version := current_version():
        changes_at(version, timezone.now())
