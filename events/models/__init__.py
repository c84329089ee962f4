"""All models of the app, imported where Django looks for them."""

from events.models.attachment import Attachment
from events.models.attachment_version import AttachmentVersion
from events.models.day import EventDay, FormerDay
from events.models.download_count import DownloadCount
from events.models.event import Event
from events.models.invitation import HandedIn, Invitation
from events.models.programme import Programme, Slot
from events.models.series import Series
from events.models.session import Appearance, Session
from events.models.track import Track

__all__ = [
    "Appearance",
    "Attachment",
    "AttachmentVersion",
    "DownloadCount",
    "Event",
    "EventDay",
    "FormerDay",
    "HandedIn",
    "Invitation",
    "Programme",
    "Series",
    "Session",
    "Slot",
    "Track",
]
