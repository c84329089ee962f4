from events.demo.content import DOCUMENTED, content
from events.invitations.links import create
from events.models import Invitation, Session

LAST_TALK = "bildung-und-teilhabe"
DAYS = 90


def load_invitation() -> Invitation:
    """The link of the documented meeting's last speaker, whose slides are missing; a new one when none is valid."""
    (event,) = content(DOCUMENTED).events
    session = Session.objects.get(event__slug=event["slug"], slug=LAST_TALK)
    return session.invitations.valid().first() or create(session, None, DAYS, recipient=session.contributors)
