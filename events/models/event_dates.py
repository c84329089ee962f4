"""When an event is held: known to the day, month or year, on one day, on consecutive days or with gaps."""

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date

from events.models.dates import Precision, german_dates, last_day
from lernnetzwerk.text.dates import plausible


class EventDates(models.Model):
    class Phase(models.TextChoices):
        BEFORE = "before", "angekündigt"
        DURING = "during", "läuft"
        AFTER = "after", "dokumentiert"

    starts_on = models.DateField(
        "erster Tag",
        null=True,
        blank=True,
        validators=[plausible],
        help_text="Leer: auf der Seite steht „Datum nicht bekannt“.",
    )
    ends_on = models.DateField(
        "letzter Tag", null=True, blank=True, validators=[plausible], help_text="Leer: wie der erste Tag."
    )
    precision = models.CharField("Genauigkeit", max_length=10, choices=Precision, default=Precision.UNKNOWN)
    separate_days = models.TextField("einzelne Tage", blank=True, editable=False)  # ISO 8601, where there are gaps

    class Meta:
        abstract = True

    def settle_dates(self) -> None:
        """Derives precision and last day from the given dates."""
        if self.starts_on is None:
            self.precision = Precision.UNKNOWN
            return
        if self.precision == Precision.UNKNOWN:
            self.precision = Precision.DAY
        self.ends_on = last_day(self.ends_on or self.starts_on, self.precision)

    @property
    def dates(self) -> str:
        return german_dates(self.starts_on, self.ends_on, self.precision, self.days_with_gaps)

    @property
    def days_with_gaps(self) -> list[date]:
        """All days of an event whose days do not follow each other, such as two Fridays; empty for others."""
        days = [day for day in map(parse_date, self.separate_days.split()) if day and self.is_held_on(day)]
        return days if days and (days[0], days[-1]) == (self.starts_on, self.ends_on) else []

    def is_held_on(self, day: date) -> bool:
        """Whether `day` is one of the dates that list and head of the event name."""
        return self.has_calendar and self.starts_on <= day <= self.ends_on  # type: ignore[operator]

    @property
    def year(self) -> int | None:
        return self.starts_on.year if self.starts_on else None

    @property
    def has_calendar(self) -> bool:
        return self.starts_on is not None and self.precision == Precision.DAY

    def is_upcoming(self, today: date | None = None) -> bool:
        return self.ends_on is not None and self.ends_on >= (today or timezone.localdate())

    def phase(self, today: date | None = None) -> "EventDates.Phase":
        """Whether `today` is before, during or after the event; undated events are over.

        Between days that do not follow each other the next one is still to come.
        """
        today = today or timezone.localdate()
        if not self.is_upcoming(today):
            return self.Phase.AFTER
        days = self.days_with_gaps
        has_begun = today in days if days else self.starts_on is None or today >= self.starts_on
        return self.Phase.DURING if has_begun else self.Phase.BEFORE
