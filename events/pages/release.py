"""The page of one release: what visitors read then, from its snapshot; only the links are of today."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from functools import cached_property

from events.models import Appearance, Event, Session, Slot, clock
from events.programme.history import PublicRelease, public_releases
from practice.models import Municipality

ROLES = {Appearance.Role.CHAIR.value: "Moderation"}  # other roles go without saying


@dataclass
class ReleasedItem:
    """An item as a snapshot has it (events/programme/snapshots.py); `address` of its page, if there is one today."""

    slot: dict
    address: str = ""
    municipalities: list[str] = field(default_factory=list)
    children: list["ReleasedItem"] = field(default_factory=list)

    @property
    def begins(self) -> int | None:
        """Minutes after midnight of its day."""
        if not self.slot["begins_at"]:
            return None
        begin = time.fromisoformat(self.slot["begins_at"])
        night = clock.DAY if self.slot.get("is_after_midnight") else 0
        return night + begin.hour * clock.HOUR + begin.minute

    @property
    def begin_in_words(self) -> str:
        return "" if self.begins is None else clock.shown(self.begins)

    @property
    def facts(self) -> list[str]:
        ends = None if self.begins is None else self.begins + (self.slot["duration"] or 0)
        end = f"bis {clock.shown(ends)}" if ends is not None and self.slot["duration"] else ""
        choice = "parallel" if self.slot["is_parallel"] else ""
        return [fact for fact in (end, self.slot["room"], self.slot["day_part"], choice) if fact]

    @property
    def status(self) -> str:
        return self.slot["status"]

    @property
    def is_cancelled(self) -> bool:
        return self.status == Slot.Status.CANCELLED

    @property
    def title(self) -> str:
        return self.slot["title"]

    @property
    def session(self) -> dict | None:
        return self.slot["session"]

    @property
    def kind(self) -> str:
        kinds = dict(Session.Kind.choices)
        return kinds.get(self.session["kind"], "") if self.session else ""

    @property
    def people(self) -> list[str]:
        """`Prof. Dr. Ute Klammer (Universität Duisburg-Essen)`, with `Moderation` for whoever chairs."""
        if not self.session:
            return []
        return [_introduced(person) for person in self.session["appearances"]]


def _introduced(person: dict) -> str:
    facts = ", ".join(filter(None, [ROLES.get(person["role"]), person["affiliation"]]))
    return f"{person['name']} ({facts})" if facts else person["name"]


@dataclass
class ReleasedDay:
    number: int
    held_on: date | None
    items: list[ReleasedItem] = field(default_factory=list)


@dataclass(frozen=True)
class ReleasedProgramme:
    days: list[ReleasedDay]

    @cached_property
    def is_timed(self) -> bool:
        return any(item.begins is not None for day in self.days for item in day.items)


def release_page(event: Event, number: int) -> dict | None:
    """The page of the release with this number, None if it has never been public; four queries at most."""
    releases = public_releases(event)
    shown = next((one for one in releases if one.programme.number == number), None)
    if shown is None or shown.programme.snapshot is None:
        return None
    snapshot = shown.programme.snapshot
    return {
        "section": "events",
        "event": event,
        "release": shown,
        "then": snapshot["event"],
        "programme": ReleasedProgramme(list(_days(snapshot, _addresses(snapshot)))),
        **_neighbours(releases, shown),
    }


def _neighbours(releases: list[PublicRelease], shown: PublicRelease) -> dict[str, PublicRelease | None]:
    place = releases.index(shown)
    return {
        "later": releases[place - 1] if place else None,
        "earlier": releases[place + 1] if place + 1 < len(releases) else None,
    }


def _addresses(snapshot: dict) -> dict[str, str]:
    """By the UUID of each session that has a page today."""
    wanted = [slot["session"]["uuid"] for slot in snapshot["slots"] if slot["session"]]
    sessions = Session.objects.published().filter(uuid__in=wanted).select_related("event")
    return {str(session.uuid): session.get_absolute_url() for session in sessions}


def _days(snapshot: dict, addresses: dict[str, str]) -> Iterator[ReleasedDay]:
    items = {slot["order"]: _item(slot, addresses) for slot in snapshot["slots"]}
    names = _names(snapshot)
    days: dict[int, ReleasedDay] = {}
    for item in items.values():
        slot = item.slot
        item.municipalities = [names.get(key, key) for key in (item.session or {}).get("municipalities", [])]
        if slot["parent"] is not None:
            items[slot["parent"]].children.append(item)
            continue
        held_on = date.fromisoformat(slot["date"]) if slot["date"] else None
        days.setdefault(slot["day"], ReleasedDay(slot["day"], held_on)).items.append(item)
    yield from days.values()


def _item(slot: dict, addresses: dict[str, str]) -> ReleasedItem:
    return ReleasedItem(slot, addresses.get(slot["session"]["uuid"], "") if slot["session"] else "")


def _names(snapshot: dict) -> dict[str, str]:
    keys = {key for slot in snapshot["slots"] if slot["session"] for key in slot["session"]["municipalities"]}
    return dict(Municipality.objects.filter(key__in=keys).order_by().values_list("key", "name"))
