from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q
from django.urls import reverse

from events.models.event import Event
from lernnetzwerk.slugs.models import Slugged
from lernnetzwerk.text.enumeration import enumeration
from lernnetzwerk.text.richtext import RichTextField
from lernnetzwerk.text.searchable import FoldedField, Searchable, SearchableRows
from lernnetzwerk.visibility.models import Editorial, Identified, PublishedQuerySet, related, visible
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker

LANGUAGES = [
    ("", "nicht bekannt"),
    ("de", "Deutsch"),
    ("en", "Englisch"),
    ("fr", "Französisch"),
    ("nl", "Niederländisch"),
]


def public_attachments(prefix: str = "") -> Prefetch:
    """Prefetches published attachments as `public_attachments` of the session at the path `prefix`."""
    attachments = related(Session, "attachments").published()
    return Prefetch(f"{prefix}attachments", attachments.with_files(), to_attr="public_attachments")


def is_cancelled(session: str = "pk", event: str = "event") -> Exists:
    """Condition that the event's current release cancels the session at these paths, itself or with its parent."""
    slots = related(Session, "slots").filter(session=OuterRef(session), programme=OuterRef(f"{event}__current_release"))
    return Exists(slots.filter(Q(status="cancelled") | Q(parent__status="cancelled")).order_by())


class SessionQuerySet(SearchableRows, PublishedQuerySet):
    def for_cards(self) -> Self:
        """With all that a card outside the event's page shows, `is_cancelled` among it."""
        cards = self.select_related("event__series", "event__host").annotate(is_cancelled=is_cancelled())
        return cards.prefetch_related("appearances__speaker", "municipalities")

    def for_timeline(self) -> Self:
        """As `for_cards`, with `public_attachments`; the latest event first, undated ones last."""
        return self.for_cards().prefetch_related(public_attachments()).newest_first()

    def of_municipality(self, municipality: Municipality) -> Self:
        """Sessions linked to the municipality, and those with an appearance for it."""
        spoken = Appearance.objects.filter(municipality=municipality)
        return self.filter(Q(pk__in=municipality.sessions.values("pk")) | Q(pk__in=spoken.values("session")))

    def for_page(self) -> Self:
        related = self.select_related("event__series", "event__host", "event__current_release")
        return related.defer("event__current_release__snapshot")

    def newest_first(self) -> Self:
        """The latest event first, undated ones last."""
        return self.order_by(F("event__starts_on").desc(nulls_last=True), "event", "pk")

    def for_sitemap(self) -> Self:
        return super().for_sitemap().select_related("event").only("slug", "changed_at", "event__slug")


