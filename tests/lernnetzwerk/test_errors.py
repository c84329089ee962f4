import errno
import logging

import pytest
from django.db import DataError, InterfaceError, OperationalError, ProgrammingError, connection
from django.http import Http404
from django.urls import include, path

from lernnetzwerk.urls import handler400, handler403, handler404, handler500  # noqa: F401 - as Django looks for them
from tests.reading import document, texts

PASSING = {
    "database-away": OperationalError("could not connect to server"),
    "connection-lost": InterfaceError("connection already closed"),
    "disk-full": OSError(errno.ENOSPC, "No space left on device"),
    "quota-full": OSError(errno.EDQUOT, "Disk quota exceeded"),
}
LASTING = {
    "mistake": ZeroDivisionError("canary"),
    "wrong-query": ProgrammingError("canary"),
    "wrong-data": DataError("canary"),
    "no-permission": OSError(errno.EACCES, "canary"),
    "recursion": RecursionError("canary"),
}


def fail_with(error):
    def view(request):
        raise error

    return view


urlpatterns = [
    path("", include("lernnetzwerk.urls")),
    *(path(f"pruefung/{name}/", fail_with(error)) for name, error in {**PASSING, **LASTING}.items()),
    path("pruefung/404/", fail_with(Http404("canary"))),
]

pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor(client, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("name", PASSING)
def test_temporary_failures_are_a_503_with_retry_after(visitor, name):
    response = visitor.get(f"/pruefung/{name}/")

    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert texts(document(response), tag="h1") == ["Das Portal ist zurzeit nicht erreichbar"]


@pytest.mark.parametrize("name", LASTING)
def test_other_failures_are_a_500_without_details(visitor, name):
    response = visitor.get(f"/pruefung/{name}/")

    assert response.status_code == 500
    assert "Retry-After" not in response
    assert b"canary" not in response.content
    assert texts(document(response), tag="h1") == ["Es ist ein Fehler aufgetreten"]


# Without the mark `django_db` a test fails at its first query: these pages must not need the database.
@pytest.mark.parametrize(
    ("address", "status", "heading"),
    [
        ("/?a=%00", 400, "Die Anfrage ist ungültig"),
        ("/pruefung/mistake/", 500, "Es ist ein Fehler aufgetreten"),
        ("/pruefung/database-away/", 503, "Das Portal ist zurzeit nicht erreichbar"),
    ],
)
def test_error_pages_need_no_database(visitor, address, status, heading):
    response = visitor.get(address)

    assert response.status_code == status
    assert texts(document(response), tag="h1") == [heading]
    assert "Zur Startseite" in texts(document(response), tag="a")


@pytest.mark.django_db
def test_the_404_page_offers_links(visitor):
    response = visitor.get("/pruefung/404/")

    page = document(response)
    assert response.status_code == 404
    assert texts(page, tag="h1") == ["Seite nicht gefunden"]
    assert {"Alle Treffen", "Alle Materialien"} <= set(texts(page, tag="a"))


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_german(client):
    from django.test import Client

    response = Client(enforce_csrf_checks=True).post("/verwaltung/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert texts(document(response), tag="h1") == ["Kein Zugriff auf diese Seite"]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_lost_database_connection_is_a_503_and_recovers(visitor):
    def away(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(away):
        for address in ("/", "/veranstaltungen/", "/kommunen/", "/gibt-es-nicht/", "/verwaltung/", "/sitemap.xml"):
            response = visitor.get(address)
            assert (response.status_code, response.get("Retry-After")) == (
                (503, "30") if address != "/verwaltung/" else (302, None)
            ), address
        assert visitor.get("/healthz").status_code == 200

    assert visitor.get("/").status_code == 200
