"""All admin classes of the app, imported where Django looks for them."""

from events.administration.attachments import AttachmentAdmin
from events.administration.events import EventAdmin, SeriesAdmin
from events.administration.programme import ProgrammeAdmin
from events.administration.sessions import AppearanceAdmin, SessionAdmin

__all__ = ["AppearanceAdmin", "AttachmentAdmin", "EventAdmin", "ProgrammeAdmin", "SeriesAdmin", "SessionAdmin"]
