"""What was found inside stored files: facts, the text of each page, pictures. All of it can be read again."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from lernnetzwerk.files.models import StoredFile


class Reading(models.Model):
    """What one stored file says of itself. No row: nobody has looked inside yet."""

    # Cleaning up: to describe a file is not to need it.
    describes = "stored_file"

    class State(models.TextChoices):
        RUNNING = "running", "wird gelesen"
        DONE = "done", "gelesen"
        FAILED = "failed", "keine Vorschau"

    class Level(models.TextChoices):
        GOOD = "good", "barrierearm"
        PARTIAL = "partial", "eingeschränkt"
        POOR = "poor", "nicht barrierefrei"
        UNKNOWN = "unknown", "nicht geprüft"

    stored_file = models.OneToOneField(
        StoredFile, verbose_name="Datei", primary_key=True, on_delete=models.CASCADE, related_name="reading"
    )
    state = models.CharField("Stand", max_length=10, choices=State, default=State.RUNNING)
    reason = models.CharField("keine Vorschau, weil", max_length=300, blank=True)
    attempts = models.PositiveSmallIntegerField("Versuche", default=0)
    started_at = models.DateTimeField("begonnen am", default=timezone.now)
    title = models.CharField("Titel in der Datei", max_length=500, blank=True)
    language = models.CharField("Sprache in der Datei", max_length=35, blank=True, help_text="BCP 47, z. B. „de-DE“.")
    outline = models.JSONField(
        "Gliederung",
        default=list,
        blank=True,
        help_text="Einträge mit „level“ ab 1, „title“ und „page“ ab 1 (0: ohne Seiten).",
    )
    seconds = models.PositiveIntegerField("Dauer in Sekunden", null=True, blank=True)
    width = models.PositiveIntegerField("Breite in Pixeln", null=True, blank=True)
    height = models.PositiveIntegerField("Höhe in Pixeln", null=True, blank=True)
    is_tagged = models.BooleanField("mit Struktur für Vorleseprogramme", null=True, blank=True)
    has_headings = models.BooleanField("mit Überschriften", null=True, blank=True)
    figures = models.PositiveIntegerField("Abbildungen", null=True, blank=True)
    figures_described = models.PositiveIntegerField("davon beschrieben", null=True, blank=True)
    is_scan = models.BooleanField("nur Bilder von Seiten, kein Text", null=True, blank=True)
    is_encrypted = models.BooleanField("verschlüsselt", null=True, blank=True)
    active_content = models.JSONField(
        "aktive Inhalte", default=list, blank=True, help_text="Schlüssel der gefundenen Inhalte, z. B. „javascript“."
    )

    accessibility = models.CharField(
        "Zugänglichkeit",
        max_length=10,
        choices=Level,
        default=Level.UNKNOWN,
        db_index=True,
        help_text="Aus dem, was in der Datei steht, beim Lesen bestimmt.",
    )

    class Meta:
        verbose_name = "Inhalt einer Datei"
        verbose_name_plural = "Inhalte der Dateien"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(state="failed") | Q(reason=""),
                name="reading_has_a_reason_only_when_failed",
                violation_error_message="Nur wo es keine Vorschau gibt, gibt es einen Grund dafür.",
            ),
            models.CheckConstraint(
                condition=Q(figures_described__isnull=True)
                | Q(figures__isnull=False, figures_described__lte=models.F("figures")),
                name="reading_describes_no_more_figures_than_there_are",
                violation_error_message="Beschrieben sind höchstens so viele Abbildungen, wie es gibt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stored_file_id}: {self.get_state_display()}"

    @property
    def is_done(self) -> bool:
        return self.state == self.State.DONE


class FilePage(models.Model):
    """One page or slide: its text, cleaned for reading and searching. Speakers' notes are not part of it."""

    reading = models.ForeignKey(Reading, verbose_name="Inhalt", on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("Seite")
    title = models.CharField("Titel", max_length=500, blank=True)
    text = models.TextField("Text", blank=True)

    class Meta:
        verbose_name = "Seite einer Datei"
        verbose_name_plural = "Seiten der Dateien"
        ordering = ["number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reading", "number"], name="file_page_number_is_unique"),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="file_page_numbers_start_at_one",
                violation_error_message="Seiten zählen ab 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Seite {self.number}"


class RenditionQuerySet(models.QuerySet):
    def covers(self) -> Self:
        """Pictures of first pages, and images themselves."""
        return self.filter(number=1)


class Rendition(models.Model):
    """A WebP picture of one page of a stored file, or of a stored image itself (page 1), made by the portal."""

    describes = "source"

    class Size(models.TextChoices):
        SMALL = "small", "klein"
        LARGE = "large", "groß"

    source = models.ForeignKey(StoredFile, verbose_name="Datei", on_delete=models.CASCADE, related_name="renditions")
    number = models.PositiveIntegerField("Seite", default=1)
    size = models.CharField("Größe", max_length=5, choices=Size)
    picture = models.OneToOneField(
        StoredFile, verbose_name="Bild", on_delete=models.PROTECT, related_name="rendition_of"
    )

    objects = RenditionQuerySet.as_manager()

    class Meta:
        verbose_name = "verkleinertes Bild"
        verbose_name_plural = "verkleinerte Bilder"
        ordering = ["number", "size"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["source", "number", "size"], name="rendition_is_unique"),
            models.CheckConstraint(
                condition=Q(number__gte=1),
                name="rendition_pages_start_at_one",
                violation_error_message="Seiten zählen ab 1.",
            ),
        ]

    def __str__(self) -> str:
        return f"Seite {self.number}, {self.get_size_display()}"
