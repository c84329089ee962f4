"""What may be seen by everyone, and when: the one policy behind every list, page, count, feed and download.

`visible(model, at, prefix)` gives that as a query condition, asking the model; `prefix` is the path to it from the
model being queried, such as `session__event__`. Everything public starts from `.published()`, which is that condition
as a filter. Hidden is the default.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self, cast
from uuid import uuid4

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)


def visible(model: type["Editorial"], at: datetime | None = None, prefix: str = "") -> Q:
    """Condition that the row of `model` at the path `prefix` may be seen by everyone at the moment `at`."""
    return model.visible(at or timezone.now(), prefix)


class PublishedQuerySet(models.QuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """Rows everyone may see at the moment `at` (default: now)."""
        return self.filter(visible(cast("type[Editorial]", self.model), at))

    def with_published(self, relation: str, at: datetime | None = None) -> Self:
        """Rows that have something visible in the reverse or many-to-many `relation`, such as `appearances`."""
        model, owner = _other_end(self.model, relation)
        shown = rows_of(model).published(at)
        return self.filter(Exists(shown.filter(**{owner: OuterRef("pk")})))

    def with_counts(self, *relations: str, at: datetime | None = None) -> Self:
        """Adds `<relation>_count`, the number of visible things in each reverse or many-to-many relation."""
        counts = {}
        for relation in relations:
            model, owner = _other_end(self.model, relation)
            shown = rows_of(model).published(at).filter(**{owner: OuterRef("pk")})
            number = shown.order_by().values(owner).annotate(number=Count("pk", distinct=True)).values("number")
            counts[f"{relation}_count"] = Coalesce(Subquery(number), 0)
        return self.annotate(**counts)

    def for_sitemap(self) -> Self:
        """Visible rows with all that their addresses need."""
        return self.published()


def rows_of(model: type["Editorial"]) -> PublishedQuerySet:
    """All rows of `model`: the manager of each editorial model is made from a PublishedQuerySet."""
    return cast("PublishedQuerySet", model._default_manager.all())


def related(model: type[models.Model], relation: str) -> Any:
    """All rows of the model at the other end of `relation`. Of no known type: an upper floor may own that model."""
    return rows_of(_other_end(model, relation)[0])


def _other_end(model: type[models.Model], relation: str) -> tuple[type["Editorial"], str]:
    """The model that a reverse or many-to-many relation leads to, and the name of its field that leads back."""
    field: Any = model._meta.get_field(relation)
    return field.related_model, field.remote_field.name


class Editorial(models.Model):
    """Something editors keep: when it was made and changed, and whether everyone can see it.

    The permission `publish_…` is asked wherever a change would be seen by everyone at once.
    """

    created_at = models.DateTimeField("angelegt am", auto_now_add=True)
    changed_at = models.DateTimeField("geändert am", auto_now=True)

    class Meta:
        abstract = True
        default_permissions = ("add", "change", "delete", "view", "publish")

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        raise TypeError(f"{cls.__name__} has no visibility of its own")

    def is_visible(self, at: datetime | None = None) -> bool:
        return rows_of(type(self)).published(at).filter(pk=self.pk).exists()

    def is_released(self) -> bool:
        """Whether a change to this row is, or will by itself become, a change to what everyone sees."""
        return self.is_visible(END_OF_TIME)


class Identified(models.Model):
    """Has a public page: a random identity for calendars, feeds and exports that outlives slugs and databases."""

    uuid = models.UUIDField("Kennung", default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class State(models.TextChoices):
    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "vorgelegt"
    PUBLISHED = "published", "veröffentlicht"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class Publishable(Editorial):
    """Has its own state: public once published and its moment has come. No job runs at that moment, queries ask."""

    state = models.CharField("Stand", max_length=10, choices=State, default=State.DRAFT, editable=False)
    published_from = models.DateTimeField("öffentlich ab", null=True, blank=True, editable=False)

    class Meta(Editorial.Meta):
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(published_from__isnull=False),
                name="%(class)s_published_has_a_moment",
                violation_error_message="Wer veröffentlicht, legt fest, ab wann.",
            ),
        ]

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        return Q(**{f"{prefix}state": State.PUBLISHED, f"{prefix}published_from__lte": at})

    def is_released(self) -> bool:
        """Approved, even while what it belongs to is hidden: that may be shown later without another look at this."""
        return self.state == State.PUBLISHED


@transaction.atomic
def submit(instances: Iterable[Publishable]) -> int:
    """Hands drafts and withdrawn things in for release; returns how many changed."""
    return sum(_move(instance, {State.DRAFT, State.WITHDRAWN}, State.SUBMITTED, None) for instance in instances)


@transaction.atomic
def publish(instances: Iterable[Publishable], published_from: datetime | None = None) -> int:
    """Publishes from the given moment (default: at once); what is already published stays as it is."""
    moment = published_from or timezone.now()
    return sum(_move(instance, set(State) - {State.PUBLISHED}, State.PUBLISHED, moment) for instance in instances)


@transaction.atomic
def withdraw(instances: Iterable[Publishable]) -> int:
    """Takes published things back, scheduled ones too; returns how many changed."""
    return sum(_move(instance, {State.PUBLISHED}, State.WITHDRAWN, None) for instance in instances)


def _move(instance: Publishable, origins: set[State], target: State, published_from: datetime | None) -> bool:
    """Compares and sets under the row's lock: of two people acting at once, the second finds it done."""
    row = type(instance)._default_manager.select_for_update().get(pk=instance.pk)
    if row.state not in origins:
        return False
    row.state, row.published_from = target, published_from
    row.save(update_fields=["state", "published_from", "changed_at"])
    instance.state, instance.published_from = target, published_from
    return True
