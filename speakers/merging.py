"""Merges two entries of one speaker: computes the result for review, then applies it.

Rows of other apps that refer to a speaker are found through the model's own relations. The titles and affiliations
of an appearance belong to it and stay unchanged.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ProtectedError, QuerySet, RestrictedError

from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.slugs.models import TakenSlug
from lernnetzwerk.text.folding import fold
from lernnetzwerk.text.searchable import FOLDED
from speakers.models import Speaker, SpeakerLink

PHOTO_FIELDS = ("photo", "photo_alt", "photo_is_decorative", "photo_credit", "photo_focus")
# Fields that belong together: the unit of one organisation and the place of another would be wrong.
FIELD_GROUPS = (("unit", "organisation", "place"), PHOTO_FIELDS)
SINGLE_FIELDS = ("academic_title", "first_name", "last_name", "biography")
# Fields that identify duplicates, besides the constraints of the database.
DUPLICATE_FIELDS: dict[type[models.Model], list[tuple[str, ...]]] = {SpeakerLink: [("url",)]}
NEVER_SHOWN = {"id", "created_at", "changed_at", "position", FOLDED}
CHANGED = "Die Angaben haben sich inzwischen geändert. Bitte prüfen Sie sie noch einmal."
SAMPLE_AND_REAL = "Eine der beiden Personen ist ein erfundenes Beispiel, die andere nicht. Sie bleiben getrennt."
MINIMUM_SIMILARITY = 0.75
MOST_OFFERED = 5


# A value as editors see it: a text, a label, or the stored photo.
Shown = str | StoredFile


class Outdated(ValidationError):
    """One of the two, or a row that refers to them, was changed since it was shown."""


@dataclass(frozen=True)
class Detail:
    """One field before and after; `lost` if the absorbed speaker's value is dropped."""

    name: str
    label: str
    kept: Shown
    absorbed: Shown
    is_filled: bool

    @property
    def lost(self) -> bool:
        return bool(self.absorbed) and self.absorbed != self.kept and not self.is_filled


@dataclass(frozen=True)
class Collision:
    """Two rows that would be duplicates afterwards: the fuller one stays, else the kept speaker's."""

    stays: models.Model
    goes: models.Model


@dataclass(frozen=True)
class RelatedRows:
    """The rows of one model that refer to the absorbed speaker, and their collisions with the kept one's."""

    model: type[models.Model]
    field: str
    rows: list[models.Model]
    collisions: list[Collision]

    @property
    def moved(self) -> list[models.Model]:
        return [row for row in self.rows if row not in {collision.goes for collision in self.collisions}]

    @property
    def added(self) -> list[models.Model]:
        """Moved rows without a collision."""
        return [row for row in self.moved if row not in {collision.stays for collision in self.collisions}]

    @property
    def label(self) -> str:
        return str(self.model._meta.verbose_name_plural)


