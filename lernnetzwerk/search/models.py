"""The index: builds, found things (items) with their texts (passages), names, known words; and synonyms."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lernnetzwerk.search.query import LONGEST_TERM, forms
from lernnetzwerk.visibility.models import Editorial, PublishedQuerySet


class Build(models.Model):
    """One version of the whole index. Queries read the current one while the next is being written."""

    started_at = models.DateTimeField("begonnen am", default=timezone.now)
    is_current = models.BooleanField("wird gelesen", default=False)

    class Meta:
        verbose_name = "Fassung des Suchindex"
        verbose_name_plural = "Fassungen des Suchindex"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"],
                condition=Q(is_current=True),
                name="search_has_one_current_build",
                violation_error_message="Gelesen wird genau eine Fassung.",
            )
        ]

    def __str__(self) -> str:
        return f"Fassung {self.pk}"


class KnownWord(models.Model):
    """A word in folded form that occurs alone in the texts from which a build was made."""

    build = models.ForeignKey(Build, verbose_name="Fassung", on_delete=models.CASCADE, related_name="words")
    form = models.CharField("Wort", max_length=60)
    shown = models.CharField("Schreibweise", max_length=100)
    number = models.PositiveIntegerField("Vorkommen", default=1)

    class Meta:
        verbose_name = "bekanntes Wort"
        verbose_name_plural = "bekannte Wörter"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["build", "form"], name="search_word_is_known_once")]

    def __str__(self) -> str:
        return self.shown


class Item(models.Model):
    """Something that can be found: an object with its facets, and the moment from which it is public.

    `topics` and `municipalities` have one line `slug<TAB>name` each; `series` has at most one. Items of the same kind
    and year with the same series, topics and municipalities share a number in `facets`, by which choices are counted.
    """

    build = models.ForeignKey(Build, verbose_name="Fassung", on_delete=models.CASCADE, related_name="items")
    kind = models.CharField("Art", max_length=20)
    object_id = models.BigIntegerField("Gegenstand")
    address = models.CharField("Adresse", max_length=1000)
    title = models.CharField("Titel", max_length=500)
    summary = models.TextField("Kurzfassung", blank=True)
    visible_from = models.DateTimeField("öffentlich ab")
    held_on = models.DateField("Datum", null=True)
    series = models.TextField("Reihe", blank=True)
    topics = models.TextField("Themen", blank=True)
    municipalities = models.TextField("Kommunen", blank=True)
    facets = models.BigIntegerField("Kennzahl der Filterwerte", default=0)
    is_sample = models.BooleanField("Beispielinhalt", default=False)
    digest = models.CharField("Prüfsumme der Texte", max_length=64)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = "Eintrag im Suchindex"
        verbose_name_plural = "Einträge im Suchindex"
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["build", "kind", "object_id"], name="search_item_is_found_once")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        return Q(**{f"{prefix}visible_from__lte": at})


class Passage(models.Model):
    """A text of an item: its own, that of one page or slide, or what is said from a second on.

    Its key is made of that of the item and its number in it (lernnetzwerk.search.engine, PLACE_BITS).
    `tokens` are those of lernnetzwerk.search.index_tokens; a full-text index of the database stands on this column.
    `words` are the forms as written, in order and with a space on both sides, for phrases. `title` is that of the page
    or who speaks, of an item's own text its context.
    """

    item = models.ForeignKey(Item, verbose_name="Eintrag", on_delete=models.CASCADE, related_name="passages")
    page = models.PositiveIntegerField("Seite", null=True)
    second = models.PositiveIntegerField("Sekunde", null=True)
    address = models.CharField("Adresse", max_length=1000)
    title = models.CharField("Titel", max_length=500, blank=True)
    text = models.TextField("Text", blank=True)
    words = models.TextField("Wörter", blank=True)
    tokens = models.TextField("Merkmale", blank=True)

    class Meta:
        verbose_name = "Text im Suchindex"
        verbose_name_plural = "Texte im Suchindex"
        default_permissions = ()

    def __str__(self) -> str:
        return self.address


class Name(models.Model):
    """A folded name of an item from one of its words to the end: `matthias knuth`, `knuth`."""

    item = models.ForeignKey(Item, verbose_name="Eintrag", on_delete=models.CASCADE, related_name="names")
    form = models.CharField("Name", max_length=200, db_index=True)
    is_whole = models.BooleanField("benennt den Eintrag")

    class Meta:
        verbose_name = "Name im Suchindex"
        verbose_name_plural = "Namen im Suchindex"
        default_permissions = ()

    def __str__(self) -> str:
        return self.form


class Synonyms(Editorial):
    """Terms that mean the same to the search, such as an abbreviation and what it stands for."""

    terms = models.TextField(
        "Begriffe",
        max_length=500,
        unique=True,
        help_text="Je Zeile einer, etwa „BuT“ und „Bildungs- und Teilhabepaket“. Wer einen sucht, findet auch die "
        "anderen.",
    )

    class Meta(Editorial.Meta):
        verbose_name = "Abkürzung oder Synonym"
        verbose_name_plural = "Abkürzungen und Synonyme"
        ordering = ["terms"]

    def __str__(self) -> str:
        return " = ".join(self.lines)

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        """They are never shown, but take effect at once."""
        return Q(**{f"{prefix}pk__isnull": False})

    def clean(self) -> None:
        super().clean()
        self.terms = "\n".join(self.lines)
        if len(self.lines) < 2 or not all(map(forms, self.lines)):
            raise ValidationError({"terms": "Bitte mindestens zwei Begriffe angeben, in jeder Zeile einen."})
        seen: dict[tuple[str, ...], str] = {}
        for line in self.lines:
            words = forms(line)
            if len(words) > LONGEST_TERM:
                raise ValidationError({"terms": f"„{line}“ ist zu lang. Ein Begriff hat höchstens sechs Wörter."})
            if words in seen:
                raise ValidationError(
                    {"terms": f"„{seen[words]}“ und „{line}“ sind für die Suche gleich. Bitte eine Zeile löschen."}
                )
            seen[words] = line

    def is_released(self) -> bool:
        return True

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.terms.splitlines() if line.strip()]


class MissedQuery(models.Model):
    """How often a query without a hit was asked on one day; nothing about who asked. Old rows are deleted."""

    LONGEST = 60

    words = models.CharField("gesucht", max_length=LONGEST)
    day = models.DateField("Tag")
    number = models.PositiveIntegerField("Anzahl", default=0)

    class Meta:
        verbose_name = "Suche ohne Treffer"
        verbose_name_plural = "Suchen ohne Treffer"
        default_permissions = ("view",)
        indexes = [models.Index(fields=["day"], name="search_missed_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["words", "day"],
                name="missed_query_is_counted_once_a_day",
                violation_error_message="Diese Suche ist an diesem Tag schon gezählt.",
            )
        ]

    def __str__(self) -> str:
        return self.words


def current_build() -> Any:
    return Build.objects.filter(is_current=True)
