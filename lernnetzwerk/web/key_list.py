"""Any number of primary keys as one parameter of a query: `filter(pk__in=KeyList(keys))`."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigAutoField, Expression
from django.db.models.sql.compiler import SQLCompiler

SQL = {"postgresql": "(SELECT unnest(%s::bigint[]))", "sqlite": "(SELECT value FROM json_each(%s))"}


class KeyList(Expression):
    """A list with a parameter for each key is limited by the database and slow; this one is neither."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__(BigAutoField())
        self.keys = tuple(keys)

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        keys = list(self.keys)
        return SQL[connection.vendor], [keys if connection.vendor == "postgresql" else json.dumps(keys)]
