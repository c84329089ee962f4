"""What is public, and when: the one rule for every list, page, count, feed and download.

`visible(model, at, prefix)` returns it as a query condition that the model defines; `prefix` is the path to it from
the queried model, such as `session__event__`. Every public query starts from `.published()`, which filters by this
condition. The default is hidden.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, Self, cast
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from lernnetzwerk.visibility.placeholders import in_words, placeholders

END_OF_TIME = datetime(9999, 12, 31, tzinfo=UTC)


def visible(model: type["Editorial"], at: datetime | None = None, prefix: str = "") -> Q:
    """Condition that the row of `model` at the path `prefix` is public at the moment `at`."""
    return model.visible(at or timezone.now(), prefix)


class PublishedQuerySet(models.QuerySet):
    def published(self, at: datetime | None = None) -> Self:
        """Rows that are public at the moment `at` (default: now)."""
        return self.filter(visible(cast("type[Editorial]", self.model), at))

    def with_published(self, relation: str, at: datetime | None = None) -> Self:
        """Rows with a public row in the reverse or many-to-many `relation`, such as `appearances`."""
        model, owner = _other_end(self.model, relation)
        shown = rows_of(model).published(at)
        return self.filter(Exists(shown.filter(**{owner: OuterRef("pk")})))

    def with_counts(self, *relations: str, at: datetime | None = None) -> Self:
        """Adds `<relation>_count`, the number of public rows in each reverse or many-to-many relation."""
        counts = {}
        for relation in relations:
            model, owner = _other_end(self.model, relation)
            shown = rows_of(model).published(at).filter(**{owner: OuterRef("pk")})
            number = shown.order_by().values(owner).annotate(number=Count("pk", distinct=True)).values("number")
            counts[f"{relation}_count"] = Coalesce(Subquery(number), 0)
        return self.annotate(**counts)

    def for_sitemap(self) -> Self:
        """Public rows with no more than their addresses and `changed_at` need."""
        return self.published().only("slug", "changed_at")


def rows_of(model: type["Editorial"]) -> PublishedQuerySet:
    """All rows of `model`; the manager of each editorial model is made from a PublishedQuerySet."""
    return cast("PublishedQuerySet", model._default_manager.all())


def related(model: type[models.Model], relation: str) -> Any:
    """All rows of the model at the other end of `relation`; untyped, as an upper layer may own that model."""
    return rows_of(_other_end(model, relation)[0])


def published_links(model: type[models.Model], relation: str, at: datetime | None = None) -> models.QuerySet:
    """The rows of the table behind `relation`, a reverse many-to-many of `model`, whose other end is public.

    The database finds out once for each other end whether it is public, not once for each row.
    """
    field: Any = model._meta.get_field(relation)
    shown = rows_of(field.related_model).published(at).order_by()
    return field.through._default_manager.filter(**{f"{field.field.m2m_field_name()}__in": shown}).order_by()


def _other_end(model: type[models.Model], relation: str) -> tuple[type["Editorial"], str]:
    """The target of a reverse or many-to-many relation, and the name of its field that points back."""
    field: Any = model._meta.get_field(relation)
    return field.related_model, field.remote_field.name


class Editorial(models.Model):
    """A model that editors maintain: when it was created and changed, and whether it is public.

    A change that would be public at once requires the permission `publish_…`.
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

    @property
    def owner_key(self) -> str:
        """What it belongs to, such as `session:7`; empty if to nothing. A preview link ends when this changes."""
        return ""

    def is_released(self) -> bool:
        """Whether a change to this row is public, or will become public by itself."""
        return self.is_visible(END_OF_TIME)


class Identified(models.Model):
    """Has a public page: a random identifier for calendars, feeds and exports, independent of slugs and databases."""

    uuid = models.UUIDField("Kennung", default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


class State(models.TextChoices):
    DRAFT = "draft", "Entwurf"
    SUBMITTED = "submitted", "vorgelegt"
    PUBLISHED = "published", "veröffentlicht"
    WITHDRAWN = "withdrawn", "zurückgezogen"


class Publishable(Editorial):
    """Has its own state: public once published and `published_from` has passed. Queries check this, not a job."""

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

    def clean(self) -> None:
        super().clean()
        if self.state == State.PUBLISHED:
            self.check_complete()

    def open_points(self) -> list[str]:
        """What must be added before visitors may see this, in German: what the placeholders in its texts ask for."""
        return placeholders(self)

    def check_complete(self) -> None:
        """Raises ValidationError while something must be added."""
        if points := self.open_points():
            raise ValidationError(f"„{self}“ ist noch unvollständig. Bitte ergänzen: {in_words(points)}.")

    def is_released(self) -> bool:
        """Approved, even if its parent is hidden: the parent may be published later without another approval."""
        return self.state == State.PUBLISHED


@transaction.atomic
def submit(instances: Iterable[Publishable]) -> int:
    """Submits drafts and withdrawn rows for release; returns how many changed."""
    return sum(_change_state(instance, {State.DRAFT, State.WITHDRAWN}, State.SUBMITTED, None) for instance in instances)


@transaction.atomic
def publish(instances: Iterable[Publishable], published_from: datetime | None = None) -> int:
    """Publishes from the given moment (default: now); returns how many were not published before.

    Raises ValidationError, and publishes nothing, while one of them is incomplete.
    """
    moment = published_from or timezone.now()
    return sum(
        _change_state(instance, set(State) - {State.PUBLISHED}, State.PUBLISHED, moment) for instance in instances
    )


@transaction.atomic
def withdraw(instances: Iterable[Publishable]) -> int:
    """Withdraws published rows, scheduled ones too; returns how many changed."""
    return sum(_change_state(instance, {State.PUBLISHED}, State.WITHDRAWN, None) for instance in instances)


def _change_state(instance: Publishable, origins: set[State], target: State, published_from: datetime | None) -> bool:
    """Compares and sets under a row lock: the second of two concurrent callers sees the first one's result."""
    row = type(instance)._default_manager.select_for_update().get(pk=instance.pk)
    if row.state not in origins:
        return False
    if target == State.PUBLISHED:
        row.check_complete()
    row.state, row.published_from = target, published_from
    row.save(update_fields=["state", "published_from", "changed_at"])
    instance.state, instance.published_from = target, published_from
    return True
