from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.contrib.auth.models import User
from django.core.validators import URLValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse

from events.models.attachment_queryset import AttachmentQuerySet
from events.models.chapters import last_beginning, validate_chapters
from events.models.event import Event
from events.models.filenames import filename
from events.models.page_links import page_address
from events.models.session import LANGUAGES, Session
from lernnetzwerk.files.facts import format_duration
from lernnetzwerk.files.fields import StoredFileField
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.text.searchable import FoldedField, Searchable
from lernnetzwerk.text.web_addresses import web_address
from lernnetzwerk.visibility.models import Editorial, Identified, Publishable, visible
from practice.models import PracticeExample

INNER_QUOTES = str.maketrans("„“", "‚‘")
SAVE_PARAMETER = "herunterladen"  # query parameter: save, do not show

PLURALS = {
    "slides": "Präsentationen",
    "video": "Videos",
    "audio": "Tonaufnahmen",
    "handout": "Handouts",
    "documentation": "Dokumentationen",
    "agenda": "Agenden",
    "link": "Links",
}


def counts_by_kind(attachments: Iterable["Attachment"]) -> str:
    """The number of each kind: `2 Präsentationen, 1 Video`; empty without attachments."""
    numbers = Counter(attachment.kind for attachment in attachments)
    labels = dict(Attachment.Kind.choices)
    return ", ".join(f"{number} {labels[kind] if number == 1 else PLURALS[kind]}" for kind, number in numbers.items())


