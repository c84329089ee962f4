"""Citation of an attachment, for use in papers."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from events.attachments.reader import Reader
from events.models import Appearance, Attachment, Session
from events.models.page_links import page_address

NUMBER = "{Nummer}"  # in the citation of one page, where its number belongs


def citation(attachment: Attachment, page: str = "", within: str = "") -> str:
    """Authors, title, kind, occasion, portal, address and date of change; unknown parts are left out.

    `page` names a part of the file, and `within` is the end of that part's address.
    """
    authors = f"{_authors(attachment.session)}: " if attachment.session and _authors(attachment.session) else ""
    shown = ", ".join(filter(None, [attachment.get_kind_display(), *_occasion(attachment), page]))
    stand = date_format(timezone.localdate(attachment.changed_at), "j. F Y")
    address = f"{settings.SITE_URL}{attachment.get_absolute_url()}{within}"
    return f"{authors}{_sentence(attachment.subject)} {shown}. {settings.SITE_NAME}, {address} (Stand: {stand})."


def page_citation(attachment: Attachment, reader: Reader | None) -> str:
    """The citation of each page that `reader` shows, with NUMBER instead of its number; empty without numbers."""
    if attachment.absence or reader is None or not reader.is_numbered:
        return ""
    within = page_address(reader.stored_file, reader.start).rpartition("-")[0]
    return citation(attachment, f"{reader.unit} {NUMBER}", f"{within}-{NUMBER}")


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
