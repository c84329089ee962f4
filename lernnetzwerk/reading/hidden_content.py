"""Findings about what a download contains besides what its reader is shown, in plain German."""

from collections.abc import Iterator
from typing import Any

from lernnetzwerk.files.facts import count
from lernnetzwerk.reading.accessibility import SLIDES, TEXTS, key_of
from lernnetzwerk.reading.models import Reading

PLACES = "places"
KINDS = {
    "slides": ("versteckte Folie", "versteckte Folien"),
    "notes": ("Notiz", "Notizen"),
    "sheets": ("ausgeblendetes Tabellenblatt", "ausgeblendete Tabellenblätter"),
    "rows": ("ausgeblendete Zeile", "ausgeblendete Zeilen"),
    "columns": ("ausgeblendete Spalte", "ausgeblendete Spalten"),
    "pivots": ("Pivot-Tabelle mit allen ihren Daten", "Pivot-Tabellen mit allen ihren Daten"),
    "changes": ("nachverfolgte Änderung", "nachverfolgte Änderungen"),
    "comments": ("Kommentar", "Kommentare"),
    "photos": ("Foto mit seinem Aufnahmeort", "Fotos mit ihrem Aufnahmeort"),
    "texts": ("ausgeblendete Textstelle", "ausgeblendete Textstellen"),
    "objects": ("ausgeblendetes Objekt", "ausgeblendete Objekte"),
    "layers": ("ausgeblendete Ebene", "ausgeblendete Ebenen"),
    "cropped": ("Seite mit Text außerhalb des Zuschnitts", "Seiten mit Text außerhalb des Zuschnitts"),
    "invisible": ("Seite mit unsichtbarem Text", "Seiten mit unsichtbarem Text"),
    "outside": ("Objekt neben der Seite", "Objekte neben der Seite"),
}
OUTSIDE_SLIDE = ("Objekt neben der Folie", "Objekte neben der Folie")
PROGRAMS = {"pptx": "PowerPoint", "docx": "Word", "xlsx": "Excel"}
INSPECT_ADVICE = (
    "Soll das nicht öffentlich werden: in {} unter Datei → Informationen → Auf Probleme überprüfen → "
    "Dokument prüfen entfernen, oder {} als PDF hochladen."
)
REMOVE_ADVICE = "Soll das nicht öffentlich werden: in einer Kopie löschen, oder {} als PDF hochladen."
PDF_ADVICE = "Soll das nicht öffentlich werden: in der ursprünglichen Datei löschen und sie neu als PDF exportieren."
PLACE = (
    "places",
    "In diesem Video steht, wo es aufgenommen wurde.",
    "Bitte ohne Ort neu exportieren; am iPhone: Teilen → Optionen → „Standort“ ausschalten.",
)


def findings(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Key, sentence and advice of each finding."""
    counted = [(number, *words(kind, reading)) for kind in KINDS if (number := reading.hidden_content.get(kind))]
    if counted:
        verb = "geht" if [number for number, _one, _many in counted] == [1] else "gehen"
        yield "hidden", f"{in_words(counted)} {verb} mit dem Download hinaus.", advice(reading)
    if reading.hidden_content.get(PLACES):
        yield PLACE


def words(kind: str, reading: Reading) -> tuple[str, str]:
    return OUTSIDE_SLIDE if kind == "outside" and key_of(reading) in SLIDES else KINDS[kind]


def in_words(counted: list[Any]) -> str:
    """ "1 versteckte Folie, 3 Notizen und 2 Kommentare"."""
    *first, last = [count(*one) for one in counted]
    return f"{', '.join(first)} und {last}" if first else last


def advice(reading: Reading) -> str:
    key = key_of(reading)
    if key == "pdf":
        return PDF_ADVICE
    what = "die Folien" if key in SLIDES else "den Text" if key in TEXTS else "die Tabelle"
    return INSPECT_ADVICE.format(PROGRAMS[key], what) if key in PROGRAMS else REMOVE_ADVICE.format(what)
