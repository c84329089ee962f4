from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from lernnetzwerk.operation.prepared_statements import AT, Prepared
from lernnetzwerk.slugs.german import sort_key
from lernnetzwerk.slugs.models import Slugged
from lernnetzwerk.text.folding import fold
from lernnetzwerk.text.richtext import RichTextField
from lernnetzwerk.text.searchable import FoldedField, Searchable, SearchableRows
from lernnetzwerk.visibility.models import (
    Editorial,
    Identified,
    Publishable,
    PublishedQuerySet,
    published_links,
    related,
)
from practice.topic_order import topic_key

NRW_LATITUDES = (Decimal("50.3"), Decimal("52.6"))
NRW_LONGITUDES = (Decimal("5.8"), Decimal("9.5"))


class Reference(Searchable, Identified, Slugged, Editorial):
    """Reference data always has a public page; the page shows only what is public."""

    class Meta(Editorial.Meta):
        abstract = True

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        return Q(**{f"{prefix}pk__isnull": False})

    def is_released(self) -> bool:
        return True


class MunicipalityQuerySet(SearchableRows, PublishedQuerySet):
    def contributing(self, at: datetime | None = None) -> Self:
        """Municipalities with something public: a session, an appearance, a practice example, an event hosted."""
        shown = [self.with_published(relation, at) for relation in ("sessions", "appearances", "practice_examples")]
        events = related(self.model, "hosted_events").published(at)
        hosting = self.filter(Exists(events.exclude(course="cancelled").filter(host=OuterRef("pk"))))
        return shown[0] | shown[1] | shown[2] | hosting

    def namesakes(self, municipality: "Municipality") -> "list[Municipality]":
        """Others with the same name in any spelling."""
        name = fold(municipality.name)
        others: Any = self.filter(folded__startswith=name).exclude(pk=municipality.pk)
        return [other for other in others if fold(other.name) == name]


