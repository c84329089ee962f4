"""What changed between two versions of a programme, in German sentences.

Both are snapshots as they are stored with a release (events/programme/snapshots.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from django.utils.formats import date_format

from events.models import Appearance, Programme, Session, Slot
from events.programme.pairing import Item, Pairing, moved, pair
from lernnetzwerk.text.enumeration import enumeration

NOTHING = "ohne Angabe"
KINDS, ROLES = dict(Session.Kind.choices), dict(Appearance.Role.choices)


@dataclass(frozen=True)
class Group:
    """`is_live` if visitors see the change already: texts and speakers need no release."""

    title: str
    sentences: list[str]
    is_live: bool = False


def differences(before: dict | None, after: dict, towns: Mapping[str, str]) -> list[Group]:
    """Groups with at least one sentence each; empty when `after` shows the same as `before`.

    `before` is None for a first release. `towns` are names by municipality key.
    """
    if before is None:
        return [Group("Erste Freigabe", [_first(len(after["slots"]))])]
    pairing = pair(before, after)
    groups = [
        Group("Neu", [f"Neu: {_with_place(item, after)}" for item in pairing.added]),
        Group("Entfällt", list(_dropped(pairing))),
        Group("Geändert", list(_changed(pairing))),
        Group("Schon auf der Website", list(_live(before, after, pairing, towns)), is_live=True),
    ]
    return [group for group in groups if group.sentences]


@dataclass(frozen=True)
class Changes:
    """What visitors are told of a release: `added` and `changed` are the orders of the items in the later version."""

    sentences: list[str]
    added: frozenset[int] = frozenset()
    changed: frozenset[int] = frozenset()


def changes_between(before: Programme | None, after: Programme, towns: Mapping[str, str]) -> Changes:
    """Between two releases, or with `before` None of the first one; of what changed before the release as well."""
    later = after.snapshot or {}
    if before is None:
        number = len(later["slots"])
        return Changes([f"Programm veröffentlicht, mit {_items(number)}."])
    earlier = before.snapshot or {}
    pairing = pair(earlier, later)
    sentences = [one for group in differences(earlier, later, towns) for one in group.sentences]
    if after.is_final and not before.is_final:
        sentences.append("Das Programm ist jetzt endgültig.")
    facts = _changed_facts(pairing)
    cancelled = {item.order for earlier, item in pairing.pairs if _is_cancelled(item) and not _is_cancelled(earlier)}
    return Changes(
        sentences,
        added=frozenset(item.order for item in pairing.added),
        changed=frozenset(item.order for item, known in facts if known) - cancelled,
    )


def _first(number: int) -> str:
    return f"Das ist die erste Freigabe dieses Programms, mit {_items(number)}."


def _items(number: int) -> str:
    return "einem Programmpunkt" if number == 1 else f"{number} Programmpunkten"


def _with_place(item: Item, snapshot: dict) -> str:
    """`Praxisforum Lünen (Tag 2, 14:00, Raum 3)`, the day only where there are several."""
    has_days = len({slot["day"] for slot in snapshot["slots"]}) > 1
    facts = [f"Tag {item.day}" if has_days else "", _clock(item.slot["begins_at"]), item.slot["room"]]
    known = ", ".join(filter(None, facts))
    return f"{item.title} ({known})" if known else item.title


def _dropped(pairing: Pairing) -> Iterator[str]:
    for item in pairing.removed:
        yield f"Entfällt: {item.title} (steht nicht mehr im Programm)"
    for before, after in pairing.pairs:
        if _is_cancelled(after) and not _is_cancelled(before):
            yield f"Entfällt: {after.title} (bleibt mit dem Hinweis „Entfällt“ im Programm)"


def _is_cancelled(item: Item) -> bool:
    return item.slot["status"] == Slot.Status.CANCELLED


# --- place and time ---------------------------------------------------------------------------------------------------


def _changed(pairing: Pairing) -> Iterator[str]:
    for item, facts in _changed_facts(pairing):
        yield from _sentence(item, facts)


def _changed_facts(pairing: Pairing) -> Iterator[tuple[Item, list[str]]]:
    """Each item that stays, with what is new about its place and time."""
    places = _new_places(pairing)
    titles = {after.order: after.title for _, after in pairing.pairs} | {new.order: new.title for new in pairing.added}
    for before, after in pairing.pairs:
        facts = [*_placement(before.slot, after.slot), *_status(before, after)]
        if pairing.has_new_parent(before, after):
            facts.append(f"gehört jetzt zu „{titles[after.parent]}“" if after.parent else "steht jetzt für sich")
        if after.order in places:
            facts.append(places[after.order])
        if not after.session and before.title != after.title:
            facts.append(f"hieß bisher „{before.title}“")
        yield after, facts


def _sentence(item: Item, facts: list[str]) -> Iterator[str]:
    if facts:
        yield f"{item.title}: {'; '.join(facts)}"


def _placement(before: dict, after: dict) -> Iterator[str]:
    yield from _arrow("Tag", str(before["day"]), str(after["day"]))
    yield from _arrow("Beginn", _clock(before["begins_at"]), _clock(after["begins_at"]))
    yield from _duration(before["duration"], after["duration"])
    yield from _arrow("Raum", _quoted(before["room"]), _quoted(after["room"]))
    yield from _arrow("Tagesabschnitt", _quoted(before["day_part"]), _quoted(after["day_part"]))
    if before["is_parallel"] != after["is_parallel"]:
        yield f"Unterpunkte laufen jetzt {'parallel' if after['is_parallel'] else 'nacheinander'}"


def _status(before: Item, after: Item) -> Iterator[str]:
    if before.slot["status"] != after.slot["status"] and not _is_cancelled(after):
        label = Slot.Status(after.slot["status"]).label
        yield f"findet doch statt, {label}" if _is_cancelled(before) else f"jetzt {label}"


def _new_places(pairing: Pairing) -> dict[int, str]:
    """The new places of items that moved among their siblings, by order."""
    lists = defaultdict(list)
    for before, after in pairing.pairs:
        if before.day == after.day and not pairing.has_new_parent(before, after):
            lists[after.day, after.parent].append((before, after))
    places = {}
    for both in lists.values():
        elsewhere = moved([before.order for before, _ in both])
        for place, (before, after) in enumerate(both):
            if before.order in elsewhere:
                relation, neighbour = ("nach", both[place - 1][1]) if place else ("vor", both[1][1])
                places[after.order] = f"steht jetzt {relation} „{neighbour.title}“"
    return places


def _arrow(what: str, before: str, after: str) -> Iterator[str]:
    if before != after:
        yield f"{what} {before or NOTHING} → {after or NOTHING}"


def _clock(moment: str | None) -> str:
    return f"{time.fromisoformat(moment):%H:%M}" if moment else ""


def _duration(before: int | None, after: int | None) -> Iterator[str]:
    """The unit appears once if both are known."""
    if before != after:
        unit = "" if before is not None and after is not None else " Minuten"
        known = f"{before}{unit}" if before is not None else ""
        yield from _arrow("Dauer", known, f"{after} Minuten" if after is not None else "")


def _quoted(text: str) -> str:
    return f"„{text}“" if text else ""


# --- what needs no release --------------------------------------------------------------------------------------------


def _live(before: dict, after: dict, pairing: Pairing, towns: Mapping[str, str]) -> Iterator[str]:
    yield from _event(before, after)
    for earlier, later in pairing.pairs:
        if later.session:
            yield from _sentence(later, list(_session(earlier, later, towns)))


def _event(before: dict, after: dict) -> Iterator[str]:
    earlier, later = before.get("event", {}), after["event"]
    for key, what in (("title", "Titel"), ("dates", "Datum"), ("place", "Ort")):
        facts = _arrow(what, _quoted(earlier.get(key, "")), _quoted(later[key]))
        yield from (f"Treffen: {fact}" for fact in facts)
    dates = {slot["day"]: slot["date"] for slot in before.get("slots", [])}
    for day, on in {slot["day"]: slot["date"] for slot in after["slots"]}.items():
        facts = _arrow(f"Tag {day}:", _date(dates.get(day, on)), _date(on))
        yield from facts


def _date(day: str | None) -> str:
    return date_format(date.fromisoformat(day), "j. F Y") if day else ""


def _session(earlier: Item, later: Item, towns: Mapping[str, str]) -> Iterator[str]:
    before, after = earlier.session or {}, later.session or {}
    if before["title"] != after["title"]:
        yield f"hieß bisher „{earlier.title}“"
    yield from _arrow("Untertitel", _quoted(before["subtitle"]), _quoted(after["subtitle"]))
    yield from _arrow("Art", KINDS.get(before["kind"], before["kind"]), KINDS[after["kind"]])
    yield from _appearances(before["appearances"], after["appearances"], towns)
    earlier_municipalities, later_municipalities = before["municipalities"], after["municipalities"]
    yield from _listed(
        "neu mit", [towns.get(key, key) for key in later_municipalities if key not in earlier_municipalities]
    )
    yield from _listed(
        "nicht mehr mit", [towns.get(key, key) for key in earlier_municipalities if key not in later_municipalities]
    )


def _listed(what: str, names: list[str]) -> Iterator[str]:
    if names:
        yield f"{what} {enumeration(names)}"


def _appearances(before: list[dict], after: list[dict], towns: Mapping[str, str]) -> Iterator[str]:
    earlier, later = _by_speaker(before), _by_speaker(after)
    yield from _listed("neu dabei", [_introduced(later[uuid]) for uuid in later if uuid not in earlier])
    yield from _listed("nicht mehr dabei", [_introduced(earlier[uuid]) for uuid in earlier if uuid not in later])
    for uuid in later:
        if uuid in earlier:
            yield from _speaker(earlier[uuid], later[uuid], towns)


def _by_speaker(appearances: list[dict]) -> dict[str, list[dict]]:
    """Rows by speaker, who may have several roles."""
    found = defaultdict(list)
    for appearance in appearances:
        found[appearance["uuid"]].append(appearance)
    return found


def _introduced(rows: list[dict]) -> str:
    return f"{rows[0]['name']} ({_roles(rows)})"


def _roles(rows: list[dict]) -> str:
    return enumeration([ROLES.get(row["role"], row["role"]) for row in rows])


def _speaker(before: list[dict], after: list[dict], towns: Mapping[str, str]) -> Iterator[str]:
    name = after[0]["name"]
    if before[0]["name"] != name:
        yield f"{before[0]['name']} heißt jetzt {name}"
    if {row["role"] for row in before} != {row["role"] for row in after}:
        yield f"{name}: {_roles(before)} → {_roles(after)}"
    yield from _arrow(f"{name}: Einrichtung", _affiliations(before), _affiliations(after))
    yield from _arrow(f"{name}: für", _spoken_for(before, towns), _spoken_for(after, towns))


def _affiliations(rows: list[dict]) -> str:
    return enumeration(sorted({_quoted(row["affiliation"]) for row in rows} - {""}))


def _spoken_for(rows: list[dict], towns: Mapping[str, str]) -> str:
    keys = {row["municipality"] for row in rows} - {None}
    return enumeration(sorted(towns.get(key, key) for key in keys))
