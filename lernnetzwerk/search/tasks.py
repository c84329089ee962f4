"""The task that updates entries which depend on a saved row: beside the requests, as there can be hundreds."""

import django

from lernnetzwerk.search.indexing import update_quietly

if django.VERSION >= (6, 0):
    from django.tasks import task
else:
    from django_tasks import task  # type: ignore[no-redef]  # the package that became django.tasks


@task()
def update_dependents(kind: str, keys: list[int]) -> None:
    update_quietly(kind, keys)