@dataclass(frozen=True)
class Merger:
    """What merging two speakers would do now."""

    kept: Speaker
    absorbed: Speaker

    @cached_property
    def shares(self) -> list[RelatedRows]:
        return [_related_rows(relation, self.kept, self.absorbed) for relation in _relations()]

    @cached_property
    def details(self) -> list[Detail]:
        single = [Detail(*self._values(name), self._is_missing(name)) for name in SINGLE_FIELDS]
        together = [
            Detail(*self._values(name), is_filled and self._is_missing(name))
            for names in FIELD_GROUPS
            for is_filled in [self._agrees(names)]
            for name in names
        ]
        return [detail for detail in single + together if detail.kept or detail.absorbed]

    @property
    def filled(self) -> list[Detail]:
        return [detail for detail in self.details if detail.is_filled]

    @property
    def collisions(self) -> list[Collision]:
        return [collision for share in self.shares for collision in share.collisions]

    @property
    def becomes_unlisted(self) -> bool:
        """An unlisted speaker stays unlisted."""
        return self.kept.is_listed and not self.absorbed.is_listed

    @property
    def refusal(self) -> str:
        return SAMPLE_AND_REAL if self.kept.is_sample != self.absorbed.is_sample else ""

    @property
    def addresses(self) -> QuerySet[TakenSlug]:
        return TakenSlug.objects.filter(scope=self.kept.slug_scope, object_id=self.absorbed.pk).order_by("pk")

    @property
    def seen(self) -> str:
        """A checksum that differs as soon as the shown data has changed, or what of it is public."""
        rows = [self.kept, self.absorbed]
        for relation in _relations():
            rows += _rows(relation, self.kept, self.absorbed)
        shown = [
            [row._meta.label, *(str(row.serializable_value(field.attname)) for field in _stored(row))] for row in rows
        ]
        named = [[_named(row) for row in share.rows] for share in self.shares]
        public = [speaker.is_released() for speaker in (self.kept, self.absorbed)]
        return hashlib.sha256(repr([shown, named, public]).encode()).hexdigest()

    def _values(self, name: str) -> tuple[str, str, Shown, Shown]:
        return name, str(_field(name).verbose_name), _shown(self.kept, name), _shown(self.absorbed, name)

    def _is_missing(self, name: str) -> bool:
        return _is_empty(self.kept, name) and not _is_empty(self.absorbed, name)

    def _agrees(self, names: tuple[str, ...]) -> bool:
        """Whether the kept speaker's values are empty or equal to the absorbed one's."""
        return all(
            _is_empty(self.kept, name) or getattr(self.kept, name) == getattr(self.absorbed, name) for name in names
        )


@transaction.atomic
def merge(kept: Speaker, absorbed: Speaker, seen: str | None = None) -> Merger:
    """Moves all rows that refer to `absorbed` to `kept`, fills what `kept` lacks, and deletes `absorbed`.

    `seen` is the checksum of the Merger that was reviewed. Raises Outdated when it has changed, ValidationError
    when the two cannot be merged; then nothing has changed.
    """
    merger = Merger(*_locked(kept, absorbed))
    if seen is not None and seen != merger.seen:
        raise Outdated(CHANGED)
    if merger.refusal:
        raise ValidationError(merger.refusal)
    for share in merger.shares:
        _move(share, merger.kept)
    merger.addresses.update(object_id=merger.kept.pk)
    _complete(merger)
    _delete(merger.absorbed)
    return merger


def likely_duplicates(speaker: Speaker) -> list[Speaker]:
    """Others with the same last name in any spelling, whose first name may be the same."""
    name = fold(speaker.last_name)
    others = Speaker.objects.filter(folded__startswith=name).exclude(pk=speaker.pk)
    alike = [other for other in others[:200] if fold(other.last_name) == name]
    return [other for other in alike if _may_be_same(speaker.first_name, other.first_name)][:MOST_OFFERED]


def _may_be_same(first: str, second: str) -> bool:
    one, other = sorted((fold(first), fold(second)), key=len)
    return other.startswith(one) or SequenceMatcher(None, one, other).ratio() >= MINIMUM_SIMILARITY


def _relations() -> list[models.ForeignObjectRel]:
    """Every foreign key to a speaker, including those of many-to-many tables."""
    found = Speaker._meta.get_fields(include_hidden=True)
    return [field for field in found if isinstance(field, models.ForeignObjectRel) and not field.many_to_many]


def _stored(row: models.Model) -> Iterator[models.Field]:
    return iter(row._meta.concrete_fields)


def _named(row: models.Model) -> list[str]:
    """The names of what `row` refers to, such as its session."""
    return [str(getattr(row, field.name)) for field in _stored(row) if field.is_relation]


def _rows(relation: models.ForeignObjectRel, *speakers: Speaker) -> QuerySet:
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": [one.pk for one in speakers]})
    return rows.order_by("pk")


