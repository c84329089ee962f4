"""Findings about a PDF that is encrypted, damaged, illegible or unevenly structured, in plain German."""

from collections.abc import Iterator

from lernnetzwerk.reading.models import Reading

ENCRYPTED = (
    "encrypted",
    "Diese PDF ist verschlüsselt. Sie öffnet sich ohne Kennwort, manche Vorleseprogramme können sie aber nicht lesen.",
    "Bitte ohne Kennwort und ohne Einschränkungen speichern.",
)
REMARKS = {
    "no_copying": (
        "Diese PDF verbietet, ihren Text zu kopieren. Darum steht er weder auf der Seite noch in der Suche.",
        "Bitte ohne Einschränkungen speichern, in Acrobat unter Datei → Eigenschaften → Sicherheit → Keine Sicherheit.",
    ),
    "garbled": (
        "Text unlesbar: Manchen Schriften dieser PDF fehlen die Buchstaben. Die Suche findet dort keine Wörter.",
        "Bitte aus dem ursprünglichen Programm neu als PDF exportieren, oder eine Texterkennung laufen lassen.",
    ),
    "unseparated_layers": (
        "Text auf ausgeblendeten Ebenen ließ sich nicht vom sichtbaren trennen. Darum fehlt der Text dieser PDF hier.",
        "Bitte ohne Ebenen neu als PDF exportieren.",
    ),
    "repaired": (
        "Diese PDF ist leicht beschädigt; manche Programme öffnen sie nicht.",
        "Bitte neu als PDF exportieren oder in Acrobat öffnen und unter anderem Namen speichern.",
    ),
}


def findings(reading: Reading) -> Iterator[tuple[str, str, str]]:
    """Key, sentence and advice of each finding. Skipped headings are a finding of other files, too."""
    if reading.is_encrypted:
        yield ENCRYPTED
    for key, words in REMARKS.items():
        if key in reading.remarks:
            yield key, *words
