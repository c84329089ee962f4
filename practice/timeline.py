"""The timeline of a municipality or a topic: the newest first, the undated last."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q

from lernnetzwerk.visibility.models import related
from lernnetzwerk.web.key_list import KeyList
from practice.models import Municipality, PracticeExample, PracticeExampleQuerySet

ForeignActivity = (
    Any  # a session, event or attachment, whose models this app must not import; or a row with them prefetched
)


@dataclass(frozen=True)
class Entry:
    """One entry of a timeline: when, what it is, where it leads, and its attachments."""

    day: date | None
    kind: str
    instance: ForeignActivity
    title: str
    language: str = ""
    event: ForeignActivity | None = None
    note: str = ""
    municipalities: Sequence[Municipality] = ()
    attachments: Sequence[ForeignActivity] = ()

    @property
    def year(self) -> int | None:
        return self.day.year if self.day else None


@dataclass(frozen=True)
class Source:
    """Public rows of one kind, the path to their day, and how entries are made of some of them."""

    rows: Any
    day: str
    entries: Callable[[Any], list[Entry]]


class Timeline:
    """The entries of several sources: first their days and keys, then only the rows of one page."""

    def __init__(self, *sources: Source) -> None:
        self.sources = sources
        self.days = [list(source.rows.values_list(source.day, "pk")) for source in sources]

    def keys(self, place: int) -> list[int]:
        """Those of the source at this place."""
        return [key for _day, key in self.days[place]]

    def page(self, number: str | None, size: int) -> Page:
        """The newest first, undated ones last; on the same day in the order of the sources."""
        dated = [(day or date.min, place, key) for place, days in enumerate(self.days) for day, key in days]
        dated.sort(key=lambda one: one[0], reverse=True)
        page = Paginator(dated, size).get_page(number)
        entries = {}
        for place, source in enumerate(self.sources):
            rows = source.rows.filter(pk__in=[key for _day, origin, key in page.object_list if origin == place])
            entries.update({(place, entry.instance.pk): entry for entry in source.entries(rows)})
        shown: Any = [entries[place, key] for _day, place, key in page.object_list if (place, key) in entries]
        page.object_list = shown
        return page


def public_files(**owners: Collection[int]) -> Any:
    """Public files and links of the sessions and practice examples with these keys."""
    owned = Q()
    for owner, keys in owners.items():
        owned |= Q(**{f"{owner}__in": KeyList(keys)})
    return related(PracticeExample, "attachments").published().available().filter(owned)


def of_sessions(sessions: Iterable[ForeignActivity], besides: Municipality | None = None) -> list[Entry]:
    """Sessions with their attachments and municipalities, except `besides`."""
    return [
        Entry(
            day=session.event.starts_on,
            kind=session.get_kind_display(),
            instance=session,
            title=session.name,
            language=session.title_language,
            event=session.event,
            note=session.contributors if session.title else "",
            municipalities=[municipality for municipality in session.municipalities.all() if municipality != besides],
            attachments=session.public_attachments,
        )
        for session in sessions
    ]


def of_examples(examples: Iterable[ForeignActivity], besides: Municipality | None = None) -> list[Entry]:
    """Practice examples, dated by their last check; without one they are undated."""
    return [
        Entry(
            day=example.checked_on,
            kind="Praxisbeispiel",
            instance=example,
            title=example.title,
            note="" if besides else example.summary,  # a municipality's page shows it above
            municipalities=[municipality for municipality in example.municipalities.all() if municipality != besides],
            attachments=example.public_attachments,
        )
        for example in examples
    ]


def of_events(events: Iterable[ForeignActivity], kind: str) -> list[Entry]:
    """Events, called `kind`; cancelled or moved ones say so."""
    return [
        Entry(
            day=event.starts_on,
            kind=kind if event.course == "planned" else f"{kind} · {event.get_course_display()}",
            instance=event,
            title=event.name,
            note=" · ".join(filter(None, [event.dates, event.place])),
        )
        for event in events
    ]


def with_public_attachments(examples: PracticeExampleQuerySet) -> PracticeExampleQuerySet:
    """Examples with their municipalities, and their public attachments as `public_attachments`."""
    attachments = related(PracticeExample, "attachments").published()
    return examples.prefetch_related(
        "municipalities", Prefetch("attachments", attachments.with_files(), to_attr="public_attachments")
    )
