"""How accessible a file is, as far as it says so itself: in words, as a level, and how to mend it."""

from collections.abc import Iterator
from dataclasses import dataclass

from lernnetzwerk.reading.models import Reading

Level = Reading.Level

SLIDES = ("pptx", "odp")
TEXTS = ("docx", "odt")
LANGUAGES = {
    "ar": "arabisch",
    "bg": "bulgarisch",
    "de": "deutsch",
    "en": "englisch",
    "es": "spanisch",
    "fa": "persisch",
    "fr": "französisch",
    "it": "italienisch",
    "ku": "kurdisch",
    "nl": "niederländisch",
    "pl": "polnisch",
    "ro": "rumänisch",
    "ru": "russisch",
    "tr": "türkisch",
    "uk": "ukrainisch",
}


SENTENCES = {
    "encrypted": (
        "Diese PDF-Datei ist verschlüsselt; das Portal zeigt deshalb keine Vorschau.",
        (
            "Bitten Sie um eine Fassung ohne Schutz, oder speichern Sie sie in Acrobat unter Datei → Eigenschaften → "
            "Sicherheit mit „Keine Sicherheit“."
        ),
    ),
    "javascript": (
        "Diese Datei enthält Programmcode (JavaScript), der beim Öffnen laufen kann.",
        "Drucken Sie sie als neue PDF-Datei, oder exportieren Sie sie aus dem Original ohne Formularfunktionen.",
    ),
    "launch": (
        "Diese Datei will beim Lesen andere Programme oder Dateien starten.",
        "Veröffentlichen Sie sie so nicht. Exportieren Sie sie aus dem Original neu.",
    ),
    "embedded": (
        "In dieser Datei stecken weitere Dateien, die Besucherinnen und Besucher mit herunterladen.",
        "Prüfen Sie, ob diese mit veröffentlicht werden dürfen, oder exportieren Sie die Datei ohne Anlagen.",
    ),
    "external": (
        "Diese Datei lädt beim Öffnen Inhalte von anderswo nach, etwa ein verknüpftes Bild oder eine Vorlage.",
        (
            "Betten Sie die Inhalte ein: Datei → Informationen → Verknüpfungen mit Dateien bearbeiten → "
            "Verknüpfung aufheben."
        ),
    ),
    "scan": (
        "Diese PDF-Datei besteht aus Bildern von Seiten; Vorleseprogramme und die Suche finden darin keinen Text.",
        (
            "Am besten exportieren Sie das Original als PDF. Gibt es nur das Papier, hilft eine Texterkennung (OCR) "
            "beim Scannen."
        ),
    ),
    "tags": (
        "Dieser PDF-Datei fehlen Tags; Vorleseprogramme können sie nicht richtig lesen.",
        (
            "So exportieren Sie sie aus PowerPoint oder Word: Datei → Exportieren → PDF; unter Optionen "
            "„Dokumentstrukturtags für Eingabehilfen“ ankreuzen."
        ),
    ),
    "headings": (
        "Dieser Datei fehlen Überschriften; wer sie vorlesen lässt, kann nicht von Abschnitt zu Abschnitt springen.",
        "Verwenden Sie im Original die Formatvorlagen „Überschrift 1“, „Überschrift 2“ und exportieren Sie es neu.",
    ),
    "slide_titles": (
        "Nicht jede Folie hat einen Titel; wer sie vorlesen lässt, findet sich darin schwer zurecht.",
        "In PowerPoint: Ansicht → Gliederungsansicht zeigt, welche Titel fehlen. Tragen Sie sie dort ein.",
    ),
    "figures": (
        "Nicht alle Abbildungen sind mit Worten beschrieben.",
        (
            "Im Original: Abbildung mit der rechten Maustaste anklicken → Alternativtext; was nur schmückt, als "
            "dekorativ kennzeichnen."
        ),
    ),
    "language": (
        "Die Datei sagt nicht, in welcher Sprache sie geschrieben ist; Vorleseprogramme raten dann die Aussprache.",
        (
            "In Word und PowerPoint: alles markieren, Überprüfen → Sprache → Sprache für die Korrekturhilfen festlegen; "
            "danach neu exportieren."
        ),
    ),
    "title": (
        "Die PDF-Datei hat keinen Titel; Vorleseprogramme nennen dann nur den Dateinamen.",
        "Im Original unter Datei → Informationen → Titel eintragen und neu exportieren.",
    ),
}


