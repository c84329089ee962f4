"""The content of stored files: facts, the text of each page, renditions. All of it can be read again."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from lernnetzwerk.files.models import StoredFile


class Reading(models.Model):
    """Facts read from one stored file. A file without this row was not read yet."""

    # Garbage collection ignores this foreign key.
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
    hidden_content = models.JSONField(
        "Verborgenes", default=dict, blank=True, help_text="Schlüssel und Anzahl, z. B. „notes“ und 3."
    )
    remarks = models.JSONField(
        "Auffälliges", default=list, blank=True, help_text="Schlüssel, z. B. „garbled“ für unlesbaren Text."
    )
    next_picture = models.PositiveIntegerField(
        "Bilder fehlen ab Seite", null=True, blank=True, help_text="Leer, wenn alle Bilder da sind."
    )
    names = models.JSONField("Namen in den Eigenschaften", default=list, blank=True)
    codecs = models.JSONField(
        "Codecs", default=list, blank=True, help_text="Wie RFC 6381 und Matroska sie nennen, z. B. „hvc1“."
    )

    accessibility = models.CharField(
        "Zugänglichkeit",
        max_length=10,
        choices=Level,
        default=Level.UNKNOWN,
        db_index=True,
        help_text="Aus dem, was in der Datei steht, beim Lesen bestimmt.",
    )
    open_findings = models.PositiveSmallIntegerField("offene Hinweise", default=0)

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


class AcceptedFinding(models.Model):
    """The decision to accept a finding of one file, with its reason."""

    reading = models.ForeignKey(
        Reading, verbose_name="Inhalt", on_delete=models.CASCADE, related_name="accepted_findings"
    )
    key = models.CharField("Hinweis", max_length=30)
    reason = models.CharField("bleibt so, weil", max_length=300)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="entschieden von",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accepted_at = models.DateTimeField("entschieden am", auto_now=True)

    class Meta:
        verbose_name = "begründeter Hinweis"
        verbose_name_plural = "begründete Hinweise"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reading", "key"], name="finding_is_accepted_once"),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="accepted_finding_has_a_reason",
                violation_error_message="Dieses Feld darf nicht leer sein.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.reason}"


class FilePage(models.Model):
    """The normalised text of one page or slide, without speaker notes."""

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
        """Renditions of first pages and of images."""
        return self.filter(number=1)


class Rendition(models.Model):
    """A WebP rendition of one page of a stored file; an image is its own page 1."""

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
