"""The admin classes of each subject, gathered where Django looks for them."""

from events.materials.admin import AttachmentAdmin
from events.meetings.admin import EventAdmin, SeriesAdmin
from events.programme.admin import ProgrammeAdmin
from events.sessions.admin import AppearanceAdmin, SessionAdmin

__all__ = ["AppearanceAdmin", "AttachmentAdmin", "EventAdmin", "ProgrammeAdmin", "SeriesAdmin", "SessionAdmin"]