class Attachment(Searchable, Identified, Publishable):
    """Has exactly one of a stored file, an address elsewhere, or the reason why both are missing."""

    class Kind(models.TextChoices):
        SLIDES = "slides", "Präsentation"
        VIDEO = "video", "Video"
        AUDIO = "audio", "Audio"
        HANDOUT = "handout", "Handout"
        DOCUMENTATION = "documentation", "Dokumentation"
        AGENDA = "agenda", "Agenda"
        LINK = "link", "Link"

    class Absence(models.TextChoices):
        REQUESTED = "requested", "angefragt"
        NOT_RELEASED = "not_released", "nicht freigegeben"
        NOT_RECORDED = "not_recorded", "nicht aufgezeichnet"
        LOST = "lost", "nicht mehr vorhanden"
        UNDOCUMENTED = "undocumented", "nicht bekannt"

    class Licence(models.TextChoices):
        UNKNOWN = "", "Lizenz nicht bekannt"
        CC_BY = "cc-by-4.0", "CC BY 4.0"
        CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
        CC0 = "cc0-1.0", "CC0 1.0"
        ALL_RIGHTS = "all-rights", "Alle Rechte vorbehalten"

    event = models.ForeignKey(
        Event, verbose_name="Treffen", null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    session = models.ForeignKey(
        Session, verbose_name="Beitrag", null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    practice_example = models.ForeignKey(
        PracticeExample,
        verbose_name="Praxisbeispiel",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attachments",
    )
    kind = models.CharField("Art", max_length=15, choices=Kind)
    title = models.CharField(
        "Titel", max_length=250, blank=True, help_text="Leer: Der Titel entsteht aus Art und Beitrag."
    )
    stored_file = StoredFileField(
        verbose_name="Datei", null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    url = models.URLField(
        "Adresse",
        max_length=500,
        blank=True,
        validators=[URLValidator(schemes=["http", "https"])],
        help_text="Statt einer Datei.",
    )
    absence = models.CharField(
        "fehlt, weil",
        max_length=15,
        choices=Absence,
        blank=True,
        help_text="Statt Datei und Adresse. Steht so auf der Seite.",
    )
    language = models.CharField("Sprache", max_length=5, choices=LANGUAGES, blank=True)
    licence = models.CharField("Lizenz", max_length=15, choices=Licence, blank=True, default=Licence.UNKNOWN)
    position = models.PositiveSmallIntegerField("Reihenfolge", default=0)
    poster = StoredFileField(
        verbose_name="Standbild",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="poster_of",
        accept="image",
        help_text="Wird gezeigt, bis das Video abgespielt wird.",
    )
    chapters = models.TextField(
        "Kapitel",
        max_length=20_000,
        blank=True,
        validators=[validate_chapters],
        help_text="Je Zeile eine Zeit und ein Titel, etwa „0:00 Begrüßung“ und „12:30 Fragen aus dem Plenum“.",
    )
    last_chapter = models.PositiveIntegerField("Beginn des letzten Kapitels", null=True, editable=False)

    folded = FoldedField("title")

    # The account that changes it; the administration sets it before saving, an import need not.
    changed_by: User | None = None
    has_cover: bool  # set by with_files()
    # Whether the viewer of its form may change it; the administration sets it.
    may_be_changed = False
    # The address of its picture below a preview, while the public address is a 404.
    preview_cover = ""

    objects = AttachmentQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = "Material"
        verbose_name_plural = "Materialien"
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["-published_from", "-id"], name="attachment_newest")]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                condition=Q(stored_file__isnull=False, url="", absence="")
                | (Q(stored_file__isnull=True, absence="") & ~Q(url=""))
                | (Q(stored_file__isnull=True, url="") & ~Q(absence="")),
                name="attachment_has_one_of_file_address_absence",
                violation_error_message="Bitte genau eines angeben: eine Datei, eine Adresse oder warum beides fehlt.",
            ),
            models.CheckConstraint(
                condition=Q(event__isnull=True, session__isnull=True)
                | Q(event__isnull=True, practice_example__isnull=True)
                | Q(session__isnull=True, practice_example__isnull=True),
                name="attachment_has_at_most_one_owner",
                violation_error_message="Ein Material gehört zu höchstens einem Treffen, Beitrag oder Praxisbeispiel.",
            ),
        ]

    @classmethod
    def visible(cls, at: datetime, prefix: str = "") -> Q:
        """Published, and without an owner or with a visible one."""
        owners: dict[str, type[Editorial]] = {"event": Event, "session": Session, "practice_example": PracticeExample}
        owned = Q(**{f"{prefix}{owner}__isnull": True for owner in owners})
        for owner, model in owners.items():
            owned |= Q(**{f"{prefix}{owner}__isnull": False}) & visible(model, at, f"{prefix}{owner}__")
        return super().visible(at, prefix) & owned

    def __str__(self) -> str:
        return self.name

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps a replaced or removed file as an earlier version, whoever saves."""
        replaced = self._replaced_file(kwargs.get("update_fields"))
        self.last_chapter = last_beginning(self.chapters)
        if "chapters" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "last_chapter"}
        super().save(*args, **kwargs)
        if replaced is not None:
            self.versions.create(stored_file_id=replaced, replaced_by=self.changed_by)

    def _replaced_file(self, update_fields: Iterable[str] | None) -> UUID | None:
        """The stored file that saving replaces, or None; read under the row's lock, not from this instance."""
        is_written = update_fields is None or not {"stored_file", "stored_file_id"}.isdisjoint(update_fields)
        if self._state.adding or not is_written:
            return None
        row = type(self)._base_manager.select_for_update().filter(pk=self.pk)
        current = row.values_list("stored_file", flat=True).first()
        return current if current != self.stored_file_id else None

    def get_absolute_url(self) -> str:
        return reverse("events:attachment", args=[self.uuid])

    def get_page_url(self, number: int) -> str:
        """The address of one page or slide."""
        return f"{self.get_absolute_url()}{page_address(self.required_file, number)}"

    def get_cover_url(self) -> str:
        return self.get_page_picture_url(1)

    def get_page_picture_url(self, number: int) -> str:
        return reverse("events:page_picture", args=[self.uuid, number, "klein"])

    def get_download_url(self) -> str:
        return reverse("events:download", args=[self.uuid, self.filename])

    def get_save_url(self) -> str:
        """The address that saves the file, even if a browser could show or play it."""
        return self.get_download_url() + (f"?{SAVE_PARAMETER}" if self.required_file.is_embeddable else "")

    @property
    def required_file(self) -> StoredFile:
        """The stored file; TypeError without one."""
        if self.stored_file is None:
            raise TypeError("This material has no stored file.")
        return self.stored_file

    @property
    def owner(self) -> Event | Session | PracticeExample | None:
        return self.session or self.event or self.practice_example

    @property
    def unknown_facts(self) -> list[str]:
        """Names of the facts that are unknown."""
        event = self.parent_event
        known = {"Sprache": self.language, "Lizenz": self.licence, "Datum": event is None or event.starts_on}
        return [name for name, value in known.items() if not value]

    @property
    def duration(self) -> str:
        """The length of a recording; empty if unknown or not a recording."""
        reading = getattr(self.stored_file, "reading", None)
        return format_duration(reading.seconds) if reading and reading.seconds else ""

    @property
    def pixels(self) -> str:
        """Width and height of a video; empty if unknown."""
        reading = getattr(self.stored_file, "reading", None)
        return f"{reading.width} × {reading.height} Pixel" if reading and reading.width and reading.height else ""

    @property
    def owner_key(self) -> str:
        owners = {"session": self.session_id, "event": self.event_id, "practice_example": self.practice_example_id}
        return next((f"{owner}:{key}" for owner, key in owners.items() if key), "")

    @property
    def parent_event(self) -> Event | None:
        return self.session.event if self.session else self.event

    @property
    def is_sample(self) -> bool:
        """Belongs to an invented event or practice example."""
        owner = self.parent_event or self.practice_example
        return owner is not None and owner.is_sample

    @property
    def name(self) -> str:
        """The title, or kind and speakers: `Präsentation von Prof. Dr. Matthias Knuth`."""
        if self.title or self.owner is None:
            return self.title or self.get_kind_display()
        contributors = self.session.contributors if self.session else ""
        if contributors:
            return f"{self.get_kind_display()} von {contributors}"
        return f"{self.get_kind_display()} zu „{self.owner}“"

    @property
    def label(self) -> str:
        """For a link without context: always begins with the kind."""
        if self.title:
            return f"{self.get_kind_display()} „{self.title.translate(INNER_QUOTES)}“"
        return self.name if self.session and self.session.contributors else self.get_kind_display()

    @property
    def subject(self) -> str:
        """The title, or the name of the owner."""
        event_or_session = self.session or self.event
        return self.title or (event_or_session.name if event_or_session else str(self.owner or self.name))

    @property
    def description(self) -> str:
        """One sentence for search engines: kind, speakers, event and subject."""
        of_whom = f" von {self.session.contributors}" if self.session and self.session.contributors else ""
        view_address = f" beim Treffen „{self.parent_event.name_and_dates}“" if self.parent_event else ""
        return f"{self.get_kind_display()}{of_whom}{view_address}: {self.subject} ({self.availability})"

    @property
    def host(self) -> str:
        """The host name of `url`; empty without an address to link to."""
        return (urlsplit(web_address(self.url)).hostname or "").removeprefix("www.")

    @property
    def filename(self) -> str:
        return filename(self)

    @property
    def availability(self) -> str:
        """The text of a chip after the kind: facts of the file, `externe Seite`, or the absence."""
        if self.stored_file:
            return self.stored_file.facts
        return "externe Seite" if self.url else self.get_absence_display()
