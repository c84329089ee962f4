"""Models that are found by their names in any spelling; see lernnetzwerk.text.folding."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Case, Q, QuerySet, Value, When

from lernnetzwerk.text.folding import Spellings, search_words, stored_form

FOLDED = "folded"  # the name of the field on each searchable model
MOST_RANKED = 200

Row = TypeVar("Row", bound=models.Model)


class FoldedField(models.TextField):
    """The stored form of the named text fields of the same row, computed whenever the row is written.

    Without an index: searches look for parts of words, which no index of both databases finds.
    """

    def __init__(self, *sources: str, **kwargs: Any) -> None:
        self.sources = sources
        super().__init__("Suchform", blank=True, editable=False, default="")

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """Names the sources, so that migrations can fill the column by saving rows."""
        name, path, _args, _kwargs = super().deconstruct()
        return name, path, list(self.sources), {}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        setattr(model_instance, self.attname, self.form_of(model_instance))
        return str(getattr(model_instance, self.attname))

    def form_of(self, instance: models.Model) -> str:
        return stored_form(str(getattr(instance, source)) for source in self.sources)


class SearchableRows:
    """Mixin for QuerySets: keeps stored forms up to date when many rows are written at once.

    No QuerySet itself, because two of them have no common manager for the type checker.
    """

    def update(self: Any, **fields: Any) -> int:
        if not _needs_folding(self.model, fields):
            return super().update(**fields)  # type: ignore[misc]  # a QuerySet's
        with transaction.atomic(using=self.db):
            keys = list(self.values_list("pk", flat=True))
            number = super().update(**fields)  # type: ignore[misc]  # a QuerySet's
            refold(self.model._base_manager.using(self.db).filter(pk__in=keys))
        return number

    update.alters_data = True  # type: ignore[attr-defined]  # what templates must not call

    def bulk_update(self: Any, objs: Iterable[Any], fields: Iterable[str], batch_size: int | None = None) -> int:
        rows, names = list(objs), list(fields)
        if _needs_folding(self.model, names):
            names.append(FOLDED)
            for row in rows:
                row.folded = _field(self.model).form_of(row)
        return super().bulk_update(rows, names, batch_size)  # type: ignore[misc]

    bulk_update.alters_data = True  # type: ignore[attr-defined]


class Searchable(models.Model):
    """Has a `folded = FoldedField(…)`, which is saved together with the fields that it is made of."""

    class Meta:
        abstract = True

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        names = None if update_fields is None else set(update_fields)
        if names and _needs_folding(type(self), names):
            names.add(FOLDED)
        super().save(*args, update_fields=names, **kwargs)


def refold(rows: QuerySet) -> None:
    """Computes and stores the forms of the rows, also of the historical models of a migration."""
    everything = rows.model._base_manager.using(rows.db)
    for key, *texts in list(rows.values_list("pk", *_field(rows.model).sources)):
        everything.filter(pk=key).update(folded=stored_form(map(str, texts)))


def _field(model: type[models.Model]) -> FoldedField:
    field: Any = model._meta.get_field(FOLDED)
    return field


def _needs_folding(model: type[models.Model], fields: Iterable[str]) -> bool:
    return not set(_field(model).sources).isdisjoint(fields)


def matching(
    rows: QuerySet[Row], paths: Iterable[str], query: str, read: Callable[[str], list[Spellings]] = search_words
) -> QuerySet[Row]:
    """The rows with every word of `query` in one of the folded fields at `paths`, each row once.

    `read` returns the words of the query. A query without letters and digits finds nothing, an empty one everything.
    """
    words = read(query)
    if not words and query.strip():
        return rows.none()
    for spellings in words:
        rows = rows.filter(_contains_any(rows.model, paths, spellings))
    return rows


def prefixes_first(rows: QuerySet[Row], query: str) -> list[Row]:
    """At most 200 of the rows, those first whose stored form begins with `query`."""
    begin = " ".join(spellings[0] for spellings in search_words(query))
    is_prefix = Case(When(folded__startswith=begin, then=Value(0)), default=Value(1))
    return list(rows.order_by(is_prefix, *(rows.model._meta.ordering or ()))[:MOST_RANKED])


def _contains_any(model: type[models.Model], paths: Iterable[str], spellings: Spellings) -> Q:
    condition = Q()
    for path in paths:
        found = Q()
        for spelling in spellings:
            found |= Q(**{f"{path}__contains": spelling})
        condition |= Q(pk__in=model._base_manager.filter(found).values("pk")) if _is_to_many(model, path) else found
    return condition


def _is_to_many(model: type[models.Model], path: str) -> bool:
    """Whether a row has several values at `path`; then a join would repeat it."""
    step: Any = model
    for name in path.split("__")[:-1]:
        field = step._meta.get_field(name)
        if field.one_to_many or field.many_to_many:
            return True
        step = field.related_model
    return False
