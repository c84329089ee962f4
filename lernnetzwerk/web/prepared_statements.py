"""SQL compiled once: for a large condition Django takes far longer to write the SQL than a database to run it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler


class Parameter(models.Expression):
    """A placeholder in a query for a value of `output_field` that is known only at execution."""

    def __init__(self, name: str, output_field: models.Field) -> None:
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Puts itself in place of the value; `Prepared` replaces it before execution."""
        return "%s", [self]

    def adapted(self, value: object) -> object:
        return self.output_field.get_db_prep_value(value, connection)


class Prepared:
    """A query with parameters. Its rows come without relations, which are loaded on access."""

    def __init__(self, query: Callable[[], models.QuerySet]) -> None:
        self._query = query

    @cached_property
    def _statement(self) -> tuple[models.Manager, str, tuple[object, ...]]:
        queryset = self._query()
        sql, parameters = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        return queryset.model._default_manager, sql, parameters

    def first(self, **values: object) -> models.Model | None:
        """The first row for these values, one per parameter, or None."""
        manager, sql, parameters = self._statement
        adapted = [one.adapted(values[one.name]) if isinstance(one, Parameter) else one for one in parameters]
        return next(iter(manager.raw(sql, adapted)), None)