@dataclass(frozen=True)
class Finding:
    key: str
    sentence: str
    advice: str


def level(reading: Reading) -> Level:
    key = key_of(reading)
    if reading.state != Reading.State.DONE or key not in ("pdf", *SLIDES, *TEXTS):
        return Level.UNKNOWN
    if key == "pdf" and (reading.is_scan or not reading.is_tagged):
        return Level.POOR
    has_all = reading.has_headings and reading.language and are_described(reading)
    return Level.GOOD if has_all and (reading.title or key != "pdf") else Level.PARTIAL


def in_words(reading: Reading) -> str:
    """ "PDF mit Struktur für Vorleseprogramme, deutsch, mit Überschriften; 3 von 4 Abbildungen beschrieben"."""
    if reading.state != Reading.State.DONE or key_of(reading) not in ("pdf", *SLIDES, *TEXTS):
        return ""
    facts = [beginning(reading), language_in_words(reading.language), headings_in_words(reading)]
    figures = figures_in_words(reading)
    return ", ".join(fact for fact in facts if fact) + (f"; {figures}" if figures else "")


def findings(reading: Reading) -> list[Finding]:
    """What editors should know before the file goes public; empty where nothing is known or nothing is wrong."""
    return [Finding(key, *SENTENCES[key]) for key in keys(reading)]


def keys(reading: Reading) -> Iterator[str]:
    key = key_of(reading)
    if reading.is_encrypted:
        yield "encrypted"
    yield from (kind for kind in reading.active_content if kind in SENTENCES)
    if reading.state == Reading.State.DONE and key in ("pdf", *SLIDES, *TEXTS):
        yield from barriers(reading, key)


def barriers(reading: Reading, key: str) -> Iterator[str]:
    if reading.is_scan or (key == "pdf" and not reading.is_tagged):
        yield "scan" if reading.is_scan else "tags"
    if reading.has_headings is False:
        yield "slide_titles" if key in SLIDES else "headings"
    if not are_described(reading):
        yield "figures"
    if not reading.language:
        yield "language"
    if key == "pdf" and not reading.title:
        yield "title"


def beginning(reading: Reading) -> str:
    label = reading.stored_file.type_label
    if reading.is_scan:
        return f"{label} aus Bildern von Seiten, ohne Text für Vorleseprogramme"
    if reading.is_tagged is None:
        return label
    return f"{label} {'mit' if reading.is_tagged else 'ohne'} Struktur für Vorleseprogramme"


def language_in_words(language: str) -> str:
    if not language:
        return ""
    return LANGUAGES.get(language.split("-")[0].lower(), f"Sprache {language}")


def headings_in_words(reading: Reading) -> str:
    if reading.has_headings is None:
        return ""
    if key_of(reading) in SLIDES:
        return "jede Folie mit Titel" if reading.has_headings else "Folien teils ohne Titel"
    return "mit Überschriften" if reading.has_headings else "ohne Überschriften"


def figures_in_words(reading: Reading) -> str:
    figures, described = reading.figures or 0, reading.figures_described or 0
    if not figures:
        return ""
    if figures == 1:
        return "die Abbildung ist beschrieben" if described else "die Abbildung ist nicht beschrieben"
    if described == figures:
        return f"alle {figures} Abbildungen beschrieben"
    return f"{described or 'keine'} von {figures} Abbildungen beschrieben"


def are_described(reading: Reading) -> bool:
    return (reading.figures_described or 0) == (reading.figures or 0)


def key_of(reading: Reading) -> str:
    type_ = reading.stored_file.type
    return type_.key if type_ else ""
