from datetime import datetime
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.urls import reverse

from lernnetzwerk.pictures import models as pictures
from lernnetzwerk.slugs.german import sort_key
from lernnetzwerk.slugs.models import Slugged
from lernnetzwerk.text.folding import fold
from lernnetzwerk.text.richtext import RichTextField
from lernnetzwerk.text.searchable import FoldedField, Searchable, SearchableRows
from lernnetzwerk.visibility.models import END_OF_TIME, Editorial, Identified, PublishedQuerySet


class SpeakerQuerySet(SearchableRows, PublishedQuerySet):
    def published(self, at: datetime | None = None) -> "SpeakerQuerySet":
        """Speakers with their own page: listed, and with at least one public appearance."""
        return self.filter(is_listed=True).with_published("appearances", at)

    def namesakes(self, speaker: "Speaker") -> "list[Speaker]":
        """At most 200 others with the same name in any spelling."""
        name = fold(f"{speaker.last_name} {speaker.first_name}")
        others: Any = self.filter(folded__startswith=name).exclude(pk=speaker.pk)[:200]
        return [other for other in others if fold(f"{other.last_name} {other.first_name}") == name]


class Speaker(Searchable, Identified, Slugged, pictures.Pictured, Editorial):
    picture_name = "photo"

    academic_title = models.CharField("akademischer Titel", max_length=60, blank=True, help_text="Etwa „Prof. Dr.“")
    first_name = models.CharField("Vorname", max_length=100, blank=True)
    last_name = models.CharField("Nachname", max_length=100)
    sort_name = models.CharField("Sortierung", max_length=201, editable=False)
    unit = models.CharField("Abteilung oder Lehrstuhl", max_length=200, blank=True)
    organisation = models.CharField("Einrichtung", max_length=200, blank=True)
    place = models.CharField("Ort", max_length=100, blank=True)
    biography = RichTextField("Zur Person")
    photo = pictures.picture("Foto", related_name="portraits")
    photo_alt = pictures.alt()
    photo_is_decorative = pictures.is_decorative()
    photo_credit = pictures.credit()
    photo_focus = pictures.focus()
    is_listed = models.BooleanField(
        "im Verzeichnis zeigen",
        default=True,
        help_text="Ohne Haken steht nur der Name im Beitrag, ohne eigene Seite.",
    )
    is_sample = models.BooleanField(
        "Beispielinhalt",
        default=False,
        help_text="Erfundener Inhalt. Neben der Person steht „Beispiel“.",
    )

    folded = FoldedField("last_name", "first_name", "unit", "organisation", "place")

    objects = SpeakerQuerySet.as_manager()

    class Meta(Editorial.Meta):
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="speaker_slug_is_unique"),
            pictures.is_described("photo", "speaker_photo_is_described_or_decorative"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("speakers:detail", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(f"{self.last_name} {self.first_name}", max_length=201)
        super().save(*args, **kwargs)

    @property
    def slug_source(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def full_name(self) -> str:
        """First and last name, without titles."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def name(self) -> str:
        return f"{self.academic_title} {self.full_name}".strip()

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @property
    def letter(self) -> str:
        """The letter under which an alphabetical list shows the speaker."""
        return self.sort_name[:1].upper()

    @property
    def affiliation(self) -> str:
        return ", ".join(filter(None, [self.unit, self.organisation, self.place]))

    @property
    def picture_url(self) -> str:
        return reverse("speakers:photo", args=[self.slug]) if self.photo_id else ""

    def is_released(self) -> bool:
        """Public appearances show the name of unlisted speakers, too."""
        return self.pk is not None and self.appearances.published(END_OF_TIME).exists()


class SpeakerLink(models.Model):
    speaker = models.ForeignKey(Speaker, verbose_name="Person", on_delete=models.CASCADE, related_name="links")
    label = models.CharField(
        "Linktext", max_length=100, help_text="Wohin der Link führt, etwa „Profil der Hochschule“."
    )
    url = models.URLField("Adresse", max_length=500, validators=[URLValidator(schemes=["http", "https"])])
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    class Meta:
        verbose_name = "Link"
        verbose_name_plural = "Links"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