class Session(Searchable, Identified, Slugged, Editorial):
    """One part of an event, such as a talk or a forum; the programme's slots hold its place and time."""

    public_attachments: list[Any]  # set by public_attachments()
    reason: Any  # set by without_attachment()

    class Kind(models.TextChoices):
        WELCOME = "welcome", "Begrüßung"
        TALK = "talk", "Fachvortrag"
        DISCUSSION = "discussion", "Diskussion"
        FORUM_PHASE = "forum_phase", "Forenphase"
        FORUM = "forum", "Praxisforum"
        WORKSHOP = "workshop", "Workshop"
        CLOSING = "closing", "Abschluss"

    RESERVED_SLUGS = frozenset({"programm", "aenderungen", "jetzt", "mein-programm", "materialien", "vorschau", "bild"})

    event = models.ForeignKey(Event, verbose_name="Treffen", on_delete=models.CASCADE, related_name="sessions")
    kind = models.CharField("Art", max_length=12, choices=Kind)
    title = models.CharField(
        "Titel",
        max_length=250,
        blank=True,
        help_text="Leer: Der Titel entsteht aus Art und Mitwirkenden und wird so gekennzeichnet.",
    )
    is_title_editorial = models.BooleanField(
        "Titel von der Redaktion ergänzt", default=False, help_text="Auf der Seite steht dann „Titel ergänzt“."
    )
    subtitle = models.CharField("Untertitel", max_length=250, blank=True)
    abstract = RichTextField("Worum es ging")
    results = RichTextField("Ergebnisse")
    municipalities = models.ManyToManyField(
        Municipality,
        verbose_name="Kommunen",
        blank=True,
        related_name="sessions",
        help_text="Kommunen, die den Beitrag gestaltet haben.",
    )
    practice_examples = models.ManyToManyField(
        PracticeExample, verbose_name="Praxisbeispiele", blank=True, related_name="sessions"
    )
    topics = models.ManyToManyField(Topic, verbose_name="Themen", blank=True, related_name="sessions")
    language = models.CharField("Sprache", max_length=5, choices=LANGUAGES, blank=True)

    folded = FoldedField("title", "subtitle")

    objects = SessionQuerySet.as_manager()

    class Meta(Editorial.Meta):
        verbose_name = "Beitrag"
        verbose_name_plural = "Beiträge"
        ordering = ["event_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["event", "slug"], name="session_slug_is_unique_in_its_event")]

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        """The event is visible and its current release contains the session."""
        release = OuterRef(f"{prefix}event__current_release")
        placed = related(cls, "slots").filter(session=OuterRef(f"{prefix}pk"), programme=release).order_by()
        return visible(Event, at, f"{prefix}event__") & Q(Exists(placed))

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:session", args=[self.event.slug, self.slug])

    @property
    def slug_scope(self) -> str:
        return f"{self._meta.label_lower}:{self.event_id}"

    @property
    def slug_source(self) -> str:
        return self.title or self.get_kind_display()

    @property
    def owner_key(self) -> str:
        return f"event:{self.event_id}"

    @property
    def has_derived_title(self) -> bool:
        return not self.title

    @property
    def is_title_marked(self) -> bool:
        """Whether pages say that the speakers did not give the title."""
        return self.is_title_editorial or self.has_derived_title

    @property
    def name(self) -> str:
        """The title, or one derived from kind and contributors, never stored."""
        if self.title or self.pk is None:
            return self.title or self.get_kind_display()
        kind, speakers = self.get_kind_display(), self.contributors
        if speakers:
            return f"{kind} {'durch' if self.kind == self.Kind.WELCOME else 'von'} {speakers}"
        return f"{kind} {enumeration([municipality.name for municipality in self.municipalities.all()])}".strip()

    @property
    def is_sample(self) -> bool:
        """Belongs to an invented event."""
        return self.event.is_sample

    @property
    def title_language(self) -> str:
        """The language of the title, for its markup; empty for a derived title, which is German."""
        return self.language if self.title else ""

    @property
    def contributors(self) -> str:
        """The speakers in one line, without chairs, who are not authors."""
        appearances = [one for one in self.appearances.all() if one.role != Appearance.Role.CHAIR]
        return enumeration([appearance.name for appearance in appearances])


class AppearanceQuerySet(SearchableRows, PublishedQuerySet):
    def for_speaker_page(self) -> Self:
        """With `is_cancelled`, session, event, municipalities, topics, `public_attachments`; the latest event first."""
        related = self.select_related("session__event__series", "session__event__host", "municipality", "speaker")
        return (
            related.annotate(is_cancelled=is_cancelled("session", "session__event"))
            .prefetch_related(
                "session__appearances__speaker",
                "session__municipalities",
                "session__topics",
                public_attachments("session__"),
            )
            .order_by(F("session__event__starts_on").desc(nulls_last=True), "session", "pk")
        )


class Appearance(Searchable, Editorial):
    """A speaker's role in a session, with title and affiliation of that day."""

    class Role(models.TextChoices):
        TALK = "talk", "Vortrag"
        CHAIR = "chair", "Moderation"
        WELCOME = "welcome", "Begrüßung"
        PANEL = "panel", "Podium"

    COPIED = ("academic_title", "unit", "organisation", "place")
    AFFILIATION_HELP = "Sind Titel, Einrichtung und Ort leer, werden sie von der Person übernommen."

    session = models.ForeignKey(Session, verbose_name="Beitrag", on_delete=models.CASCADE, related_name="appearances")
    speaker = models.ForeignKey(Speaker, verbose_name="Person", on_delete=models.PROTECT, related_name="appearances")
    role = models.CharField("Rolle", max_length=10, choices=Role, default=Role.TALK)
    academic_title = models.CharField("Titel an diesem Tag", max_length=60, blank=True, help_text=AFFILIATION_HELP)
    unit = models.CharField("Abteilung oder Lehrstuhl", max_length=200, blank=True)
    organisation = models.CharField("Einrichtung", max_length=200, blank=True)
    place = models.CharField("Ort", max_length=100, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        verbose_name="für die Kommune",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appearances",
    )
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)

    folded = FoldedField("organisation", "unit", "place")

    objects = AppearanceQuerySet.as_manager()

    class Meta(Editorial.Meta):
        verbose_name = "Mitwirkung"
        verbose_name_plural = "Mitwirkungen"
        ordering = ["session_id", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker", "role"],
                name="appearance_is_entered_once_per_role",
                violation_error_message="Diese Person steht in dieser Rolle schon beim Beitrag.",
            )
        ]

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        return visible(Session, at, f"{prefix}session__")

    def __str__(self) -> str:
        return f"{self.name} ({self.get_role_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and not any(getattr(self, field) for field in self.COPIED):
            for field in self.COPIED:
                setattr(self, field, getattr(self.speaker, field))
        super().save(*args, **kwargs)

    def is_released(self) -> bool:
        return self.session.is_released()

    @property
    def name(self) -> str:
        """The speaker's name with the title of that day."""
        return f"{self.academic_title} {self.speaker.full_name}".strip()

    @property
    def affiliation(self) -> str:
        return ", ".join(filter(None, [self.unit, self.organisation, self.place]))
