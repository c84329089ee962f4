"""A second process on the database of the tests: answers requests that the first one sends through a pipe."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import override_settings

from tests.reading import body
from tools.steps import ROOT

FORGET = "forget"


class Visitor:
    """Asks this process for pages, and can have them rendered anew."""

    def __init__(self) -> None:
        self.client = Client()

    def get(self, path: str) -> list:
        response = self.client.get(path)
        return [response.status_code, response.get("Location", ""), body(response).decode(errors="replace")]

    def forget(self) -> None:
        caches["pages"].clear()


class SecondProcess(Visitor):
    """Asks the other process."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child

    def get(self, path: str) -> list:
        self.child.stdin.write(f"{path}\n")
        self.child.stdin.flush()
        return json.loads(self.child.stdout.readline())

    def forget(self) -> None:
        self.get(FORGET)


@contextmanager
def second_process() -> Iterator[SecondProcess]:
    name, url = connection.settings_dict["NAME"], os.environ["DATABASE_URL"]
    database = f"sqlite:///{name}" if connection.vendor == "sqlite" else f"{url.rpartition('/')[0]}/{name}"
    env = {**os.environ, "DATABASE_URL": database, "FILES_ROOT": str(settings.FILES_ROOT)}
    words = [sys.executable, "-m", "tests.page_cache.second_process"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(words, cwd=ROOT, env=env, text=True, **pipes) as child:
        yield SecondProcess(child)
        child.stdin.close()


def answer() -> None:
    visitor = Visitor()
    for line in sys.stdin:
        path = line.rstrip("\n")
        answered = visitor.forget() if path == FORGET else visitor.get(path)
        sys.stdout.write(f"{json.dumps(answered)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    import django

    django.setup()
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=plain):
        answer()
