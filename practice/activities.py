"""The public activity of each municipality in the network, in numbers and in words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from lernnetzwerk.text.enumeration import enumeration
from lernnetzwerk.visibility.models import related
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


def activities() -> dict[int, Activity]:
    """Municipality key → public activity, if there is any, in alphabetical order; always four queries."""
    sessions, examples, hostings = _sessions(), _examples(), _hostings()
    keys = {row[0] for row in sessions} | {row[0] for row in examples} | {row[0] for row in hostings}
    municipalities = Municipality.objects.filter(pk__in=keys).select_related("district")
    found = {municipality.pk: Activity(municipality) for municipality in municipalities}
    for key, _session, kind, is_sample in sessions:
        found[key].sessions[kind] += 1
        found[key].is_sample |= is_sample
    for key, _example, is_sample in examples:
        found[key].examples += 1
        found[key].is_sample |= is_sample
    for key, _event, begin, is_sample in hostings:
        found[key].hostings += 1
        found[key].years |= {begin.year} if begin else set()
        found[key].is_sample |= is_sample
    return found


def describe(municipalities: Iterable[Municipality], known: dict[int, Activity]) -> list[Municipality]:
    """The same municipalities, each with its `activity` or None."""
    described = list(municipalities)
    for municipality in described:
        municipality.activity = known.get(municipality.pk)
    return described


def _sessions() -> set[tuple[int, int, str, bool]]:
    """Municipality, session, its kind and whether it is a sample; linked directly or through an appearance."""
    sessions = related(Municipality, "sessions").published().order_by()
    fields = ("pk", "kind", "event__is_sample", "municipalities", "appearances__municipality")
    return {
        (municipality, key, kind, is_sample)
        for key, kind, is_sample, *municipalities in sessions.values_list(*fields)
        for municipality in municipalities
        if municipality
    }


def _examples() -> list[tuple[int, int, bool]]:
    examples = PracticeExample.objects.published().filter(municipalities__isnull=False).order_by()
    return list(examples.values_list("municipalities", "pk", "is_sample"))


def _hostings() -> list[tuple[int, int, date | None, bool]]:
    """Municipality, event, its first day and whether it is a sample, without cancelled events."""
    events = related(Municipality, "hosted_events").published().order_by()
    taking_place = events.filter(host__isnull=False).exclude(course="cancelled")
    return list(taking_place.values_list("host", "pk", "starts_on", "is_sample"))


def _plain_noun(number: int, forms: tuple[str, str]) -> str:
    """The singular without its article, or the plural."""
    return forms[0].split()[1] if number == 1 else forms[1]


def _counted(number: int, forms: tuple[str, str]) -> str:
    """Number and noun in a sentence; up to twelve in words."""
    if number == 1:
        return forms[0]
    return f"{NUMBERS[number] if number < len(NUMBERS) else number} {forms[1]}"