def _locked(kept: Speaker, absorbed: Speaker) -> tuple[Speaker, Speaker]:
    """Both speakers as they are now, locked with the rows that refer to them."""
    if kept.pk == absorbed.pk:
        raise ValidationError("Das ist dieselbe Person.")
    found = {
        one.pk: one for one in Speaker.objects.select_for_update().filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    }
    if len(found) < 2:
        raise Outdated(CHANGED)
    for relation in _relations():
        list(_rows(relation, kept, absorbed).select_for_update().values_list("pk"))
    return found[kept.pk], found[absorbed.pk]


def _related_rows(relation: models.ForeignObjectRel, kept: Speaker, absorbed: Speaker) -> RelatedRows:
    model, field = relation.related_model, relation.field
    own, coming = (list(_readable(model, _rows(relation, speaker))) for speaker in (kept, absorbed))
    collisions: list[Collision] = []
    for names in _identities(model, field):
        known = {tuple(getattr(row, name) for name in names): row for row in own}
        pairs = [(known.get(tuple(getattr(row, name) for name in names)), row) for row in coming]
        collisions += [
            _collision(mine, other, field) for mine, other in pairs if mine and not _holds(collisions, other)
        ]
    return RelatedRows(model, field.name, coming, collisions)


def _readable(model: type[models.Model], rows: QuerySet) -> QuerySet:
    """With the relations that the page shows, if the model offers that."""
    everything = model._default_manager.filter(pk__in=rows.values("pk"))
    return everything.for_speaker_page() if hasattr(everything, "for_speaker_page") else everything


def _holds(collisions: list[Collision], row: models.Model) -> bool:
    return any(row in (collision.stays, collision.goes) for collision in collisions)


def _identities(model: type[models.Model], field: models.Field) -> Iterator[tuple[str, ...]]:
    """The columns that, with the speaker, must be unique: one tuple for each rule that a move could break."""
    yield from DUPLICATE_FIELDS.get(model, [])
    columns = {column.name: column.attname for column in model._meta.concrete_fields}
    rules = [rule.fields for rule in model._meta.constraints if isinstance(rule, models.UniqueConstraint)]
    rules += [*model._meta.unique_together, *([(field.name,)] if field.unique else [])]
    for names in rules:
        if field.name in names:
            yield tuple(columns[name] for name in names if name != field.name)


def _collision(mine: models.Model, other: models.Model, field: models.Field) -> Collision:
    return (
        Collision(other, mine) if _filled_fields(other, field) > _filled_fields(mine, field) else Collision(mine, other)
    )


def _filled_fields(row: models.Model, field: models.Field) -> int:
    filled = [one for one in _stored(row) if one.name not in NEVER_SHOWN and one != field]
    return sum(bool(getattr(row, one.attname)) for one in filled)


def _move(share: RelatedRows, kept: Speaker) -> None:
    moved = share.moved
    for row in {collision.goes for collision in share.collisions}:
        _delete(row)
    dated = {field.name for field in share.model._meta.concrete_fields} & {"changed_at"}
    for row in moved:
        setattr(row, share.field, kept)
        row.save(update_fields=[share.field, *dated])


def _field(name: str) -> models.Field:
    return next(field for field in Speaker._meta.fields if field.name == name)


def _is_empty(speaker: Speaker, name: str) -> bool:
    """Whether the field is empty or has its default."""
    return getattr(speaker, name) in (None, "", _field(name).get_default())


def _shown(speaker: Speaker, name: str) -> Shown:
    """The value as shown to editors."""
    value = getattr(speaker, name)
    if _is_empty(speaker, name):
        return ""
    return "ja" if value is True else dict(_field(name).flatchoices).get(value, value)


def _complete(merger: Merger) -> None:
    for detail in merger.filled:
        setattr(merger.kept, detail.name, getattr(merger.absorbed, detail.name))
    merger.kept.is_listed = merger.kept.is_listed and merger.absorbed.is_listed
    merger.kept.save()


def _delete(row: models.Model) -> None:
    """Deletes the row by its key, so that `row` stays readable."""
    try:
        type(row)._base_manager.get(pk=row.pk).delete()
    except (ProtectedError, RestrictedError) as error:
        raise ValidationError(f"„{row}“ wird noch gebraucht. Die beiden bleiben getrennt.") from error
