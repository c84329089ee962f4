"""What the invented content is written down in. Texts are paragraphs and lists, see `prose`."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from events.demo.pictures import Palette
from events.models import Appearance, Slot

WEDNESDAY = 2


@dataclass(frozen=True)
class Voice:
    """Who contributes, and as whom that day; without any affiliation, as the person is known today."""

    person: str
    role: str = Appearance.Role.TALK
    academic_title: str = ""
    unit: str = ""
    organisation: str = ""
    place: str = ""
    town: str = ""


@dataclass(frozen=True)
class Material:
    """Exactly one of `points` (a PDF with a page for each), `is_film`, `url` and `absence`."""

    kind: str
    title: str = ""
    points: tuple[str, ...] = ()
    is_film: bool = False
    url: str = ""
    absence: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Item:
    """A line of the programme; without a kind it is a break. Times are `10:15`, durations minutes."""

    title: str = ""
    kind: str = ""
    begins_at: str = ""
    duration: int | None = None
    room: str = ""
    day: int = 1
    day_part: str = ""
    status: str = Slot.Status.CONFIRMED
    is_parallel: bool = False
    subtitle: str = ""
    abstract: str = ""
    results: str = ""
    language: str = "de"
    towns: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    voices: tuple[Voice, ...] = ()
    materials: tuple[Material, ...] = ()
    inner: tuple["Item", ...] = ()


@dataclass(frozen=True)
class Meeting:
    """Its days follow each other; the first is a Wednesday about `away` days from the day it is loaded."""

    slug: str
    away: int
    days: int
    host: str
    number: int
    seed: int  # of its picture
    palette: Palette
    fields: dict[str, str]
    topics: tuple[str, ...]
    items: tuple[Item, ...]
    materials: tuple[Material, ...] = ()
    registration_days: int | None = None
    note: str = ""

    def starts_on(self, today: date) -> date:
        """Never between the years, when nobody meets."""
        day = today + timedelta(days=self.away)
        day += timedelta(days=(WEDNESDAY - day.weekday()) % 7)
        while (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6):
            day += timedelta(days=7)
        return day


@dataclass(frozen=True)
class Example:
    """`checked` is how many days ago its Stand was; None is unknown."""

    slug: str
    title: str
    summary: str
    towns: tuple[str, ...]
    topics: tuple[str, ...]
    stage: str
    checked: int | None
    contact: tuple[str, str] = ("", "")
    texts: dict[str, str] = field(default_factory=dict)
    materials: tuple[Material, ...] = ()
