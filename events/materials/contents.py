"""INHALT.txt: what lies in a ZIP of materials, of whom it is, and under which licence it may be used."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from django.conf import settings

from events.materials.models import Attachment
from events.sessions.models import Session

WIDTH = 72
LINE_END = "\r\n"  # also read by the editors of old Windows systems


def contents(heading: str, materials: Iterable[Attachment], paths: Mapping[int, str]) -> str:
    """Plain text about `materials`; `paths` names the member of each file in the ZIP by the material's key."""
    lines = [heading, settings.SITE_NAME]
    for session, group in groupby(materials, key=lambda material: material.session):
        lines += ["", "-" * WIDTH, *(_session(session) if session else ["Zum ganzen Treffen"])]
        for material in group:
            lines += ["", *_entry(material, paths.get(material.pk, ""))]
    return LINE_END.join([*lines, ""])


def _session(session: Session) -> Iterator[str]:
    yield _one_line(session.name)
    for appearance in session.appearances.all():
        yield _one_line(", ".join(filter(None, [appearance.name, appearance.affiliation])))


def _entry(material: Attachment, path: str) -> Iterator[str]:
    yield _one_line(material.name)
    if material.absence:
        yield f"  Fehlt:   {material.availability}"
        return
    if material.stored_file:
        yield f"  Datei:   {path or 'lässt sich zurzeit nicht laden'}"
        yield f"  Angaben: {material.stored_file.facts}"
    else:
        yield f"  Adresse: {material.url}"
    yield f"  Sprache: {material.get_language_display()}"
    yield f"  Lizenz:  {material.get_licence_display() if material.licence else 'nicht dokumentiert'}"
    yield f"  Quelle:  {settings.SITE_URL}{material.get_absolute_url()}"


def _one_line(text: str) -> str:
    """Titles are written by people; none of them may begin a line of its own."""
    return " ".join(text.split())
