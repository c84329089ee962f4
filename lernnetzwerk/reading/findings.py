"""Findings of a file with advice, in plain German for editors and speakers: about accessibility and hidden content."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from lernnetzwerk.files.facts import count
from lernnetzwerk.reading import codecs, hidden_content, pdf_remarks
from lernnetzwerk.reading.accessibility import SLIDES, are_described, key_of, skips_headings
from lernnetzwerk.reading.models import AcceptedFinding, Reading


@dataclass(frozen=True)
class Finding:
    """`key` is stored with decisions and must not change; the German texts may."""

    key: str
    sentence: str
    advice: str


EXPORT = (
    "So exportieren Sie sie aus PowerPoint oder Word: Datei → Exportieren → PDF, unter „Optionen“ "
    "„Dokumentstrukturtags für Barrierefreiheit“ ankreuzen. Nicht „Drucken → Als PDF“ nehmen."
)
ACTIVE = {
    "javascript": ("Diese PDF enthält ein Programm (JavaScript).", "Bitte ohne Formularfunktionen neu exportieren."),
    "launch": ("Diese PDF startet beim Öffnen ein Programm.", "Bitte neu exportieren, ohne Aktionen."),
    "contact": (
        "Diese PDF sendet Daten oder ruft einen anderen Rechner auf.",
        "Bitte neu exportieren, ohne Aktionen und ohne Formulare zum Absenden.",
    ),
    "embedded": (
        "In dieser Datei stecken weitere Dateien.",
        "Bitte ohne Anlagen neu exportieren und sie einzeln hochladen.",
    ),
    "external": ("Diese Datei lädt Inhalte aus dem Netz nach.", "Bitte die Verknüpfungen lösen und Bilder einbetten."),
    "media": (
        "In dieser PDF stecken Videos, Töne oder 3D-Inhalte.",
        "Bitte ohne sie exportieren und sie einzeln hochladen.",
    ),
    "program": ("In dieser PDF steckt ein Programm als Anlage.", "Bitte ohne Anlagen neu exportieren."),
    "xfa": (
        "Diese PDF ist ein dynamisches Formular (XFA), das nur wenige Programme anzeigen.",
        "Bitte als einfache PDF drucken oder exportieren.",
    ),
}
UNREAD = "Öffnen Sie sie selbst, und laden Sie sie neu hoch, wenn etwas nicht stimmt."
OTHER_ACTIVE = ("Diese Datei enthält aktive Inhalte.", "Bitte als einfache PDF neu exportieren.")


def findings(reading: Reading) -> list[Finding]:
    """All findings, the most important first; empty for files without findings and for unread ones."""
    if reading.state == Reading.State.FAILED:
        return [
            Finding("unread", f"Von dieser Datei gibt es keine Vorschau. {reading.reason}".strip(), UNREAD),
            *_active(reading),
        ]
    if not reading.is_done:
        return []
    return [
        *_active(reading),
        *(Finding(*one) for one in hidden_content.findings(reading)),
        *(Finding(*one) for one in codecs.findings(reading)),
        *(_of_pdf(reading) if key_of(reading) == "pdf" else ()),
        *_of_any(reading),
    ]


def _active(reading: Reading) -> Iterator[Finding]:
    for key in reading.active_content:
        yield Finding(key, *ACTIVE.get(key, OTHER_ACTIVE))


def _of_pdf(reading: Reading) -> Iterator[Finding]:
    if reading.is_scan:
        yield Finding(
            "scan",
            "Diese PDF besteht aus Bildern von Seiten; Vorleseprogramme und die Suche finden darin keinen Text.",
            "Nehmen Sie die Datei, aus der gedruckt wurde, oder lassen Sie eine Texterkennung laufen.",
        )
    elif not reading.is_tagged:
        yield Finding("tags", "Dieser PDF fehlen Tags, Vorleseprogramme können sie nicht gut lesen.", EXPORT)
    for one in pdf_remarks.findings(reading):
        yield Finding(*one)
    if not reading.title:
        yield Finding(
            "title",
            "Die PDF hat keinen Titel.",
            "Vor dem Exportieren unter Datei → Informationen → Titel eintragen.",
        )


def _of_any(reading: Reading) -> Iterator[Finding]:
    if reading.language == "" and reading.is_tagged is not False and reading.has_headings is not None:
        yield Finding(
            "language",
            "In der Datei ist keine Sprache angegeben; Vorleseprogramme sprechen sie falsch aus.",
            "In PowerPoint oder Word: Überprüfen → Sprache → Sprache für die Korrekturhilfen festlegen.",
        )
    if reading.has_headings is False and reading.is_tagged is not False:
        is_slides = key_of(reading) in SLIDES
        yield Finding(
            "headings",
            "Nicht jede Folie hat einen Titel." if is_slides else "Die Datei hat keine Überschriften.",
            "Geben Sie jeder Folie einen Titel im Titelfeld."
            if is_slides
            else "Verwenden Sie die Formatvorlagen für Überschriften.",
        )
    if skips_headings(reading):
        yield Finding(
            "skipped_headings",
            "Die Überschriften überspringen Ebenen, etwa von 1 auf 3 oder mit einem Anfang bei 2.",
            "Ordnen Sie die Überschriften ohne Lücken: Überschrift 1, darunter Überschrift 2.",
        )
    if not are_described(reading):
        missing = (reading.figures or 0) - (reading.figures_described or 0)
        yield Finding(
            "figures",
            f"{count(missing, 'Abbildung hat', 'Abbildungen haben')} keine Beschreibung.",
            "Rechtsklick auf das Bild → Alternativtext bearbeiten. Reinen Schmuck als „dekorativ“ kennzeichnen.",
        )


def open_findings(reading: Reading) -> list[Finding]:
    return still_open(reading, findings(reading))


def still_open(reading: Reading, found: Iterable[Finding]) -> list[Finding]:
    """Findings that were not accepted."""
    accepted = {one.key for one in reading.accepted_findings.all()}
    return [finding for finding in found if finding.key not in accepted]


@transaction.atomic
def accept(reading: Reading, key: str, reason: str, user: AbstractBaseUser, further: Iterable[Finding] = ()) -> bool:
    """Accept one finding with a reason; returns False when there is no finding of this key.

    `further` are findings that do not come from the file.
    """
    reading = Reading.objects.select_for_update(of=("self",)).select_related("stored_file").get(pk=reading.pk)
    if key not in {finding.key for finding in (*findings(reading), *further)}:
        return False
    values = {"reason": reason, "accepted_by": user}
    AcceptedFinding.objects.update_or_create(reading=reading, key=key, defaults=values)
    recount(reading)
    return True


@transaction.atomic
def reopen(reading: Reading, key: str) -> bool:
    """Delete the acceptance of a finding; returns False when there is none."""
    reading = Reading.objects.select_for_update(of=("self",)).select_related("stored_file").get(pk=reading.pk)
    deleted, _by_model = reading.accepted_findings.filter(key=key).delete()
    recount(reading)
    return bool(deleted)


def recount(reading: Reading) -> None:
    """Store the number of open findings, which lists show."""
    reading.open_findings = len(open_findings(reading))
    reading.save(update_fields=["open_findings"])
