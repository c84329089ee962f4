"""Renders pages that are not kept yet; runs in the portal by `manage.py shell`."""

import time
from collections.abc import Sequence

from django.core.cache import caches
from django.test import Client

from bench.content import tell
from lernnetzwerk.page_cache.kept import ALIAS

ROUNDS = 7


def measure(paths: Sequence[str]) -> None:
    """Tells the milliseconds of processor time of each page, the best of some rounds."""
    client = Client(headers={"host": "127.0.0.1"})
    tell(**{path: min(rendered(client, path) for _ in range(ROUNDS)) for path in paths})


def rendered(client: Client, path: str) -> float:
    caches[ALIAS].clear()
    began = time.process_time()
    answer = client.get(path)
    spent = (time.process_time() - began) * 1000
    if answer.status_code != 200:
        raise ValueError(f"{path} answered {answer.status_code}")
    return spent
