"""The portal of the quality set: the demo content and twenty invented documents, indexed once for a module."""

import pytest
from django.test import override_settings

from lernnetzwerk.search.indexing import rebuild
from tests.events.conftest import Loaded, demo_content, loaded_once
from tests.search.documents import make_documents

__all__ = ["demo_content", "loaded_once"]


@pytest.fixture(scope="module")
def indexed(demo_content: Loaded, django_db_blocker) -> None:
    _said, files = demo_content
    with django_db_blocker.unblock(), override_settings(FILES_ROOT=files):
        make_documents()
        rebuild()


@pytest.fixture
def portal(indexed, demo_content: Loaded, settings, db) -> None:
    settings.FILES_ROOT = demo_content[1]
