from datetime import time

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from events.models import clock
from events.models.day import EventDay
from events.models.event import Event
from events.models.session import Session
from lernnetzwerk.text.searchable import FoldedField, Searchable, SearchableRows
from lernnetzwerk.visibility.models import Editorial


class ProgrammeQuerySet(SearchableRows, models.QuerySet):
    def working(self) -> models.QuerySet:
        return self.filter(number__isnull=True)

    def releases(self) -> models.QuerySet:
        return self.filter(number__isnull=False).order_by("-number")


class Programme(Searchable, Editorial):
    """One version of an event's programme: the working one has no number, releases count from 1 and never change."""

    event = models.ForeignKey(Event, verbose_name="Treffen", on_delete=models.CASCADE, related_name="programmes")
    number = models.PositiveSmallIntegerField("Fassung", null=True, blank=True, editable=False)
    note = models.CharField(
        "Anmerkung",
        max_length=250,
        blank=True,
        help_text="Steht öffentlich bei den Änderungen, auf der Seite des Treffens und im Feed, etwa der Grund.",
    )
    released_at = models.DateTimeField("freigegeben am", null=True, blank=True, editable=False)
    is_final = models.BooleanField(
        "endgültig",
        default=False,
        editable=False,
        help_text="Sonst steht vor und während des Treffens „Vorläufiges Programm“ auf der Seite.",
    )
    snapshot = models.JSONField("Abbild", null=True, blank=True, editable=False, encoder=DjangoJSONEncoder)

    folded = FoldedField("note")

    objects = ProgrammeQuerySet.as_manager()

    class Meta(Editorial.Meta):
        verbose_name = "Programm"
        verbose_name_plural = "Programme"
        ordering = ["event_id", models.F("number").asc(nulls_first=True)]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="programme_release_is_numbered_once",
                violation_error_message="Diese Fassung gibt es schon.",
            ),
            models.UniqueConstraint(
                fields=["event"],
                condition=Q(number__isnull=True),
                name="programme_has_one_working_version",
                violation_error_message="Ein Treffen hat genau eine Arbeitsfassung.",
            ),
            models.CheckConstraint(
                condition=Q(number__isnull=True, released_at__isnull=True, snapshot__isnull=True)
                | Q(number__gte=1, released_at__isnull=False, snapshot__isnull=False),
                name="programme_release_has_moment_and_snapshot",
                violation_error_message="Nur eine freigegebene Fassung hat Zeitpunkt und Abbild.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {'Arbeitsfassung' if self.is_working else f'Fassung {self.number}'}"

    @property
    def is_working(self) -> bool:
        return self.number is None

    def is_released(self) -> bool:
        return not self.is_working


class Slot(models.Model):
    """One item of a programme version; day and order are required, day part and times may be unknown.

    `change` is set by pages: `Neu` or `Geändert` with the release they show, else empty.
    """

    change = ""

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", "vorläufig"
        CONFIRMED = "confirmed", "bestätigt"
        CANCELLED = "cancelled", "entfällt"

    programme = models.ForeignKey(Programme, verbose_name="Programm", on_delete=models.CASCADE, related_name="slots")
    day = models.ForeignKey(EventDay, verbose_name="Tag", on_delete=models.RESTRICT, related_name="slots")
    order = models.PositiveSmallIntegerField("Reihenfolge")
    parent = models.ForeignKey(
        "self",
        verbose_name="übergeordneter Punkt",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="children",
    )
    is_parallel = models.BooleanField(
        "Unterpunkte laufen parallel", default=False, help_text="Wer teilnimmt, wählt einen davon."
    )
    begins_at = models.TimeField("Beginn", null=True, blank=True, help_text="Leer: nicht bekannt.")
    duration = models.PositiveSmallIntegerField("Dauer in Minuten", null=True, blank=True)
    is_after_midnight = models.BooleanField("beginnt nach Mitternacht", default=False, editable=False)
    day_part = models.CharField("Tagesabschnitt", max_length=60, blank=True, help_text="Etwa „Am Nachmittag“.")
    room = models.CharField("Raum", max_length=100, blank=True)
    status = models.CharField("Stand", max_length=12, choices=Status, default=Status.CONFIRMED)
    session = models.ForeignKey(
        Session, verbose_name="Beitrag", null=True, blank=True, on_delete=models.RESTRICT, related_name="slots"
    )
    title = models.CharField(
        "Titel", max_length=150, blank=True, help_text="Nur für Pausen und Ähnliches, ohne Beitrag."
    )

    class Meta:
        verbose_name = "Programmpunkt"
        verbose_name_plural = "Programmpunkte"
        ordering = ["programme_id", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "order"],
                name="slot_has_its_own_place",
                violation_error_message="Auf diesem Platz steht schon ein Programmpunkt.",
            ),
            models.UniqueConstraint(
                fields=["programme", "session"],
                name="slot_shows_a_session_once",
                violation_error_message="Dieser Beitrag steht schon im Programm.",
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=True) ^ Q(title=""),
                name="slot_has_a_session_or_a_title",
                violation_error_message="Ein Programmpunkt zeigt entweder einen Beitrag oder trägt einen Titel.",
            ),
            models.CheckConstraint(
                condition=Q(duration__isnull=True) | Q(duration__gte=0),
                name="slot_duration_is_not_negative",
                violation_error_message="Die Dauer ist nie negativ.",
            ),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | Q(is_parallel=False),
                name="slot_nests_one_level",
                violation_error_message="Ein Unterpunkt hat keine eigenen Unterpunkte.",
            ),
        ]

    def __str__(self) -> str:
        return self.session.name if self.session else self.title

    @property
    def begins(self) -> int | None:
        """Minutes after midnight of its day, in the night after it more than 1440; None if unknown."""
        if self.begins_at is None:
            return None
        night = clock.DAY if self.is_after_midnight else 0
        return night + self.begins_at.hour * clock.HOUR + self.begins_at.minute

    @property
    def ends(self) -> int | None:
        """Minutes after midnight of its day; None without begin or duration."""
        return None if self.begins is None or self.duration is None else self.begins + self.duration

    @property
    def ends_at(self) -> time | None:
        """Time of day of the end, possibly on a later day."""
        return None if self.ends is None else time(self.ends // clock.HOUR % 24, self.ends % clock.HOUR)

    @property
    def is_cancelled(self) -> bool:
        """Also with the item that it belongs to."""
        return self.Status.CANCELLED in {self.status, self.parent.status if self.parent else self.status}

    @property
    def begin_in_words(self) -> str:
        """`10:15`, or `0:30 Uhr nachts`; empty if unknown."""
        return "" if self.begins is None else clock.shown(self.begins)

    @property
    def start_in_words(self) -> str:
        """`10:15 Uhr`, `0:30 Uhr nachts`; empty if unknown."""
        return "" if self.begins is None else clock.in_words(self.begins)

    @property
    def time_in_words(self) -> str:
        """`10:15 bis 11:00 Uhr`, `ab 10:15 Uhr`; empty if unknown."""
        return "" if self.begins is None else clock.span(self.begins, self.ends)

    @property
    def facts(self) -> list[str]:
        """The known facts in words: `bis 11:20`, `Raum 3`, `Am Nachmittag`."""
        end = f"bis {clock.shown(self.ends)}" if self.ends is not None and self.duration else ""
        choice = "parallel" if self.is_parallel else ""
        return [fact for fact in (end, self.room, self.day_part, choice) if fact]
