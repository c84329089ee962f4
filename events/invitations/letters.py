"""Letters: to the speaker, for editors to copy, and to the editors after a release."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from events.models import Attachment, Invitation

SUBJECT = "Dateien zur Freigabe"
LETTER = """Guten Tag{to},

vielen Dank für Ihren Beitrag „{session}“.

Unter dieser Adresse können Sie Ihre Präsentation und andere Materialien hochladen, auch mit dem Telefon und ohne Anmeldung:

{address}

Der Link gilt bis zum {until} und nimmt {files} an. Dort sehen Sie eine Vorschau und legen fest, unter welcher Lizenz wir die Dateien zeigen dürfen. Wir prüfen sie vor der Veröffentlichung.

Bitte geben Sie den Link nicht weiter.

Freundliche Grüße
{sender}
"""  # noqa: E501 - a paragraph of a letter is one line; the mail programme breaks it

logger = logging.getLogger(__name__)


def letter(invitation: Invitation, address: str) -> str:
    to = f" {invitation.recipient}" if invitation.recipient else ""
    most = invitation.most_files
    values = {
        "to": to,
        "session": invitation.session.name,
        "address": address,
        "files": "eine Datei" if most == 1 else f"bis zu {most} Dateien",
        "until": date_format(timezone.localtime(invitation.expires_at), r"j. F Y, H:i \U\h\r"),
        "sender": settings.SITE_NAME,
    }
    return LETTER.format(**values)


def tell_staff(invitation: Invitation, name: str, attachments: list[Attachment]) -> None:
    """Mails the link's creator and the portal's mailbox; failures are only logged: the start page lists the files."""
    maker = invitation.created_by
    to = {settings.REPORTS_TO, maker.email if maker and maker.is_active and settings.REPORTS_TO else ""} - {""}
    if not to:
        return
    try:
        EmailMessage(SUBJECT, _message(invitation, name, attachments), to=sorted(to)).send()
    except Exception as error:
        # Neither the error's text nor its traceback: a mail server's answer contains addresses.
        logger.error("Files handed in by %s were not mailed: %s", invitation.pk, type(error).__name__)


def _message(invitation: Invitation, name: str, attachments: list[Attachment]) -> str:
    lines = [f"{name} hat Dateien zum Beitrag „{invitation.session}“ hochgeladen und freigegeben.", ""]
    for attachment in attachments:
        address = settings.SITE_URL + reverse("admin:events_attachment_change", args=[attachment.pk])
        lines += [f"{attachment.stored_file} ({attachment.required_file.facts})", address, ""]
    return "\n".join([*lines, "Die Dateien sind noch nicht veröffentlicht."])
