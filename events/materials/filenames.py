"""Names under which people save materials: `Knuth_Praesentation_Aktivieren-oder-befaehigen.pdf`."""

from typing import TYPE_CHECKING

from events.sessions.models import Appearance, Session
from lernnetzwerk.slugs.german import german_words

if TYPE_CHECKING:
    from events.materials.models import Attachment

LONGEST = 120
LONGEST_WHO = 50


def filename(material: "Attachment") -> str:
    """Of whom, what it is, its title, and the ending its content was checked for; at most 120 characters."""
    extension = material.stored_file.extension if material.stored_file else ""
    kind, title = german_words(material.get_kind_display()), _title(material)
    says_its_kind = f"{german_words(title)}-".startswith(f"{kind}-")
    start = "_".join([*_who(material), *([] if says_its_kind else [kind])])
    title = german_words(title, LONGEST - len(f"{start}_{extension}"))
    return "_".join(filter(None, [start, title])) + extension


def folder_name(session: Session) -> str:
    """`Knuth_Aktivieren-oder-befaehigen`, for what belongs to one contribution; at most 60 characters."""
    who = german_words(_joined(_people(session) or [town.name for town in session.municipalities.all()]), 25)
    title = german_words(session.title or session.get_kind_display(), 34)
    return "_".join(filter(None, [who, title]))


def _who(material: "Attachment") -> list[str]:
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


def _title(material: "Attachment") -> str:
    """Its own, or that of what it belongs to; a derived one only repeats the rest of the name."""
    if material.title or material.owner is None:
        return material.title
    if material.session:
        return material.session.title
    return material.event.name if material.event else material.practice_example.title
