"""When an event is held: known to the day, month or year, on one day, on consecutive days or with gaps."""

from datetime import date, datetime

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
    # Where the released programme of the last day goes on after midnight.
    runs_until = models.DateTimeField("läuft in der Nacht bis", null=True, blank=True, editable=False)

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

    def is_upcoming(self, at: datetime | None = None) -> bool:
        """Whether the event is not over at the moment `at` (default: now), as `EventQuerySet.upcoming` selects."""
        at = at or timezone.now()
        is_at_night = self.runs_until is not None and at < self.runs_until
        return is_at_night or (self.ends_on is not None and self.ends_on >= timezone.localdate(at))

    def phase(self, at: datetime | None = None) -> "EventDates.Phase":
        """Whether the moment `at` (default: now) is before, during or after the event; undated events are over.

        Between days that do not follow each other the next one is still to come. The night after the last day
        belongs to it as long as its programme lasts.
        """
        at = at or timezone.now()
        today = timezone.localdate(at)
        if not self.is_upcoming(at):
            return self.Phase.AFTER
        days = self.days_with_gaps
        is_last_night = self.ends_on is not None and today > self.ends_on
        has_begun = is_last_night or (today in days if days else self.starts_on is None or today >= self.starts_on)
        return self.Phase.DURING if has_begun else self.Phase.BEFORE
