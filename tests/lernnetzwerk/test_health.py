import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.both_databases


def test_healthz_needs_no_database(client):
    """Without the mark `django_db` this test fails at a query."""
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


@pytest.fixture
def files_root(settings):
    settings.FILES_ROOT.mkdir(exist_ok=True)
    return settings.FILES_ROOT


@pytest.mark.django_db
def test_the_process_is_ready_with_database_migrations_and_files(client, files_root):
    response = client.get("/readyz")

    assert (response.status_code, response.content) == (200, b"ok\n")


@pytest.mark.django_db
def test_a_new_files_folder_is_created(client, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "neu"

    assert client.get("/readyz").status_code == 200
    assert settings.FILES_ROOT.stat().st_mode & 0o777 == 0o700


@pytest.mark.django_db
def test_the_process_is_not_ready_without_the_parent_of_the_files_folder(client, settings, tmp_path):
    """A disk that is not mounted must not be replaced by a new folder."""
    settings.FILES_ROOT = tmp_path / "nicht-eingehängt" / "files"

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"files not writable\n")
    assert not settings.FILES_ROOT.parent.exists()


@pytest.mark.django_db
def test_the_process_is_not_ready_while_a_migration_is_pending(client, files_root):
    MigrationRecorder(connection).record_unapplied("pages", "0003_contact_and_sign_language")

    response = client.get("/readyz")

    assert (response.status_code, response.content) == (503, b"migrations pending\n")


@pytest.mark.django_db
def test_the_process_is_not_ready_without_a_database(client, files_root):
    from django.db import OperationalError

    def away(execute, sql, params, many, context):
        raise OperationalError

    client.raise_request_exception = False
    with connection.execute_wrapper(away):
        assert client.get("/readyz").status_code == 503


def test_robots_txt_names_the_sitemap(client):
    assert client.get("/robots.txt").content.decode() == (
        "User-agent: *\nDisallow: /verwaltung/\nSitemap: http://testserver/sitemap.xml\n"
    )


@pytest.mark.parametrize(
    ("email", "contact"),
    [("sicherheit@ort.example", "mailto:sicherheit@ort.example"), ("", "http://testserver/impressum/")],
)
def test_security_txt_names_the_contact(client, settings, email, contact):
    settings.CONTACT_EMAIL = email

    lines = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())

    assert lines["Contact"] == contact
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", lines["Expires"])
    until_then = datetime.fromisoformat(lines["Expires"]) - datetime.now(UTC)
    assert timedelta(days=170) < until_then < timedelta(days=365)
