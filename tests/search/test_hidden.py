"""Nothing hidden is found, counted, offered or suggested, as visitors ask.

A module of its own, because its content is created once for all of it.
"""

import pytest
from django.test import TestCase, override_settings
from django.urls import reverse

from tests.canary import HIDDEN_WORD, SHOWN_WORD, hide_everything, show_everything
from tests.reading import document, main, texts
from tests.shared import made_once

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(scope="module")
def folder(django_db_setup, django_db_blocker, tmp_path_factory):
    """Creates hidden and visible objects, which the index follows, and returns the folder of their files."""
    with made_once(django_db_blocker, tmp_path_factory) as folder:
        with override_settings(FILES_ROOT=folder), TestCase.captureOnCommitCallbacks(execute=True):
            hide_everything()
            show_everything()
        yield folder


@pytest.fixture(autouse=True)
def portal(folder, settings, db) -> None:
    settings.FILES_ROOT = folder


def found(client, text: str):
    response = client.get(reverse("search:search"), {"q": text})
    assert response.status_code == 200
    return response


@pytest.mark.parametrize(
    "text", [HIDDEN_WORD, f"{HIDDEN_WORD} {SHOWN_WORD}", HIDDEN_WORD[:-2], f"x{HIDDEN_WORD}", "falter"]
)
def test_no_page_of_hits_shows_it(client, text):
    shown = " ".join(texts(main(document(found(client, text)))))
    assert HIDDEN_WORD not in shown.replace(text, "")


def test_it_is_not_counted(client):
    assert found(client, HIDDEN_WORD).context["results"].total == 0
    assert found(client, SHOWN_WORD).context["results"].total > 0


def test_it_is_not_suggested(client):
    def suggested(text: str) -> str:
        return client.get(reverse("search:suggestions"), {"q": text}).content.decode()

    assert SHOWN_WORD in suggested(SHOWN_WORD[:6])
    assert HIDDEN_WORD not in suggested(HIDDEN_WORD[:6])
