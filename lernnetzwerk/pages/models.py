from typing import Self

from django.db import models
from django.urls import reverse

from lernnetzwerk.files.fields import StoredFileField
from lernnetzwerk.text.richtext import RichTextField
from lernnetzwerk.visibility.models import Publishable, PublishedQuerySet


class Address(models.TextChoices):
    """The pages that a public body must provide; each has a fixed address."""

    IMPRESSUM = "impressum", "/impressum/"
    PRIVACY = "datenschutz", "/datenschutz/"
    ACCESSIBILITY = "barrierefreiheit", "/barrierefreiheit/"
    PLAIN_LANGUAGE = "leichte-sprache", "/leichte-sprache/"
    SIGN_LANGUAGE = "gebaerdensprache", "/gebaerdensprache/"
    CONTACT = "kontakt", "/kontakt/"
    REPORT_BARRIER = "barriere-melden", "/barriere-melden/"
    NETWORK = "startseite", "/ (Absatz auf der Startseite)"


# Texts that are part of another page.
ON_OTHER_PAGES = {Address.REPORT_BARRIER.value: "barriers:report", Address.NETWORK.value: "home"}


class PageQuerySet(PublishedQuerySet):
    def for_sitemap(self) -> Self:
        """Without the home page, which the sitemap lists anyway."""
        return super().for_sitemap().exclude(slug=Address.NETWORK)


class Page(Publishable):
    slug = models.CharField("Adresse", max_length=30, choices=Address, unique=True)
    title = models.CharField("Titel", max_length=200, help_text="Steht als Überschrift über der Seite.")
    body = RichTextField("Text", headings=(2, 3))
    video = StoredFileField(
        verbose_name="Video",
        accept="video",
        null=True,
        blank=True,
        related_name="+",
        help_text="Steht über dem Text. Für die Seite in Gebärdensprache nötig.",
    )

    objects = PageQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "Seite"
        verbose_name_plural = "Seiten"
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        if self.slug in ON_OTHER_PAGES:
            return reverse(ON_OTHER_PAGES[self.slug])
        return reverse("pages:detail", args=[self.slug])

    def open_points(self) -> list[str]:
        needs_video = self.slug == Address.SIGN_LANGUAGE and self.video_id is None
        return super().open_points() + (["Video in Gebärdensprache"] if needs_video else [])
