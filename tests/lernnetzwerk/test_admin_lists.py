"""Lists and suggestions of the administration: every row once, and no query for a row."""

import json

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Attachment, Event, Session
from practice.models import Topic
from tests.administration import address, signed_in
from tests.factories import make_attachment, make_event, make_municipality, make_series, make_session, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize("order", ["1", "-1", "3.1"])
def test_the_pages_of_a_list_contain_each_row_once_and_in_order(monkeypatch, order):
    monkeypatch.setattr(admin.site._registry[Topic], "list_per_page", 2)
    names = [make_topic(name=f"Thema {letter}").name for letter in "CABED"]
    client = signed_in("redaktion")

    pages = [client.get(address(Topic, "changelist"), {"o": order, "p": number}) for number in (1, 2, 3)]

    found = [[row.name for row in page.context["cl"].result_list] for page in pages]
    assert [len(rows) for rows in found] == [2, 2, 1]
    assert [name for rows in found for name in rows] == sorted(names, reverse=order == "-1")


def queries(client, path: str) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def suggestions(model: type, name: str) -> str:
    place = f"app_label=events&model_name={model.__name__.lower()}&field_name={name}"
    return f"{reverse('admin:autocomplete')}?{place}&term=treffen"


PATHS = {
    "events": lambda: address(Event, "changelist"),
    "sessions": lambda: address(Session, "changelist"),
    "attachments": lambda: address(Attachment, "changelist"),
    "suggested events": lambda: suggestions(Session, "event"),
    "suggested sessions": lambda: suggestions(Attachment, "session"),
}


@pytest.mark.parametrize("name", PATHS)
def test_a_list_needs_as_many_queries_for_three_rows_as_for_one(name):
    client = signed_in("redaktion")
    counts = []
    for size in (1, 2):
        for _ in range(size):
            event = make_event(title="", series=make_series(name=f"Treffen {size} {_}"), host=make_municipality())
            make_attachment(session=make_session(event, title="", municipalities=[make_municipality()]))
        counts.append(queries(client, PATHS[name]()))

    assert counts[0] == counts[1]


def test_suggestions_are_paged(monkeypatch):
    for number in range(25):
        make_event(title=f"Treffen {number:02}")
    client = signed_in("redaktion")

    pages = [json.loads(client.get(f"{suggestions(Session, 'event')}&page={number}").content) for number in (1, 2)]

    assert [(len(page["results"]), page["pagination"]["more"]) for page in pages] == [(20, True), (5, False)]
    assert len({row["id"] for page in pages for row in page["results"]}) == 25
