"""Permanent addresses: an old slug keeps leading to its object and is never reused for another."""

from itertools import chain, count
from typing import Any, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404

from lernnetzwerk.slugs.german import german_slug

Found = TypeVar("Found", bound=models.Model)
SLUG_TAKEN = "Diese Adresse ist vergeben oder vorbehalten. Bitte eine andere wählen."


class TakenSlug(models.Model):
    """A slug that an object has or once had; rows stay when the object is deleted."""

    scope = models.CharField("Bereich", max_length=100)
    slug = models.CharField("Adresse", max_length=100)
    object_id = models.BigIntegerField("Gegenstand")
    created_at = models.DateTimeField("vergeben am", auto_now_add=True)

    class Meta:
        verbose_name = "vergebene Adresse"
        verbose_name_plural = "vergebene Adressen"
        constraints = [models.UniqueConstraint(fields=["scope", "slug"], name="slug_is_taken_once")]

    def __str__(self) -> str:
        return self.slug


class Slugged(models.Model):
    """Has a German slug, unique within `slug_scope`; an empty one is made from `slug_source`."""

    RESERVED_SLUGS: frozenset[str] = frozenset()
    slug = models.SlugField(
        "Adresse",
        max_length=100,
        blank=True,
        help_text="Letzter Teil der öffentlichen Adresse. Leer: aus dem Titel gebildet. Frühere Adressen führen weiter "
        "hierher.",
    )

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        with transaction.atomic():
            if not self.slug:
                self._lock_scope()
                self.slug = self._free_slug()
            super().save(*args, **kwargs)
            taken, _created = TakenSlug.objects.get_or_create(
                scope=self.slug_scope, slug=self.slug, defaults={"object_id": self.pk}
            )
            if taken.object_id != self.pk:
                raise ValidationError({"slug": f"Die Adresse {self.slug} gehört schon etwas anderem."})

    def clean(self) -> None:
        super().clean()
        if self.slug and not self._is_free(self.slug):
            raise ValidationError({"slug": SLUG_TAKEN})

    def unique_error_message(self, model_class: type[models.Model], unique_check: Any) -> ValidationError:
        """Says the same when somebody takes the slug between `clean()` and the check of the constraints."""
        if "slug" in unique_check:
            return ValidationError(SLUG_TAKEN, code="unique")
        return super().unique_error_message(model_class, unique_check)

    @property
    def slug_source(self) -> str:
        """The text for the slug; defined by each model."""
        raise TypeError(f"{type(self).__name__} does not name the source of its address")

    @property
    def slug_scope(self) -> str:
        return self._meta.label_lower

    def _lock_scope(self) -> None:
        """Makes concurrent writers of one model wait: the second one sees the first one's slug as taken.

        SQLite runs write transactions one at a time by itself.
        """
        kind = ContentType.objects.get_for_model(self)
        ContentType.objects.select_for_update(no_key=True).get(pk=kind.pk)

    def _free_slug(self) -> str:
        wanted = german_slug(self.slug_source, max_length=90) or "ohne-titel"
        numbered = (f"{wanted}-{number}" for number in count(2))
        return next(slug for slug in chain([wanted], numbered) if self._is_free(slug))

    def _is_free(self, slug: str) -> bool:
        others = TakenSlug.objects.filter(scope=self.slug_scope, slug=slug).exclude(object_id=self.pk or 0)
        return slug not in self.RESERVED_SLUGS and not others.exists()


def find(queryset: models.QuerySet[Found], slug: str, scope: str | None = None) -> Found:
    """The row of `queryset` with this slug now or formerly: the caller compares the slug and redirects.

    Raises Http404 alike for rows outside of `queryset` (hidden) and for unknown slugs.
    """
    found = queryset.filter(slug=slug).first()
    if found is None:
        taken = TakenSlug.objects.filter(scope=scope or queryset.model._meta.label_lower, slug=slug)
        found = queryset.filter(pk__in=taken.values("object_id")).first()
    if found is None:
        raise Http404
    return found
