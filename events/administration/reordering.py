"""The materials of a meeting in order, together with those of its contributions; of a contribution alone."""

from collections import defaultdict

from events.attachments.assignment import hold, meeting_of, of_meeting
from events.models import Event, Session, Slot
from lernnetzwerk.administration.reordering import ArrangeAdmin, Group


class MaterialOrderAdmin(ArrangeAdmin):
    """Mixed into the admin of meetings and of contributions."""

    def hold(self, thing: Event | Session) -> None:
        """The meeting's row, as whoever places files does."""
        hold(meeting_of(thing))

    def groups(self, thing: Event | Session) -> list[Group]:
        return _groups_of_meeting(thing) if isinstance(thing, Event) else super().groups(thing)


def _groups_of_meeting(event: Event) -> list[Group]:
    """Its own, then those of each contribution, as the meeting's page has them."""
    owned, sessions = defaultdict(list), {}
    for material in of_meeting(event).for_cards():
        owned[material.session_id].append(material)
        if material.session:
            sessions[material.session_id] = material.session
    working = Slot.objects.filter(programme__event=event, programme__number=None, session__in=sessions)
    places = dict(working.values_list("session_id", "order"))
    ordered = sorted(sessions, key=lambda key: (key not in places, places.get(key, 0), key))
    return [Group("Zum ganzen Treffen", owned[None]), *(Group(sessions[key].name, owned[key]) for key in ordered)]
