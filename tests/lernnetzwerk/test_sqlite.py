"""Open SQLite connections notice that the database file was replaced, as by a restore, or is missing."""

import sqlite3
from contextlib import closing

import pytest
from django.db import connections

from lernnetzwerk.operation.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


def fill(path, word):
    with closing(sqlite3.connect(path)) as database:
        database.executescript(f"create table words (word text); insert into words values ('{word}')")


@pytest.fixture
def connection(tmp_path):
    fill(tmp_path / "db.sqlite3", "before")
    settings = {**connections["default"].settings_dict, "NAME": str(tmp_path / "db.sqlite3"), "OPTIONS": {}}
    connection = DatabaseWrapper({**settings, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}, "other")
    yield connection
    connection.close()


def answer(connection):
    """Queries the database after the checks that Django makes at the beginning of a request."""
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        return cursor.execute("select word from words").fetchone()[0]


def test_a_connection_stays_open_while_its_file_exists(connection):
    answers = [answer(connection)]
    opened = connection.connection

    assert [*answers, answer(connection)] == ["before", "before"]
    assert connection.connection is opened


def test_a_connection_reads_a_replaced_file(connection, tmp_path):
    answer(connection)
    fill(tmp_path / "restored.sqlite3", "restored")

    (tmp_path / "restored.sqlite3").replace(tmp_path / "db.sqlite3")

    assert answer(connection) == "restored"
