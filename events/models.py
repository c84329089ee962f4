"""The models of each subject, gathered where Django looks for them."""

from events.invitations.models import HandedIn, Invitation
from events.materials.counting import DownloadCount
from events.materials.models import Attachment
from events.materials.tracks import Track
from events.materials.versions import MaterialVersion
from events.meetings.models import Event, EventDay
from events.meetings.series import Series
from events.programme.models import Programme, Slot
from events.sessions.models import Appearance, Session

__all__ = [
    "Appearance",
    "Attachment",
    "DownloadCount",
    "Event",
    "EventDay",
    "HandedIn",
    "Invitation",
    "MaterialVersion",
    "Programme",
    "Series",
    "Session",
    "Slot",
    "Track",
]