class Municipality(Reference):
    activity: Any  # set by activities.describe()
    is_contributing: bool  # set by regions.by_region()

    class Kind(models.TextChoices):
        CITY = "city", "kreisfreie Stadt"
        DISTRICT = "district", "Kreis"
        MUNICIPALITY = "town", "kreisangehörige Stadt"
        COMMUNE = "commune", "kreisangehörige Gemeinde"

    class Region(models.TextChoices):
        ARNSBERG = "arnsberg", "Arnsberg"
        DETMOLD = "detmold", "Detmold"
        DUESSELDORF = "duesseldorf", "Düsseldorf"
        KOELN = "koeln", "Köln"
        MUENSTER = "muenster", "Münster"

    BELONGING = (Kind.MUNICIPALITY, Kind.COMMUNE)

    name = models.CharField("Name", max_length=100)
    sort_name = models.CharField("Sortierung", max_length=110, editable=False)
    kind = models.CharField("Art", max_length=10, choices=Kind)
    key = models.CharField(
        "Gemeindeschlüssel (AGS)",
        max_length=8,
        unique=True,
        validators=[
            RegexValidator(r"^05\d{3}(\d{3})?$", "Der Schlüssel beginnt mit 05 und hat fünf oder acht Ziffern.")
        ],
    )
    district = models.ForeignKey(
        "self",
        verbose_name="Kreis",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="members",
        limit_choices_to={"kind": Kind.DISTRICT},
    )
    region = models.CharField("Regierungsbezirk", max_length=12, choices=Region)
    inhabitants = models.PositiveIntegerField("Einwohner", null=True, blank=True, help_text="Leer: nicht bekannt.")
    latitude = models.DecimalField("Breite", max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField("Länge", max_digits=7, decimal_places=4, null=True, blank=True)
    member_since = models.PositiveSmallIntegerField(
        "im Netzwerk seit", null=True, blank=True, help_text="Jahr. Leer: auf der Seite steht „nicht bekannt“."
    )

    folded = FoldedField("name", "key")

    objects = MunicipalityQuerySet.as_manager()

    class Meta(Reference.Meta):
        verbose_name = "Kommune"
        verbose_name_plural = "Kommunen"
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="municipality_slug_is_unique"),
            models.CheckConstraint(
                condition=Q(kind__in=("town", "commune"), district__isnull=False)
                | Q(kind__in=("city", "district"), district__isnull=True),
                name="municipality_belongs_to_a_district_or_is_free",
                violation_error_message="Kreisangehörige haben einen Kreis, kreisfreie Städte und Kreise keinen.",
            ),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    latitude__range=NRW_LATITUDES,
                    longitude__isnull=False,
                    longitude__range=NRW_LONGITUDES,
                ),
                name="municipality_lies_in_the_state",
                violation_error_message="Bitte Breite und Länge angeben; der Ort liegt in Nordrhein-Westfalen.",
            ),
            models.CheckConstraint(
                condition=Q(inhabitants__isnull=True) | Q(inhabitants__gt=0),
                name="municipality_has_inhabitants",
                violation_error_message="Eine unbekannte Einwohnerzahl bleibt leer.",
            ),
            models.CheckConstraint(
                condition=Q(member_since__isnull=True) | Q(member_since__range=(2005, 2100)),
                name="municipality_joined_in_a_plausible_year",
                violation_error_message="Bitte ein Jahr ab 2005 angeben.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("practice:municipality", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name, max_length=110)
        super().save(*args, **kwargs)

    @property
    def slug_source(self) -> str:
        return self.name

    @property
    def kind_and_district(self) -> str:
        """`Kreisfreie Stadt`, `Kreisangehörige Stadt im Kreis Unna`."""
        kind = self.get_kind_display()
        place = f" {self.district.with_preposition}" if self.district else ""
        return f"{kind[:1].upper()}{kind[1:]}{place}"

    @property
    def subject(self) -> str:
        """The name at the beginning of a sentence: `Hamm`, `Der Kreis Unna`, `Die Städteregion Aachen`."""
        if self.kind != self.Kind.DISTRICT:
            return self.name
        return f"{'Die' if self.name.startswith('Städteregion') else 'Der'} {self.name}"

    @property
    def with_preposition(self) -> str:
        """Where its municipalities are: `in Hamm`, `im Kreis Unna`, `in der Städteregion Aachen`."""
        if self.kind != self.Kind.DISTRICT:
            return f"in {self.name}"
        return f"{'in der' if self.name.startswith('Städteregion') else 'im'} {self.name}"

    @property
    def unknown_facts(self) -> list[str]:
        """Names of the facts that are unknown."""
        known = {"Einwohnerzahl": self.inhabitants, "Beitrittsjahr": self.member_since}
        return [name for name, value in known.items() if not value]

    @property
    def rounded_inhabitants(self) -> str:
        """Rounded to hundreds, as the sources are of different years: `91.000`."""
        return f"{round(self.inhabitants or 0, -2):,}".replace(",", ".")


class TopicQuerySet(SearchableRows, PublishedQuerySet):
    def with_mentions(self) -> "list[Topic]":
        """Each with `mentions`, the number of public events, sessions and practice examples; four queries."""
        numbers: Counter[int] = Counter()
        for mentions in MENTIONS:
            numbers.update(dict(mentions.rows_now()))
        topics: list[Any] = list(self)
        for topic in topics:
            topic.mentions = numbers[topic.pk]
        return topics


class Topic(Reference):
    mentions: int  # set by with_mentions()

    class Kind(models.TextChoices):
        FIELD = "field", "Handlungsfeld"
        PHASE = "phase", "Lebensphase"
        LAW = "law", "Rechtskreis"
        GROUP = "group", "Zielgruppe"

    kind = models.CharField("Art", max_length=10, choices=Kind)
    name = models.CharField("Name", max_length=100)
    sort_name = models.CharField("Sortierung", max_length=110, editable=False)
    position = models.PositiveSmallIntegerField(
        "Platz in der Reihenfolge",
        null=True,
        blank=True,
        help_text="Themen einer Art sind nach dieser Zahl geordnet. Leer: dahinter, nach dem Namen; Gesetzbücher nach "
        "ihrer Nummer.",
    )
    description = models.TextField(
        "Beschreibung", blank=True, help_text="Steht über der Themenseite, ein bis zwei Sätze."
    )

    folded = FoldedField("name")

    objects = TopicQuerySet.as_manager()

    class Meta(Reference.Meta):
        verbose_name = "Thema"
        verbose_name_plural = "Themen"
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="topic_slug_is_unique"),
            models.UniqueConstraint(
                fields=["kind", "name"],
                name="topic_is_named_once_per_kind",
                violation_error_message="Dieses Thema gibt es schon.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("practice:topic", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = topic_key(list(self.Kind).index(self.Kind(self.kind)), self.position, self.name)
        super().save(*args, **kwargs)

    @property
    def slug_source(self) -> str:
        return self.name


def _mentions(relation: str) -> Prepared:
    return Prepared(lambda: published_links(Topic, relation, AT).values_list("topic").annotate(Count("pk")))


MENTIONS = [_mentions(relation) for relation in ("events", "sessions", "practice_examples")]


class PracticeExampleQuerySet(SearchableRows, PublishedQuerySet):
    def for_cards(self) -> Self:
        return self.prefetch_related("municipalities", "topics")

    def for_page(self) -> Self:
        return self.prefetch_related("municipalities__district", "topics")


class PracticeExample(Searchable, Identified, Slugged, Publishable):
    class Stage(models.TextChoices):
        UNKNOWN = "unknown", "nicht bekannt"
        IDEA = "idea", "Idee"
        PILOT = "pilot", "Pilot"
        REGULAR = "regular", "Regelbetrieb"
        ENDED = "ended", "beendet"

    title = models.CharField("Titel", max_length=250)
    summary = models.TextField(
        "Kurzfassung", blank=True, help_text="Ein bis zwei Sätze; stehen auf Karten und oben auf der Seite."
    )
    municipalities = models.ManyToManyField(Municipality, verbose_name="Kommunen", related_name="practice_examples")
    topics = models.ManyToManyField(Topic, verbose_name="Themen", blank=True, related_name="practice_examples")
    starting_point = RichTextField("Ausgangslage")
    approach = RichTextField("Vorgehen")
    outcome = RichTextField("Ergebnis")
    pitfalls = RichTextField("Stolpersteine")
    prerequisites = RichTextField("Voraussetzungen")
    transferability = RichTextField("Übertragbarkeit")
    stage = models.CharField("Umsetzungsstand", max_length=10, choices=Stage, default=Stage.UNKNOWN)
    checked_on = models.DateField(
        "zuletzt geprüft am", null=True, blank=True, help_text="Leer: auf der Seite steht „nicht bekannt“."
    )
    contact_function = models.CharField(
        "Ansprechstelle",
        max_length=200,
        blank=True,
        help_text="Eine Stelle, keine Person: etwa „Koordination Präventionskette“.",
    )
    contact_email = models.EmailField("Postfach der Stelle", blank=True)
    is_sample = models.BooleanField(
        "Beispielinhalt",
        default=False,
        help_text="Erfundener Inhalt. Neben dem Praxisbeispiel steht „Beispiel“.",
    )

    folded = FoldedField("title", "summary")

    objects = PracticeExampleQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "Praxisbeispiel"
        verbose_name_plural = "Praxisbeispiele"
        ordering = ["title", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="practice_example_slug_is_unique"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("practice:example", args=[self.slug])

    @property
    def slug_source(self) -> str:
        return self.title

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Headings and texts of the description, in reading order."""
        names = ("starting_point", "approach", "outcome", "pitfalls", "prerequisites", "transferability")
        fields = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return [(fields[name], getattr(self, name)) for name in names if getattr(self, name)]

    @property
    def known_state(self) -> str:
        """For a card: `Pilot · geprüft im März 2027`, without what is unknown."""
        stage = "" if self.stage == self.Stage.UNKNOWN else self.get_stage_display()
        checked = f"geprüft im {date_format(self.checked_on, 'F Y')}" if self.checked_on else ""
        return " · ".join(filter(None, [stage, checked]))

    @property
    def unknown_facts(self) -> list[str]:
        """Names of the facts that are unknown."""
        known = {"Umsetzungsstand": self.stage != self.Stage.UNKNOWN, "letzte Prüfung": self.checked_on}
        return [name for name, value in known.items() if not value]

    def years_unchecked(self, today: date | None = None) -> int:
        """More than this many whole years have passed since the last check; 0 below two or if irrelevant."""
        if self.checked_on is None or self.stage == self.Stage.ENDED:
            return 0
        today = today or timezone.localdate()
        is_before_the_day = (today.month, today.day) <= (self.checked_on.month, self.checked_on.day)
        years = today.year - self.checked_on.year - is_before_the_day
        return years if years >= 2 else 0
