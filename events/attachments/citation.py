"""How to name a material in a paper of one's own."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from events.models import Appearance, Attachment, Session


def citation(material: Attachment) -> str:
    """People, title, kind, where it was shown, portal, address, Stand; what is unknown is left out or said to be."""
    authors = f"{_authors(material.session)}: " if material.session and _authors(material.session) else ""
    shown = ", ".join(filter(None, [material.get_kind_display(), *_occasion(material)]))
    stand = date_format(timezone.localdate(material.changed_at), "j. F Y")
    address = f"{settings.SITE_URL}{material.get_absolute_url()}"
    return f"{authors}{_sentence(material.subject)} {shown}. {settings.SITE_NAME}, {address} (Stand: {stand})."


def _authors(session: Session) -> str:
    """`Knuth, Matthias; Grohs, Stephan`; where no person is known, the towns that showed it."""
    speakers = [one.speaker for one in session.appearances.all() if one.role != Appearance.Role.CHAIR]
    names = [", ".join(filter(None, [speaker.last_name, speaker.first_name])) for speaker in speakers]
    return "; ".join(names or [town.name for town in session.municipalities.all()])


def _occasion(material: Attachment) -> list[str]:
    event = material.meeting
    if event:
        name = [f"„{event.name}“"] if event.name != material.subject else []
        return [*name, event.dates if event.starts_on else "ohne Datum"]
    example = material.practice_example
    return [f"zum Praxisbeispiel „{example.title}“"] if example and example.title != material.subject else []


def _sentence(title: str) -> str:
    return title if title.endswith((".", "?", "!", "…")) else f"{title}."
