"""INHALT.txt: what lies in a ZIP of materials, of whom it is, and under which licence it may be used."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from django.conf import settings

from events.models import Attachment, Event, Session, Track

Subtitles = tuple[Track, str]

WIDTH = 72
LINE_END = "\r\n"  # also read by the editors of old Windows systems


def contents(
    heading: str,
    materials: Sequence[Attachment],
    paths: Mapping[int, str],
    subtitles: Mapping[int, Sequence[Subtitles]] = MappingProxyType({}),
) -> str:
    """Plain text about `materials`; `paths` names the member of each file in the ZIP by the material's key.

    So does `subtitles` for the tracks of a recording.
    """
    meeting = next((material.meeting for material in materials if material.meeting), None)
    lines = [heading, settings.SITE_NAME, *([_address(meeting)] if meeting else [])]
    for session, group in groupby(materials, key=lambda material: material.session):
        lines += ["", "-" * WIDTH, *(_session(session) if session else ["Zum ganzen Treffen"])]
        for material in group:
            lines += ["", *_entry(material, paths.get(material.pk, ""), subtitles.get(material.pk, ()))]
    return LINE_END.join([*lines, ""])


def _session(session: Session) -> Iterator[str]:
    yield _one_line(session.name)
    for appearance in session.appearances.all():
        yield _one_line(", ".join(filter(None, [appearance.name, appearance.affiliation])))
    yield _address(session)


def _address(thing: Event | Session | Attachment) -> str:
    return f"{settings.SITE_URL}{thing.get_absolute_url()}"


def _entry(material: Attachment, path: str, subtitles: Iterable[Subtitles]) -> Iterator[str]:
    yield _one_line(material.name)
    if material.absence:
        yield f"  Fehlt:   {material.availability}"
        return
    if material.stored_file:
        yield f"  Datei:   {path or 'lässt sich zurzeit nicht laden'}"
        yield f"  Angaben: {material.stored_file.facts}"
        for track, beside in subtitles:
            yield f"  {track.get_kind_display()} ({_one_line(track.get_language_display())}): {beside}"
    else:
        yield f"  Adresse: {material.url}"
    yield f"  Sprache: {material.get_language_display()}"
    yield f"  Lizenz:  {material.get_licence_display() if material.licence else 'nicht dokumentiert'}"
    yield f"  Quelle:  {_address(material)}"


def _one_line(text: str) -> str:
    """Titles are written by people; none of them may begin a line of its own."""
    return " ".join(text.split())
