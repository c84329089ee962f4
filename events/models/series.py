from datetime import datetime
from typing import Self

from django.db import models
from django.urls import reverse

from lernnetzwerk.slugs.models import Slugged
from lernnetzwerk.text.searchable import FoldedField, Searchable, SearchableRows
from lernnetzwerk.visibility.models import Editorial, Identified, PublishedQuerySet


class SeriesQuerySet(SearchableRows, PublishedQuerySet):
    def published(self, at: datetime | None = None) -> Self:
        return self.with_published("events", at)


class Series(Searchable, Identified, Slugged, Editorial):
    name = models.CharField("Name", max_length=150, unique=True)
    description = models.TextField("Beschreibung", blank=True)

    folded = FoldedField("name")

    objects = SeriesQuerySet.as_manager()

    class Meta(Editorial.Meta):
        verbose_name = "Reihe"
        verbose_name_plural = "Reihen"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["slug"], name="series_slug_is_unique")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:series", args=[self.slug])

    @property
    def slug_source(self) -> str:
        return self.name
