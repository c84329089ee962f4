"""Citation of an attachment, for use in papers."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from events.models import Appearance, Attachment, Session


def citation(attachment: Attachment) -> str:
    """Authors, title, kind, occasion, portal, address and date of change; unknown parts are left out."""
    authors = f"{_authors(attachment.session)}: " if attachment.session and _authors(attachment.session) else ""
    shown = ", ".join(filter(None, [attachment.get_kind_display(), *_occasion(attachment)]))
    stand = date_format(timezone.localdate(attachment.changed_at), "j. F Y")
    address = f"{settings.SITE_URL}{attachment.get_absolute_url()}"
    return f"{authors}{_sentence(attachment.subject)} {shown}. {settings.SITE_NAME}, {address} (Stand: {stand})."


def _authors(session: Session) -> str:
    """`Knuth, Matthias; Grohs, Stephan`; without speakers the municipalities."""
    speakers = [one.speaker for one in session.appearances.all() if one.role != Appearance.Role.CHAIR]
    names = [", ".join(filter(None, [speaker.last_name, speaker.first_name])) for speaker in speakers]
    return "; ".join(names or [municipality.name for municipality in session.municipalities.all()])


def _occasion(attachment: Attachment) -> list[str]:
    event = attachment.parent_event
    if event:
        name = [f"„{event.name}“"] if event.name != attachment.subject else []
        return [*name, event.dates if event.starts_on else "ohne Datum"]
    example = attachment.practice_example
    return [f"zum Praxisbeispiel „{example.title}“"] if example and example.title != attachment.subject else []


def _sentence(title: str) -> str:
    return title if title.endswith((".", "?", "!", "…")) else f"{title}."
