from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from events.models.clock import DAY, last_end, moment
from events.models.dates import runs
from events.models.event_dates import EventDates
from events.models.event_queryset import EventQuerySet
from events.models.series import Series
from lernnetzwerk.pictures import models as pictures
from lernnetzwerk.slugs.models import Slugged
from lernnetzwerk.text.dates import IMPLAUSIBLE, is_plausible, plausible
from lernnetzwerk.text.richtext import RichTextField
from lernnetzwerk.text.searchable import FoldedField, Searchable
from lernnetzwerk.text.web_addresses import web_address
from lernnetzwerk.visibility.models import Identified, Publishable
from practice.models import Municipality, Topic


class Event(Searchable, Identified, Slugged, pictures.Pictured, EventDates, Publishable):
    picture_name = "image"

    class Format(models.TextChoices):
        UNKNOWN = "unknown", "nicht bekannt"
        PRESENCE = "presence", "Präsenz"
        ONLINE = "online", "online"
        HYBRID = "hybrid", "hybrid"

    class Course(models.TextChoices):
        PLANNED = "planned", "wie geplant"
        CANCELLED = "cancelled", "abgesagt"
        POSTPONED = "postponed", "verschoben"

    series = models.ForeignKey(
        Series, verbose_name="Reihe", null=True, blank=True, on_delete=models.PROTECT, related_name="events"
    )
    number = models.PositiveSmallIntegerField("Nummer", null=True, blank=True, help_text="Leer: nicht gezählt.")
    position = models.PositiveSmallIntegerField(
        "Platz in der Reihe",
        null=True,
        blank=True,
        help_text="Ordnet Treffen ohne Datum ein. Leer: nicht bekannt.",
    )
    title = models.CharField(
        "Titel", max_length=250, blank=True, help_text="Leer: Der Titel wird aus der Reihe gebildet."
    )
    is_title_editorial = models.BooleanField(
        "Titel von der Redaktion ergänzt",
        default=False,
        help_text="Das Treffen hatte keinen Titel. Auf der Seite steht ein Hinweis.",
    )
    motto = models.CharField("Motto", max_length=250, blank=True)
    short_code = models.CharField(
        "Kurzzeichen",
        max_length=20,
        blank=True,
        validators=[RegexValidator(r"^[a-z0-9_]{4,}$", "Mindestens vier Kleinbuchstaben, Ziffern oder Unterstriche.")],
        help_text="Für Kalender und Austauschformate, etwa lnt21.",
    )
    state_programme = models.CharField(
        "Name des Landesprogramms", max_length=200, blank=True, help_text="Name zur Zeit des Treffens."
    )
    format = models.CharField("Format", max_length=10, choices=Format, default=Format.UNKNOWN)
    course = models.CharField("Verlauf", max_length=10, choices=Course, default=Course.PLANNED)
    course_note = models.CharField(
        "Hinweis zum Verlauf",
        max_length=250,
        blank=True,
        help_text="Steht bei abgesagten und verschobenen Treffen unter dem Hinweis, etwa „Neuer Termin im Herbst“.",
    )
    new_date = models.ForeignKey(
        "self",
        verbose_name="neuer Termin",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="former_dates",
        help_text="Das Treffen, das statt dieses stattfindet. Sobald es öffentlich ist, führt ein Link dorthin.",
    )
    venue = models.CharField("Ort", max_length=250, blank=True)
    directions = RichTextField("Anreise")
    host = models.ForeignKey(
        Municipality,
        verbose_name="gastgebende Kommune",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted_events",
    )
    summary = models.TextField(
        "Kurzfassung", blank=True, help_text="Ein bis zwei Sätze; stehen auf Karten und oben auf der Seite."
    )
    description = RichTextField("Beschreibung", help_text="Inhalt und Ziele. Steht vor dem Programm.")
    participant_information = RichTextField(
        "Nur für Teilnehmende",
        help_text="Etwa Einwahldaten. Steht auf keiner öffentlichen Seite, nur unter dem Link für Teilnehmende.",
    )
    participant_key = models.UUIDField("Kennung des Links", null=True, blank=True, editable=False, unique=True)
    review = RichTextField("Rückblick", help_text="Verlauf und Ergebnisse. Steht nach den Materialien.")
    image = pictures.picture("Bild", related_name="event_images")
    image_alt = pictures.alt()
    image_is_decorative = pictures.is_decorative()
    image_credit = pictures.credit()
    image_focus = pictures.focus()
    topics = models.ManyToManyField(
        Topic,
        verbose_name="Themen",
        blank=True,
        related_name="events",
        help_text="Stehen zusammen mit denen der Beiträge.",
    )
    registration_url = models.URLField(
        "Anmeldung", max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    registration_until = models.DateField("Anmeldung bis", null=True, blank=True, validators=[plausible])
    calendar_sequence = models.PositiveIntegerField("Fassung im Kalender", default=0, editable=False)
    is_sample = models.BooleanField(
        "Beispielinhalt",
        default=False,
        help_text="Erfundener Inhalt. Neben dem Treffen steht „Beispiel“.",
    )
    current_release = models.ForeignKey(
        "events.Programme",
        verbose_name="veröffentlichtes Programm",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    folded = FoldedField("title", "motto", "short_code", "venue")

    public_new_date: "Event | None"  # set by `with_new_date`

    attachment_count: int  # set by for_cards()

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "Treffen"
        verbose_name_plural = "Treffen"
        ordering = [F("starts_on").desc(nulls_last=True), "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(fields=["slug"], name="event_slug_is_unique"),
            models.UniqueConstraint(
                fields=["short_code"],
                condition=~Q(short_code=""),
                name="event_short_code_is_unique",
                violation_error_message="Dieses Kurzzeichen hat schon ein anderes Treffen.",
            ),
            models.UniqueConstraint(
                fields=["series", "number"],
                name="event_number_is_unique_in_its_series",
                violation_error_message="Diese Nummer hat in der Reihe schon ein anderes Treffen.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="event_ends_after_it_starts",
                violation_error_message="Der letzte Tag liegt vor dem ersten.",
            ),
            models.CheckConstraint(
                condition=Q(precision="unknown", starts_on__isnull=True, ends_on__isnull=True)
                | (~Q(precision="unknown") & Q(starts_on__isnull=False, ends_on__isnull=False)),
                name="event_precision_fits_its_date",
                violation_error_message="Zu einem letzten Tag gehört ein erster.",
            ),
            models.CheckConstraint(
                condition=is_plausible("starts_on", "ends_on", "registration_until"),
                name="event_dates_are_plausible",
                violation_error_message=IMPLAUSIBLE,
            ),
            pictures.is_described("image", "event_image_is_described_or_decorative"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("events:detail", args=[self.slug])

    def clean(self) -> None:
        super().clean()
        self.settle_dates()
        if self.new_date_id and self.new_date_id == self.pk:
            raise ValidationError({"new_date": "Das ist dieses Treffen selbst."})
        if self.new_date_id and self.course == self.Course.PLANNED:
            raise ValidationError({"new_date": "Nur abgesagte und verschobene Treffen haben einen neuen Termin."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Counts the versions of a stored event for the calendars that have its entries (RFC 5545, SEQUENCE)."""
        self.settle_dates()
        if self.participant_information and self.participant_key is None:
            self.participant_key = uuid4()
        is_stored = not self._state.adding
        if is_stored:
            self.calendar_sequence = F("calendar_sequence") + 1
            if kwargs.get("update_fields") is not None:
                kwargs["update_fields"] = {*kwargs["update_fields"], "calendar_sequence"}
        super().save(*args, **kwargs)
        if is_stored:
            self.refresh_from_db(fields=["calendar_sequence"])
            self.remember_night()

    @property
    def slug_source(self) -> str:
        return self.name

    @property
    def has_derived_title(self) -> bool:
        return not self.title

    @property
    def name(self) -> str:
        """The title, or one derived from the series, which pages mark."""
        series = self.series.name if self.series else "Treffen ohne Titel"
        return self.title or (f"{self.number}. {series}" if self.number else series)

    def remember_days(self) -> None:
        """Stores the days that `days_with_gaps` gives, so that lists need no further query."""
        days = sorted(filter(None, self.days.values_list("date", flat=True)))
        self.separate_days = " ".join(map(str, days)) if len(runs(days)) > 1 else ""
        Event.objects.filter(pk=self.pk).update(separate_days=self.separate_days)
        self.remember_night()

    def remember_night(self) -> None:
        """Stores how long the released programme of the last day goes on after midnight, for lists and pages alike."""
        runs_until = self._end_at_night()
        if runs_until != self.runs_until:
            self.runs_until = runs_until
            Event.objects.filter(pk=self.pk).update(runs_until=runs_until)

    def _end_at_night(self) -> datetime | None:
        if not self.current_release or not self.has_calendar or not self.ends_on:
            return None
        slots = self.current_release.slots.filter(parent=None, day__date=self.ends_on)
        slots = slots.exclude(status="cancelled")
        minutes = last_end((slot.begins, slot.ends) for slot in slots)
        return moment(self.ends_on, minutes) if minutes and minutes > DAY else None

    @property
    def dates_and_course(self) -> str:
        """`17.–18. März 2027, abgesagt`; for the usual course only the dates."""
        return self.dates if self.course == self.Course.PLANNED else f"{self.dates}, {self.get_course_display()}"

    @property
    def place(self) -> str:
        """Venue and host as far as known; without both `online` for an online event, else empty."""
        host = self.host.name if self.host else ""
        if not host and not self.venue and self.format == self.Format.ONLINE:
            return self.get_format_display()
        return ", ".join(part for part in (self.venue, host) if part and not (part == host and host in self.venue))

    @property
    def name_and_dates(self) -> str:
        """Distinguishes events of a series without own titles."""
        return f"{self.name}, {self.dates}" if self.starts_on else self.name

    @property
    def short_facts(self) -> list[str]:
        """What a card says besides the dates: place, format, attachments, registration, without what is unknown."""
        form = "" if self.format == self.Format.UNKNOWN else self.get_format_display()
        number = self.attachment_count
        until = f" bis {date_format(self.registration_until, 'j. F')}" if self.registration_until else ""
        facts = (
            self.place,
            form if form != self.place else "",
            f"{number} {'Material' if number == 1 else 'Materialien'}" if number else "",
            f"Anmeldung offen{until}" if self.is_registration_open() else "",
        )
        return [fact for fact in facts if fact]

    @property
    def unknown_facts(self) -> list[str]:
        """Names of the facts that are unknown; the date is not among them, as its place always says something."""
        known = {"Ort": self.place, "Format": self.format != self.Format.UNKNOWN}
        return [name for name, value in known.items() if not value]

    @property
    def teaser(self) -> str:
        """The summary, or series, dates and place."""
        known = (self.series.name if self.series else "Treffen", self.dates, self.place)
        return self.summary or ", ".join(filter(None, known))

    @property
    def picture_url(self) -> str:
        return reverse("events:image", args=[self.slug]) if self.image_id else ""

    @property
    def has_registration(self) -> bool:
        return bool(web_address(self.registration_url))

    def is_registration_open(self, today: date | None = None) -> bool:
        today = today or timezone.localdate()
        last = self.registration_until or self.ends_on
        return self.has_registration and self.course == self.Course.PLANNED and last is not None and today <= last

    def is_registration_over(self, at: datetime | None = None) -> bool:
        """The event is upcoming, but registration is closed."""
        today = timezone.localdate(at)
        return self.has_registration and self.is_upcoming(at) and not self.is_registration_open(today)
