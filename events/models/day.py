import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q

from events.models.event import Event
from lernnetzwerk.text.dates import IMPLAUSIBLE, is_plausible, plausible


class EventDay(models.Model):
    """One day of an event; days need not be consecutive, and a day's date may be unknown."""

    event = models.ForeignKey(Event, verbose_name="Treffen", on_delete=models.CASCADE, related_name="days")
    number = models.PositiveSmallIntegerField("Tag", default=1)
    date = models.DateField("Datum", null=True, blank=True, validators=[plausible], help_text="Leer: nicht bekannt.")

    class Meta:
        verbose_name = "Tag"
        verbose_name_plural = "Tage"
        ordering = ["event_id", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="event_day_is_numbered_once",
                violation_error_message="Diesen Tag gibt es schon.",
            ),
            models.UniqueConstraint(
                fields=["event", "date"],
                name="event_day_has_its_own_date",
                violation_error_message="Dieses Datum hat schon ein anderer Tag.",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="event_day_counts_from_one",
                violation_error_message="Tage werden ab 1 gezählt.",
            ),
            models.CheckConstraint(
                condition=is_plausible("date"),
                name="event_day_is_plausible",
                violation_error_message=IMPLAUSIBLE,
            ),
        ]

    def __str__(self) -> str:
        return f"Tag {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        self.event.remember_days()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        deleted = super().delete(*args, **kwargs)
        self.event.remember_days()
        return deleted

    @property
    def held_on(self) -> datetime.date | None:
        """The date, unless the event's own first and last day contradict it: nothing public names another date."""
        return self.date if self.date and self.event.is_held_on(self.date) else None


class FormerDay(models.Model):
    """An entry that the calendar of a public event once had: it is cancelled there, for those who have saved it.

    Number 0 is the one entry for all days that events without a released programme had.
    """

    event = models.ForeignKey(Event, verbose_name="Treffen", on_delete=models.CASCADE, related_name="former_days")
    number = models.PositiveSmallIntegerField("Tag")
    begins_on = models.DateField("erster Tag")
    ends_on = models.DateField("letzter Tag")

    class Meta:
        verbose_name = "entfallener Kalendereintrag"
        verbose_name_plural = "entfallene Kalendereinträge"
        ordering = ["event_id", "number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["event", "number"],
                name="former_day_is_kept_once",
                violation_error_message="Dieser Eintrag steht schon unter den entfallenen.",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("begins_on")) & is_plausible("begins_on", "ends_on"),
                name="former_day_ends_after_it_begins",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
        ]

    def __str__(self) -> str:
        return f"Tag {self.number}, entfallen"
