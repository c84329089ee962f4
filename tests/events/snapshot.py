"""Everything in the database and the file store after something was loaded, to be copied into other databases."""

import pickle
import shutil
from collections.abc import Callable
from datetime import time
from pathlib import Path

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sites.models import Site
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.test import override_settings

Rows = list[tuple]


def take(folder: Path, load: Callable[[], str]) -> None:
    """Writes what `load` brings, and what it says, to `folder`; the database stays as it was."""
    with transaction.atomic(), override_settings(FILES_ROOT=folder / "files"):
        said = load()
        kept = {model._meta.label: rows(model) for model in all_models()}
        transaction.set_rollback(True)
    (folder / "rows").write_bytes(pickle.dumps((said, kept)))


def restore(folder: Path, files: Path) -> str:
    """Replaces all rows of this database and copies the files to `files`; returns what `load` said.

    Groups and content types are replaced too: their keys are others where a test has emptied the database before.
    """
    said, kept = pickle.loads((folder / "rows").read_bytes())
    shutil.copytree(folder / "files", files)
    found = {apps.get_model(label): lines for label, lines in kept.items()}
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
    forget_keys()
    return said


def forget_keys() -> None:
    """Django remembers the keys of content types and sites in the process."""
    ContentType.objects.clear_cache()
    Site.objects.clear_cache()


def all_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]


def rows(model: type[models.Model]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns(model))} FROM {quoted(model._meta.db_table)}")
        return [tuple(str(value) if isinstance(value, time) else value for value in row) for row in cursor.fetchall()]


def columns(model: type[models.Model]) -> list[str]:
    return [quoted(field.column) for field in model._meta.concrete_fields]


def quoted(name: str) -> str:
    return connection.ops.quote_name(name)
