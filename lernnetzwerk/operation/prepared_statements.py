"""SQL compiled once: for a large condition Django takes far longer to write the SQL than a database to run it."""

import re
from collections.abc import Callable
from copy import copy
from datetime import date
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

MOMENT = re.compile(r"\d{4}-\d\d-\d\d")


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


AT: Any = Parameter("at", models.DateTimeField())  # the moment, in place of a datetime
TODAY: Any = Parameter("today", models.DateField())  # its local day, in place of a date


class Prepared:
    """A query that is compiled once. Its moment must be the parameter `AT`.

    `published()` without it, also inside a `Prefetch`, would keep the moment of the first use; ValueError.
    """

    def __init__(self, query: Callable[[], models.QuerySet]) -> None:
        self._query = query

    @cached_property
    def _statement(self) -> tuple[models.QuerySet, SQLCompiler, str, tuple[object, ...], Any]:
        queryset = self._query()
        compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if any(_is_moment(one) for one in parameters):
            raise ValueError("A prepared query must have its moment as a parameter.")
        if any(map(_depends_on_time, queryset._prefetch_related_lookups)):  # type: ignore[attr-defined]
            raise ValueError("What depends on the moment must be prefetched for the rows of a prepared query.")
        converters = compiler.get_converters(selected for selected, *_sql in compiler.select[: compiler.col_count])
        return queryset, compiler, sql, parameters, converters

    def rows(self, **values: object) -> list[Any]:
        """The rows for these values, one per parameter, as the queryset loads them, with relations and annotations."""
        queryset, compiler, sql, parameters, converters = self._statement
        adapted = [one.adapted(values[one.name]) if isinstance(one, Parameter) else one for one in parameters]
        ready = copy(compiler)
        ready.connection = connection
        ready.as_sql = lambda *_args, **_kwargs: (sql, adapted)  # type: ignore[method-assign,assignment]
        ready.get_converters = lambda _selected: converters  # type: ignore[method-assign,assignment]
        prepared = queryset.all()
        prepared.query.get_compiler = lambda *_args, **_kwargs: ready  # type: ignore[method-assign]
        return list(prepared)

    def rows_now(self, **values: object) -> list[Any]:
        """As `rows`, with the present moment as `AT` and its day as `TODAY`."""
        now = timezone.now()
        return self.rows(at=now, today=timezone.localdate(now), **values)

    def first(self, **values: object) -> Any:
        """The first row for these values, or None; the query should have a limit."""
        return next(iter(self.rows(**values)), None)


def _depends_on_time(lookup: str | models.Prefetch) -> bool:
    """Whether the rows of a prefetch have a moment of their own, which would remain that of the first call."""
    queryset = getattr(lookup, "queryset", None)
    parameters = () if queryset is None else queryset.query.sql_with_params()[1]
    return any(isinstance(one, Parameter) or _is_moment(one) for one in parameters)


def _is_moment(parameter: object) -> bool:
    """SQLite gets moments as text."""
    return isinstance(parameter, date) or (isinstance(parameter, str) and MOMENT.match(parameter) is not None)
