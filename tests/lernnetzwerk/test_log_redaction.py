"""No line of the log contains the key of an upload or preview link, or a visitor's full address."""

import io
import logging

import pytest
from django.core.exceptions import SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import include, path

from events.invitations import links
from lernnetzwerk.operation.log_redaction import HIDDEN, Redaction, redact
from lernnetzwerk.previews import links as preview_links
from lernnetzwerk.urls import handler400, handler403, handler404, handler500  # noqa: F401 - as Django looks for them
from tests.factories import make_event, make_session, make_user

KEY = "0123456789abcdef0123456789abcdef.q-Canary_Canary_Canary_Canary_Canary_Canary1"
FAILURES = {"500": ZeroDivisionError, "503": OperationalError, "400": SuspiciousOperation}


def fail_with(error):
    def view(request, token):
        raise error(f"for {request.path}")

    return view


urlpatterns = [
    *(
        path(f"{kind}/<str:token>/{status}/", fail_with(error))
        for kind in ("hochladen", "vorschau", "teilnahme")
        for status, error in FAILURES.items()
    ),
    path("", include("lernnetzwerk.urls")),
]


@pytest.fixture
def log():
    (handler,) = [one for one in logging.getLogger("django").handlers if type(one) is logging.StreamHandler]
    before = handler.setStream(io.StringIO())
    yield handler.stream
    handler.setStream(before)


@pytest.mark.django_db
@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("words", "fields", "status", "line"),
    [
        ("", {}, 403, "WARNING django.security.csrf Forbidden"),
        ("400/", None, 400, "ERROR django.security.SuspiciousOperation"),
        ("500/", None, 500, "ZeroDivisionError: for /"),
        ("503/", None, 503, "OperationalError: for /"),
        ("nichts/", None, 404, ""),
        ("?a=%00", None, 400, ""),
    ],
)
@pytest.mark.parametrize("kind", ["hochladen", "vorschau"])
def test_the_key_of_a_link_stands_in_no_line(log, kind, words, fields, status, line):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    address = address_of(kind)

    response = client.get(address + words) if fields is None else client.post(address + words, fields)

    assert response.status_code == status
    assert line in log.getvalue()
    assert address.split("/")[2][33:] not in log.getvalue()


def address_of(kind):
    if kind == "hochladen":
        return links.address(links.create(make_session(), make_user(), days=1)).removeprefix("http://testserver")
    return preview_links.address(preview_links.create(make_event(), make_user())).removeprefix("http://testserver")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (f"Forbidden: /hochladen/{KEY}/freigeben/", f"Forbidden: /hochladen/{HIDDEN}/freigeben/"),
        (f"next=%2Fvorschau%2F{KEY.replace('.', '%2E')}", f"next=%2Fvorschau%2F{HIDDEN}"),
        (f"Referer: https://portal.example/vorschau/{KEY[:60]}", f"Referer: https://portal.example/vorschau/{HIDDEN}"),
        (f"/%68ochladen/{KEY}/", f"/%68ochladen/{HIDDEN}/"),
        ("Invalid request from ip=192.0.2.77: x", "Invalid request from ip=192.0.2.0: x"),
        ("Invalid request from ip=2001:db8:1:2:3::5: x", "Invalid request from ip=2001:db8:1::: x"),
        ("192.0.2.77:5000 and [2001:db8:1:2:3::5]:80.", "192.0.2.0:5000 and [2001:db8:1::]:80."),
        ("12:30:45 on 127.0.0.1:8000, version 1.2.3.4.5", "12:30:45 on 127.0.0.1:8000, version 1.2.3.4.5"),
    ],
)
def test_a_line_keeps_what_is_no_secret(text, written):
    assert redact(text) == written


def test_arguments_tracebacks_and_malformed_records_are_redacted():
    stream = io.StringIO()
    logger = logging.getLogger("tests.log_redaction")
    logger.addHandler(logging.StreamHandler(stream))
    logger.addFilter(Redaction())
    logger.propagate = False

    logger.warning("for %s", f"/hochladen/{KEY}/", stack_info=True)
    logger.warning("for %s %s", f"/hochladen/{KEY}/")  # noqa: PLE1206 - as a mistake would be written
    try:
        raise ValueError(f"in /vorschau/{KEY}/")
    except ValueError:
        logger.exception("failed")

    assert stream.getvalue().count(HIDDEN) >= 3
    assert "Canary" not in stream.getvalue()
