"""Letters to speakers, for editors to copy: the portal has no mail addresses of speakers and sends nothing."""

from django.conf import settings

from events.models import Attachment, Event, Session
from lernnetzwerk.administration.missing import Mail
from lernnetzwerk.text.enumeration import enumeration

LETTER = """Guten Tag{to},

vielen Dank für Ihren Beitrag „{session}“{at}.

Für die Dokumentation des Treffens fehlt uns noch: {wanted}.

Können Sie uns die Datei oder einen Link schicken? Eine Antwort auf diese E-Mail genügt. Schreiben Sie uns bitte dazu, unter welcher Lizenz wir das Material zeigen dürfen.

Gibt es kein Material oder soll es nicht veröffentlicht werden, teilen Sie uns das bitte kurz mit. Wir vermerken es auf der Seite.

Herzlichen Dank und freundliche Grüße
{sender}
"""  # noqa: E501 - a paragraph of a letter is one line; the mail programme breaks it


def ask_for_session(session: Session) -> Mail:
    return _letter(session, "die Präsentation oder andere Materialien", "Materialien zu Ihrem Beitrag")


def ask_for_attachment(attachment: Attachment) -> Mail | None:
    """To the session's speakers; None for an attachment without a session."""
    if attachment.session is None:
        return None
    title = f" „{attachment.title}“" if attachment.title else ""
    wanted = f"{attachment.get_kind_display()}{title}"
    return _letter(attachment.session, wanted, f"{attachment.get_kind_display()} zu Ihrem Beitrag")


def _letter(session: Session, wanted: str, subject: str) -> Mail:
    at = _at(session.event)
    speakers = enumeration(list(dict.fromkeys(appearance.name for appearance in session.appearances.all())))
    values = {"to": f" {speakers}" if speakers else "", "session": session.name, "at": at, "wanted": wanted}
    return Mail(f"{subject}{at}", LETTER.format(**values, sender=settings.SITE_NAME))


def _at(event: Event) -> str:
    """The event, with its dates if they are known."""
    dates = f" ({event.dates})" if event.starts_on else ""
    return f" beim Treffen „{event.name}“{dates}"
