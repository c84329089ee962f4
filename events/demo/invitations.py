from events.demo.content import DOCUMENTED, content
from events.invitations.links import create
from events.models import Invitation, Session

LAST_TALK = "bildung-und-teilhabe"
DAYS = 90


def load_invitation() -> Invitation:
    """The valid link of the documented event's last talk, whose slides are missing; else a new one."""
    (event,) = content(DOCUMENTED).events
    session = Session.objects.get(event__slug=event["slug"], slug=LAST_TALK)
    return session.invitations.valid().first() or create(session, None, DAYS, recipient=session.contributors)
