"""Names under which people save materials: `Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf`."""

import re
from typing import Protocol

from events.models.event import Event
from events.models.session import Appearance, Session
from lernnetzwerk.files.models import StoredFile
from lernnetzwerk.slugs.german import german_words
from practice.models import PracticeExample

LONGEST = 120
LONGEST_WHO = 50
FEWEST_LETTERS = 8
SUBTITLE = re.compile(r"[?!]\s|:\s| [–—] (?!\d)")


class Named(Protocol):
    """What the name of a material is made of; it belongs to at most one of the three."""

    title: str
    stored_file: StoredFile | None
    event: Event | None
    session: Session | None
    practice_example: PracticeExample | None

    def get_kind_display(self) -> str: ...


def filename(material: Named) -> str:
    """Of whom, what it is, its title, and the ending its content was checked for; at most 120 characters."""
    extension = material.stored_file.extension if material.stored_file else ""
    kind, title = german_words(material.get_kind_display()), _title(material)
    says_its_kind = f"{german_words(title)}-".startswith(f"{kind}-")
    start = "_".join([*_who(material), *([] if says_its_kind else [kind])])
    title = german_words(_main(title), LONGEST - len(f"{start}_{extension}"))
    return "_".join(filter(None, [start, title])) + extension


def folder_name(session: Session) -> str:
    """`Knuth_Aktivieren-oder-befaehigen`, for what belongs to one contribution; at most 60 characters."""
    who = german_words(_joined(_people(session) or [town.name for town in session.municipalities.all()]), 25)
    title = german_words(session.title or session.get_kind_display(), 34)
    return "_".join(filter(None, [who, title]))


def _who(material: Named) -> list[str]:
    """The people; without any the town, at a forum with the word for it."""
    session, example = material.session, material.practice_example
    people = _people(session) if session else []
    if people:
        return [german_words(_joined(people), LONGEST_WHO)]
    owner = session or example
    towns = _joined([town.name for town in owner.municipalities.all()]) if owner else ""
    forum = [session.get_kind_display()] if towns and session and session.kind == Session.Kind.FORUM else []
    return [word for name in [towns, *forum] if (word := german_words(name, LONGEST_WHO))]


def _people(session: Session) -> list[str]:
    """Last names of who is the author of what is shown."""
    people = [one for one in session.appearances.all() if one.role != Appearance.Role.CHAIR]
    return list(dict.fromkeys(one.speaker.last_name for one in people))


def _joined(names: list[str]) -> str:
    """`Knuth`, `Knuth und Grohs`, `Knuth und andere`."""
    return f"{names[0]} und andere" if len(names) > 2 else " und ".join(names)


def _main(title: str) -> str:
    """The title without its subtitle, unless what stands before that is too short to be a title."""
    for end in SUBTITLE.finditer(title):
        if sum(sign.isalpha() for sign in title[: end.start()]) >= FEWEST_LETTERS:
            return title[: end.start()]
    return title


def _title(material: Named) -> str:
    """Its own, or that of what it belongs to; a derived one only repeats the rest of the name."""
    if material.title:
        return material.title
    if material.event:
        return material.event.name
    owner = material.session or material.practice_example
    return owner.title if owner else ""
