"""A model with one picture: its fields, its constraint, and what a page needs to show it.

A model names its picture (`picture_name = "image"`) and has the fields `image`, `image_alt`, `image_is_decorative`,
`image_credit` and `image_focus`, made here, and the constraint `is_described`.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from lernnetzwerk.files.fields import StoredFileField
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.pictures.focus import Focus

UNDESCRIBED = "Bitte in einem Satz beschreiben, was zu sehen ist, oder „schmückend“ ankreuzen."
DESCRIBED_AND_DECORATIVE = "Bitte entweder beschreiben oder „schmückend“ ankreuzen, nicht beides."


@dataclass(frozen=True)
class Picture:
    """One picture as a page shows it. `address` delivers it, `address/klein` and `address/gross` its two sizes."""

    source: StoredFile
    address: str
    alt: str
    credit: str
    focus: str


class Pictured(models.Model):
    picture_name: str

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Reports a violation of the constraint at the field to fix."""
        super().clean()
        is_described, is_decorative = bool(self._of_picture("alt")), bool(self._of_picture("is_decorative"))
        if getattr(self, self.picture_name) is not None and is_described == is_decorative:
            raise ValidationError(
                {f"{self.picture_name}_alt": DESCRIBED_AND_DECORATIVE if is_described else UNDESCRIBED}
            )

    @property
    def picture(self) -> Picture | None:
        source = getattr(self, self.picture_name)
        if source is None:
            return None
        alt, credit, focus = (self._of_picture(part) for part in ("alt", "credit", "focus"))
        return Picture(source, self.picture_url, alt, credit, focus)

    @property
    def picture_url(self) -> str:
        """The public address, or an empty string; defined by each model."""
        raise TypeError(f"{type(self).__name__} does not name the address of its picture")

    def _of_picture(self, part: str) -> Any:
        return getattr(self, f"{self.picture_name}_{part}")


def picture(name: str, related_name: str) -> StoredFileField:
    return StoredFileField(
        accept="image",
        verbose_name=name,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name=related_name,
    )


def alt() -> models.CharField:
    return models.CharField(
        "Bildbeschreibung",
        max_length=200,
        blank=True,
        help_text="Inhalt des Bildes in einem Satz, für blinde Menschen.",
    )


def is_decorative() -> models.BooleanField:
    return models.BooleanField(
        "schmückend",
        default=False,
        help_text="Das Bild enthält keine zusätzliche Information. Vorleseprogramme übergehen es.",
    )


def credit() -> models.CharField:
    return models.CharField(
        "Bildnachweis",
        max_length=200,
        blank=True,
        help_text="Urheberin, Urheber oder Inhaber der Rechte, etwa „Max Muster, Stadt Hamm“. Steht unter dem Bild.",
    )


def focus() -> models.CharField:
    return models.CharField(
        "wichtigste Stelle",
        max_length=12,
        choices=Focus,
        default=Focus.CENTER,
        help_text="Bleibt sichtbar, wo eine Seite nur einen Ausschnitt des Bildes zeigt.",
    )


def is_described(name: str, constraint: str) -> models.CheckConstraint:
    """Constraint: a picture either has a description or is marked as decorative, never both."""
    described = Q(**{f"{name}_is_decorative": False}) & ~Q(**{f"{name}_alt": ""})
    decorative = Q(**{f"{name}_is_decorative": True, f"{name}_alt": ""})
    return models.CheckConstraint(
        condition=Q(**{f"{name}__isnull": True}) | described | decorative,
        name=constraint,
        violation_error_message=UNDESCRIBED,
    )
