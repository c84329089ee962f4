"""Copies of all rows and files after something was loaded: written once, restored in many test databases."""

import pickle
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import override_settings

from lernnetzwerk.page_cache.models import PublicChanges

Rows = list[tuple]


def take(folder: Path, load: Callable[[], str]) -> None:
    """Runs `load`, writes all rows, files and what `load` returns to `folder`, and rolls the database back."""
    with transaction.atomic(), override_settings(FILES_ROOT=folder / "files"):
        said = load()
        everything = {model._meta.label: rows(model) for model in all_models()}
        transaction.set_rollback(True)
    folder.mkdir(exist_ok=True)  # `load` may have stored no file
    (folder / "rows").write_bytes(pickle.dumps((said, everything)))


@contextmanager
def restored(folder: Path, files: Path) -> Iterator[str]:
    """Replaces all rows until the block ends, copies the files to `files` and yields what `load` returned."""
    said, everything = pickle.loads((folder / "rows").read_bytes())
    shutil.copytree(folder / "files", files)
    with transaction.atomic():
        replace({apps.get_model(label): lines for label, lines in everything.items()})
        ContentType.objects.clear_cache()  # a transactional test may have recreated the rows with other keys
        yield said
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()


def replace(found: dict[type[models.Model], Rows]) -> None:
    with connection.cursor() as cursor:
        for model in found:
            cursor.execute(f"DELETE FROM {quoted(model._meta.db_table)}")
        for model, lines in found.items():
            names = columns(model)
            marks = ", ".join(["%s"] * len(names))
            cursor.executemany(
                f"INSERT INTO {quoted(model._meta.db_table)} ({', '.join(names)}) VALUES ({marks})", lines
            )
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found)):
            cursor.execute(statement)


def all_models() -> list[type[models.Model]]:
    """All but the counter, which triggers raise while rows are copied."""
    models_ = apps.get_models(include_auto_created=True)
    return [model for model in models_ if model._meta.managed and model is not PublicChanges]


def rows(model: type[models.Model]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns(model))} FROM {quoted(model._meta.db_table)}")
        return [tuple(str(value) if isinstance(value, time) else value for value in row) for row in cursor.fetchall()]


def columns(model: type[models.Model]) -> list[str]:
    return [quoted(field.column) for field in model._meta.concrete_fields]


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
