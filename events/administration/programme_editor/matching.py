"""Finds the speakers and municipalities that the fragments of a pasted programme name."""

import re
from collections import defaultdict
from typing import Any

from django.db.models import Q

from lernnetzwerk.slugs.german import sort_key
from practice.models import Municipality
from speakers.models import Speaker
from speakers.names import NameLine, parse

MOST_FRAGMENTS, LONGEST_FRAGMENT = 600, 300
CITY = re.compile(r"^(?:\w*stadt|gemeinde) (?=\S)")
NAMES = ("first_name", "last_name")
AFFILIATION = ("unit", "organisation", "place")


def fragments(given: object) -> list[str]:
    """A list of texts from a request's JSON; raises ValueError for anything else and for what is too long."""
    if not isinstance(given, list) or len(given) > MOST_FRAGMENTS:
        raise ValueError("no list, or too long")
    if any(not isinstance(text, str) or len(text) > LONGEST_FRAGMENT for text in given):
        raise ValueError("no text, or too long")
    return [text.replace("\0", "") for text in given]


def match(people: list[str], municipalities: list[str]) -> dict[str, list]:
    """One answer for each fragment, in the order given; two queries at most.

    For a line about a speaker: the values of an appearance, with `speaker` the key of the only known speaker of that
    name or None, and `namesakes` the number of known ones; None for a line without a name. For a municipality: its
    key and name, or None.
    """
    return {"people": _people(people), "municipalities": _municipalities(municipalities)}


def _municipalities(names: list[str]) -> list[dict[str, Any] | None]:
    if not names:
        return []
    known = {sort_key(name): {"pk": pk, "name": name} for pk, name in Municipality.objects.values_list("pk", "name")}
    return [known.get(key) or known.get(CITY.sub("", key)) for key in (sort_key(name.strip()) for name in names)]


def _people(texts: list[str]) -> list[dict[str, Any] | None]:
    lines = [parse(text) for text in texts]
    known = _speakers([line for line in lines if line.last_name])
    return [_person(line, known[_key(line.first_name, line.last_name)]) if line.last_name else None for line in lines]


def _speakers(lines: list[NameLine]) -> dict[str, list[Speaker]]:
    """Speakers by name, and by last name alone."""
    full = {_key(line.first_name, line.last_name) for line in lines if line.first_name}
    last = {line.last_name for line in lines if not line.first_name}
    found: defaultdict[str, list[Speaker]] = defaultdict(list)
    if not lines:
        return found
    for speaker in Speaker.objects.filter(Q(sort_name__in=full) | Q(last_name__in=last)):
        found[_key(speaker.first_name, speaker.last_name)].append(speaker)
        if speaker.first_name:
            found[_key("", speaker.last_name)].append(speaker)
    return found


def _key(first_name: str, last_name: str) -> str:
    """As `Speaker.sort_name`."""
    return sort_key(f"{last_name} {first_name}")


def _person(line: NameLine, namesakes: list[Speaker]) -> dict[str, Any]:
    speaker = namesakes[0] if len(namesakes) == 1 else None
    named: Speaker | NameLine = speaker or line
    affiliated = line if line.organisation or not speaker else speaker
    return {
        "speaker": speaker.pk if speaker else None,
        "namesakes": len(namesakes),
        "academic_title": line.academic_title or named.academic_title,
        **{name: getattr(named, name) for name in NAMES},
        **{name: getattr(affiliated, name, "") for name in AFFILIATION},
    }
