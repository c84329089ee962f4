"""File names of saved attachments: `Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf`."""

import re
from typing import Protocol

from events.models.event import Event
from events.models.session import Appearance, Session
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.slugs.german import german_words
from practice.models import PracticeExample

LONGEST_NAME = 120
LONGEST_OWNER = 50
FEWEST_LETTERS = 8
SUBTITLE = re.compile(r"[?!]\s|:\s| [–—] (?!\d)")


class NamedAttachment(Protocol):
    """What an attachment's file name is made of; at most one of the three owners is set."""

    title: str
    stored_file: StoredFile | None
    event: Event | None
    session: Session | None
    practice_example: PracticeExample | None

    def get_kind_display(self) -> str: ...


def filename(attachment: NamedAttachment) -> str:
    """Speakers, kind, title and the extension of the checked content; at most 120 characters."""
    extension = attachment.stored_file.extension if attachment.stored_file else ""
    kind, title = german_words(attachment.get_kind_display()), _title(attachment)
    says_its_kind = f"{german_words(title)}-".startswith(f"{kind}-")
    start = "_".join([*_owner_names(attachment), *([] if says_its_kind else [kind])])
    title = german_words(_without_subtitle(title), LONGEST_NAME - len(f"{start}_{extension}"))
    return "_".join(filter(None, [start, title])) + extension


def folder_name(session: Session) -> str:
    """`Knuth_Aktivieren-oder-befaehigen`, the folder of one session; at most 60 characters."""
    who = german_words(
        _joined(_speakers(session) or [municipality.name for municipality in session.municipalities.all()]), 25
    )
    title = german_words(session.title or session.get_kind_display(), 34)
    return "_".join(filter(None, [who, title]))


def _owner_names(attachment: NamedAttachment) -> list[str]:
    """The speakers, else the municipalities, at a forum with its kind."""
    session, example = attachment.session, attachment.practice_example
    speakers = _speakers(session) if session else []
    if speakers:
        return [german_words(_joined(speakers), LONGEST_OWNER)]
    owner = session or example
    municipalities = _joined([municipality.name for municipality in owner.municipalities.all()]) if owner else ""
    forum = [session.get_kind_display()] if municipalities and session and session.kind == Session.Kind.FORUM else []
    return [word for name in [municipalities, *forum] if (word := german_words(name, LONGEST_OWNER))]


def _speakers(session: Session) -> list[str]:
    """Last names of the speakers, without chairs."""
    speakers = [one for one in session.appearances.all() if one.role != Appearance.Role.CHAIR]
    return list(dict.fromkeys(one.speaker.last_name for one in speakers))


def _joined(names: list[str]) -> str:
    """`Knuth`, `Knuth und Grohs`, `Knuth und andere`."""
    return f"{names[0]} und andere" if len(names) > 2 else " und ".join(names)


def _without_subtitle(title: str) -> str:
    """The title without its subtitle, unless the rest is too short to be a title."""
    for end in SUBTITLE.finditer(title):
        if sum(sign.isalpha() for sign in title[: end.start()]) >= FEWEST_LETTERS:
            return title[: end.start()]
    return title


def _title(attachment: NamedAttachment) -> str:
    """The own title or the owner's; a derived one would only repeat the rest of the name."""
    if attachment.title:
        return attachment.title
    if attachment.event:
        return attachment.event.name
    owner = attachment.session or attachment.practice_example
    return owner.title if owner else ""
