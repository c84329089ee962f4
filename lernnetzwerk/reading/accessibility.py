"""The accessibility of a file, from its own metadata: as a level and in words."""

from itertools import pairwise

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


def level(reading: Reading) -> Level:
    key = key_of(reading)
    if reading.state != Reading.State.DONE or key not in ("pdf", *SLIDES, *TEXTS):
        return Level.UNKNOWN
    if key == "pdf" and (reading.is_scan or not reading.is_tagged):
        return Level.POOR
    has_all = reading.has_headings and reading.language and are_described(reading) and not has_barrier(reading)
    return Level.GOOD if has_all and (reading.title or key != "pdf") else Level.PARTIAL


def has_barrier(reading: Reading) -> bool:
    """Whether there is a finding that says why some people cannot read the file well."""
    is_locked = reading.is_encrypted or "xfa" in reading.active_content
    return bool(is_locked or reading.remarks) or skips_headings(reading)


def skips_headings(reading: Reading) -> bool:
    """Whether a heading is more than one level below the heading before it; the first one has level 1."""
    if key_of(reading) not in TEXTS:
        return "skipped_headings" in reading.remarks
    levels = [0, *(entry["level"] for entry in reading.outline)]
    return any(level > before + 1 for before, level in pairwise(levels))


def in_words(reading: Reading) -> str:
    """ "PDF mit Struktur für Vorleseprogramme, deutsch, mit Überschriften; 3 von 4 Abbildungen beschrieben"."""
    if reading.state != Reading.State.DONE or key_of(reading) not in ("pdf", *SLIDES, *TEXTS):
        return ""
    facts = [
        beginning(reading),
        language_in_words(reading.language),
        headings_in_words(reading),
        "verschlüsselt" if reading.is_encrypted else "",
        "Text teils unlesbar" if "garbled" in reading.remarks else "",
    ]
    figures = figures_in_words(reading)
    return ", ".join(fact for fact in facts if fact) + (f"; {figures}" if figures else "")


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
    if skips_headings(reading):
        return "Überschriften mit Lücken zwischen den Ebenen"
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
