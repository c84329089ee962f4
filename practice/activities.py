"""The public activity of each municipality in the network, in numbers and in words."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef

from lernnetzwerk.text.enumeration import enumeration
from lernnetzwerk.visibility.models import related
from lernnetzwerk.web.key_list import KeyList
from practice.models import Municipality, PracticeExample

# Kind of session → one as an object, and several; the most relevant kind first.
SESSIONS = {
    "forum": ("ein Praxisforum", "Praxisforen"),
    "workshop": ("einen Workshop", "Workshops"),
    "talk": ("einen Fachvortrag", "Fachvorträge"),
    "discussion": ("eine Diskussion", "Diskussionen"),
    "welcome": ("eine Begrüßung", "Begrüßungen"),
    "closing": ("einen Abschluss", "Abschlüsse"),
}
OTHERS = ("einen Beitrag", "Beiträge")
EXAMPLES = ("ein Praxisbeispiel", "Praxisbeispiele")
NUMBERS = ("", "", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf")


@dataclass
class Activity:
    municipality: Municipality
    sessions: Counter[str] = field(default_factory=Counter)
    examples: int = 0
    hostings: int = 0
    years: set[int] = field(default_factory=set)
    is_sample: bool = False

    @property
    def weight(self) -> int:
        return self.sessions.total() + self.examples + self.hostings

    @property
    def words(self) -> str:
        """`2 Praxisforen · 1 Praxisbeispiel · Gastgeberin 2021 und 2024`."""
        shown = [f"{number}\u00a0{_plain_noun(number, forms)}" for number, forms in self._shown()]
        hosting = [" ".join(filter(None, [self._host, enumeration(map(str, sorted(self.years)))]))]
        return " · ".join([*shown, *(hosting if self.hostings else [])])

    @property
    def sentence(self) -> str:
        """`Hamm hat zwei Praxisforen und ein Praxisbeispiel beigetragen – Gastgeberin 2021.`"""
        subject, years = self.municipality.subject, enumeration(map(str, sorted(self.years)))
        shown = enumeration(_counted(number, forms) for number, forms in self._shown())
        if not shown:
            return f"{subject} ist {self._host} im Lernnetzwerk{f': {years}' if years else ''}."
        hosting = f" – {' '.join(filter(None, [self._host, years]))}" if self.hostings else ""
        return f"{subject} hat {shown} beigetragen{hosting}."

    @property
    def _host(self) -> str:
        return "Gastgeber" if self.municipality.kind == Municipality.Kind.DISTRICT else "Gastgeberin"

    def _shown(self) -> list[tuple[int, tuple[str, str]]]:
        known = [(self.sessions[kind], forms) for kind, forms in SESSIONS.items()]
        others = sum(number for kind, number in self.sessions.items() if kind not in SESSIONS)
        return [pair for pair in (*known, (others, OTHERS), (self.examples, EXAMPLES)) if pair[0]]


def activities(among: Collection[int] | None = None) -> dict[int, Activity]:
    """Municipality key → public activity, if there is any, in alphabetical order; always five queries.

    `among` limits it to municipalities with these keys.
    """
    sessions, examples, hostings = _sessions(among), _examples(among), _hostings(among)
    keys = {row[0] for row in sessions} | {row[0] for row in examples} | {row[0] for row in hostings}
    municipalities = Municipality.objects.filter(pk__in=KeyList(keys)).select_related("district")
    found = {municipality.pk: Activity(municipality) for municipality in municipalities}
    for key, kind, is_sample, number in sessions:
        found[key].sessions[kind] += number
        found[key].is_sample |= is_sample
    for key, is_sample, number in examples:
        found[key].examples += number
        found[key].is_sample |= is_sample
    for key, begin, is_sample, number in hostings:
        found[key].hostings += number
        found[key].years |= {begin.year} if begin else set()
        found[key].is_sample |= is_sample
    return found


def describe(municipalities: Iterable[Municipality], known: dict[int, Activity]) -> list[Municipality]:
    """The same municipalities, each with its `activity` or None."""
    described = list(municipalities)
    for municipality in described:
        municipality.activity = known.get(municipality.pk)
    return described


def _of(rows: Any, path: str, among: Collection[int] | None) -> Any:
    """Rows with a municipality at `path`, one of `among`."""
    condition = {f"{path}__isnull": False} if among is None else {f"{path}__in": KeyList(among)}
    return rows.order_by().filter(**condition)


def _sessions(among: Collection[int] | None) -> list[tuple[int, str, bool, int]]:
    """Municipality, kind, whether they are samples, number of sessions; linked directly or through an appearance."""
    linked = _of(related(Municipality, "sessions").published(), "municipalities", among)
    links: Any = Municipality._meta.get_field("sessions")
    same = {"session": OuterRef("session"), "municipality": OuterRef("municipality")}
    spoken = _of(related(Municipality, "appearances").published(), "municipality", among)
    only_spoken = spoken.exclude(Exists(links.through.objects.filter(**same)))
    return [
        *linked.values_list("municipalities", "kind", "event__is_sample").annotate(Count("pk")),
        *only_spoken.values_list("municipality", "session__kind", "session__event__is_sample").annotate(
            Count("session", distinct=True)
        ),
    ]


def _examples(among: Collection[int] | None) -> list[tuple[int, bool, int]]:
    linked = _of(PracticeExample.objects.published(), "municipalities", among)
    return list(linked.values_list("municipalities", "is_sample").annotate(Count("pk")))


def _hostings(among: Collection[int] | None) -> list[tuple[int, date | None, bool, int]]:
    """Municipality, first day, whether it is a sample, and number of events, without cancelled ones."""
    hosted = _of(related(Municipality, "hosted_events").published().exclude(course="cancelled"), "host", among)
    return list(hosted.values_list("host", "starts_on", "is_sample").annotate(Count("pk")))


def _plain_noun(number: int, forms: tuple[str, str]) -> str:
    """The singular without its article, or the plural."""
    return forms[0].split()[1] if number == 1 else forms[1]


def _counted(number: int, forms: tuple[str, str]) -> str:
    """Number and noun in a sentence; up to twelve in words."""
    if number == 1:
        return forms[0]
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} {forms[1]}"
