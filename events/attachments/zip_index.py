"""INHALT.txt: the contents of a ZIP of attachments, with speakers and licences."""

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
    attachments: Sequence[Attachment],
    paths: Mapping[int, str],
    subtitles: Mapping[int, Sequence[Subtitles]] = MappingProxyType({}),
) -> str:
    """Plain text about `attachments`; `paths` and `subtitles` contain paths in the ZIP by the attachment's key."""
    event = next((attachment.parent_event for attachment in attachments if attachment.parent_event), None)
    lines = [heading, settings.SITE_NAME, *([_address(event)] if event else [])]
    for session, group in groupby(attachments, key=lambda attachment: attachment.session):
        lines += ["", "-" * WIDTH, *(_session(session) if session else ["Zum ganzen Treffen"])]
        for attachment in group:
            lines += ["", *_entry(attachment, paths.get(attachment.pk, ""), subtitles.get(attachment.pk, ()))]
    return LINE_END.join([*lines, ""])


def _session(session: Session) -> Iterator[str]:
    yield _one_line(session.name)
    for appearance in session.appearances.all():
        yield _one_line(", ".join(filter(None, [appearance.name, appearance.affiliation])))
    yield _address(session)


def _address(instance: Event | Session | Attachment) -> str:
    return f"{settings.SITE_URL}{instance.get_absolute_url()}"


def _entry(attachment: Attachment, path: str, subtitles: Iterable[Subtitles]) -> Iterator[str]:
    yield _one_line(attachment.name)
    if attachment.absence:
        yield f"  Fehlt:   {attachment.availability}"
        return
    if attachment.stored_file:
        yield f"  Datei:   {path or 'lässt sich zurzeit nicht laden'}"
        yield f"  Angaben: {attachment.stored_file.facts}"
        for track, beside in subtitles:
            yield f"  {track.get_kind_display()} ({_one_line(track.get_language_display())}): {beside}"
    else:
        yield f"  Adresse: {attachment.url}"
    yield f"  Sprache: {attachment.get_language_display()}"
    yield f"  Lizenz:  {attachment.get_licence_display() if attachment.licence else 'nicht bekannt'}"
    yield f"  Quelle:  {_address(attachment)}"


def _one_line(text: str) -> str:
    """Removes line breaks, so that a title cannot forge a line."""
    return " ".join(text.split())
