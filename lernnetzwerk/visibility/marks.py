"""Marks of what a page showed, to find out what has changed until its form is sent.

A mark gives each field, and each group of rows shown with it, a short hash under its German name.
"""

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from django.db.models import Model, QuerySet

Mark = dict[str, str]
# What saving or an action sets by itself; `state` is not among them.
BOOKKEEPING = {
    "created_at",
    "changed_at",
    "published_from",
    "download_count",
    "calendar_sequence",
    "folded",
    "separate_days",
    "runs_until",
}
HINTS_KEY = "Hinweise"
MARK_LENGTH = 16


def mark(
    instance: Model, parts: Mapping[str, QuerySet] | None = None, hints: Sequence[str] = (), is_locked: bool = False
) -> Mark:
    """The mark of the stored row of `instance`, of the rows in `parts` and of the sentences shown with them.

    `is_locked` locks all of these rows until the end of the transaction. One query for each part and each
    many-to-many relation, however many rows there are.
    """
    own = type(instance)._base_manager.filter(pk=instance.pk)
    facts: dict[str, list] = {}
    for name, values in _fields(_rows(own, is_locked)):
        facts.setdefault(name, []).append(values)
    for name, rows in (parts or {}).items():
        facts.setdefault(name, []).append(list(_fields(_rows(rows, is_locked))))
    facts[HINTS_KEY] = list(hints)
    return {name: sha256(repr(values).encode()).hexdigest()[:MARK_LENGTH] for name, values in facts.items()}


def changed(before: Mapping[str, str], now: Mark) -> list[str]:
    """The German names of what differs, in the order of the form."""
    return [name for name in dict.fromkeys([*now, *before]) if before.get(name) != now.get(name)]


def _rows(rows: QuerySet, is_locked: bool) -> QuerySet:
    """The same rows once each, in a fixed order, without the joins that found them."""
    plain = rows.model._base_manager.filter(pk__in=rows.order_by().values("pk")).order_by("pk")
    return plain.select_for_update(no_key=True) if is_locked else plain


def _fields(rows: QuerySet) -> Iterable[tuple[str, list]]:
    """The German name of each field with its values in all rows; related objects by their keys."""
    fields = [field for field in rows.model._meta.concrete_fields if field.name not in BOOKKEEPING]
    found = list(rows.values_list(*[field.attname for field in fields]))
    keys = [row[[field.primary_key for field in fields].index(True)] for row in found]
    for place, field in enumerate(fields):
        yield str(field.verbose_name), [row[place] for row in found]
    for relation in rows.model._meta.many_to_many:
        source, target = relation.m2m_column_name(), relation.m2m_reverse_name()
        links = relation.remote_field.through._base_manager.filter(**{f"{source}__in": keys})
        yield str(relation.verbose_name), sorted(links.values_list(source, target))
