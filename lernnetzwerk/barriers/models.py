from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.formats import date_format

DESCRIPTION_LENGTH = 5_000


class BarrierReport(models.Model):
    """A barrier that a visitor reported. No network address is kept; staff change state and note."""

    class State(models.TextChoices):
        NEW = "new", "neu"
        IN_PROGRESS = "in_progress", "in Bearbeitung"
        DONE = "done", "erledigt"

    page = models.CharField(
        "Seite", max_length=500, blank=True, help_text="Adresse der Seite, so wie sie eingetragen wurde."
    )
    description = models.TextField(
        "Was nicht ging",
        max_length=DESCRIPTION_LENGTH,
        help_text="Die Beschreibung mit den Worten der meldenden Person.",
    )
    name = models.CharField("Name", max_length=200, blank=True, help_text="Freiwillige Angabe.")
    email = models.EmailField("E-Mail-Adresse", blank=True, help_text="Freiwillige Angabe, nur für eine Antwort.")
    received_at = models.DateTimeField("eingegangen am", auto_now_add=True)
    changed_at = models.DateTimeField("geändert am", auto_now=True)
    mailed_at = models.DateTimeField(
        "als E-Mail verschickt am",
        null=True,
        blank=True,
        editable=False,
        help_text="Leer: nicht per E-Mail verschickt.",
    )
    state = models.CharField(
        "Stand",
        max_length=20,
        choices=State,
        default=State.NEW,
        help_text="Erledigte Meldungen werden nach einem Jahr gelöscht; so steht es in der Datenschutzerklärung.",
    )
    note = models.TextField("interne Notiz", blank=True, help_text="Zuständigkeit und Antwort.")
    submission = models.UUIDField("Absendung", default=uuid4, editable=False)

    class Meta:
        verbose_name = "gemeldete Barriere"
        verbose_name_plural = "gemeldete Barrieren"
        ordering = ["-received_at", "-pk"]
        default_permissions = ("change", "delete", "view")
        constraints = [
            models.UniqueConstraint(
                fields=["submission"],
                name="barrier_report_is_stored_once",
                violation_error_message="Diese Meldung ist schon eingegangen.",
            ),
            models.CheckConstraint(
                condition=~Q(description=""),
                name="barrier_report_says_what_is_wrong",
                violation_error_message="Bitte beschreiben, was nicht ging.",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("description"), DESCRIPTION_LENGTH),
                name="barrier_report_has_a_limit",
                violation_error_message="Eine Beschreibung hat höchstens 5.000 Zeichen.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "in_progress", "done"]),
                name="barrier_report_has_a_known_state",
                violation_error_message="Der Stand ist neu, in Bearbeitung oder erledigt.",
            ),
        ]

    def __str__(self) -> str:
        """Contains nothing that a visitor typed: the admin history keeps it forever."""
        return f"Meldung vom {date_format(timezone.localtime(self.received_at), 'j. F Y, H:i')} Uhr"
