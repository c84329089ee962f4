"""The WSGI application: what it answers by itself equals what Django answers, and is never outdated."""

import pytest
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from events.models import Event
from lernnetzwerk.page_cache import known, version
from lernnetzwerk.page_cache.handler import PageCacheHandler
from lernnetzwerk.visibility.models import withdraw
from tests.factories import make_event

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Application:
    """Asks the application as a server does; `by_django` are the paths that it handed to Django."""

    def __init__(self):
        self.handler, self.by_django = PageCacheHandler(), []

    def get(self, path, method="GET", **environ):
        answer = []
        request = RequestFactory().generic(method, path, **environ).environ
        body = b"".join(self.handler(request, lambda status, headers: answer.extend([status, dict(headers)])))
        return answer[0], answer[1], body


@pytest.fixture
def application(monkeypatch):
    one, call = Application(), WSGIHandler.__call__

    def note(self, environ, start_response):
        one.by_django.append(environ["PATH_INFO"])
        return call(self, environ, start_response)

    monkeypatch.setattr(known, "_known", {})
    monkeypatch.setattr(WSGIHandler, "__call__", note)
    request_started.disconnect(close_old_connections)  # the connection of the test, as Django's own client does
    yield one
    request_started.connect(close_old_connections)


@pytest.fixture
def path(application):
    """The path of an event whose page the application knows: rendered, then answered from the cache."""
    path = make_event(motto="Alte Worte").get_absolute_url()
    application.get(path), application.get(path)
    application.by_django.clear()
    return path


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("GET", {}),
        ("HEAD", {}),
        ("GET", {"HTTP_ACCEPT_ENCODING": "gzip, br"}),
        ("GET", {"HTTP_ACCEPT_ENCODING": "gzip"}),
        ("GET", {"HTTP_IF_NONE_MATCH": "own"}),
        ("GET", {"HTTP_COOKIE": "sessionid=x"}),
    ],
)
def test_a_known_page_is_answered_without_django_as_django_does(application, path, monkeypatch, method, headers):
    if "HTTP_IF_NONE_MATCH" in headers:
        headers = {"HTTP_IF_NONE_MATCH": application.get(path)[1]["ETag"]}

    with CaptureQueriesContext(connection) as queries:
        quick = application.get(path, method, **headers)

    assert (application.by_django, len(queries)) == ([], connection.vendor == "sqlite")  # PostgreSQL without a cursor
    monkeypatch.setattr(known, "_known", {})
    status, answered, body = application.get(path, method, **headers)
    assert application.by_django == [path]
    assert quick == (status, answered, body if method == "GET" else quick[2])


@pytest.mark.parametrize(
    ("method", "headers", "status"),
    [
        ("POST", {}, 403),
        ("GET", {"HTTP_HOST": "fremd.example"}, 400),
        ("GET", {"CONTENT_LENGTH": "5"}, 200),
        ("GET", {"HTTP_IF_MATCH": '"other"'}, 412),
        ("GET", {"HTTP_IF_NONE_MATCH": '"other"'}, 200),
        ("GET", {"QUERY_STRING": "x=1"}, 200),
    ],
)
def test_all_other_requests_are_left_to_django(application, path, method, headers, status):
    answered, _headers, _body = application.get(path, method, **headers)

    assert (application.by_django, int(answered[:3])) == ([path], status)


def test_unknown_parameters_are_not_remembered(application, path):
    before = dict(known._known)

    for number in range(20):
        application.get(path, QUERY_STRING=f"x={number}")

    assert known._known == before


def test_the_number_of_remembered_requests_is_bounded(application, path, monkeypatch):
    monkeypatch.setattr(known, "MOST", 3)

    for number in range(9):
        known.remember({"PATH_INFO": str(number)}, "", "x")

    assert len(known._known) <= 3


def test_a_known_page_follows_each_change_and_goes_when_it_is_withdrawn(application, path):
    event = Event.objects.get()
    before = application.get(path)[2]
    Event.objects.update(motto="Neue Worte")
    after = application.get(path)[2]
    withdraw([event])

    assert ("Neue Worte" in before.decode(), "Neue Worte" in after.decode()) == (False, True)
    assert application.get(path)[0] == "404 Not Found"


def test_a_page_that_the_cache_has_dropped_is_rendered_again(application, path):
    caches["pages"].clear()

    assert application.get(path)[0] == "200 OK"
    assert application.by_django == [path]


def test_an_unknown_version_is_left_to_django(application, path, monkeypatch):
    monkeypatch.setattr(version, "STATEMENT", "SELECT NULL")

    assert application.get(path)[0] == "200 OK"
    assert application.by_django == [path]


@pytest.mark.postgresql  # SQLite has no connection to lose
@pytest.mark.django_db(transaction=True)
def test_a_lost_connection_is_left_to_django_which_opens_another(application, path):
    connection.connection.close()

    assert [application.get(path)[0], application.get(path)[0]] == ["200 OK", "200 OK"]
