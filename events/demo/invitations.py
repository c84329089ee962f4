from events.demo.meeting import SLUG
from events.invitations.links import create
from events.models import Invitation, Session

LAST_TALK = "bildung-und-teilhabe"
DAYS = 90


def load_invitation() -> Invitation:
    """The link of the documented meeting's last speaker, whose slides are missing; a new one when none is valid."""
    session = Session.objects.get(event__slug=SLUG, slug=LAST_TALK)
    return session.invitations.valid().first() or create(session, None, DAYS, recipient=session.contributors)
