"""The order of hits, the same on both databases."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lernnetzwerk.search.engine import FIELDS, LEVELS

FIELD_POINTS = dict(zip(FIELDS, (100, 40, 40, 20), strict=True))
LEVEL_SHARE = dict(zip(LEVELS, (1.0, 0.8, 0.5), strict=True)) | {"divided": 0.3}
SYNONYM_SHARE = 0.7
NAME_POINTS = {"speaker": 1_000, "municipality": 900, "event": 500, "topic": 500}
RECENT_DAYS = 8 * 365
# The score is a whole number, the same in Python and in each database, and has so many parts of a point: half of them
# for each point of what stands together, two for each day that a meeting is younger than eight years.
PARTS = 730
UNIT = 10_000  # points for each searched word


@dataclass(frozen=True)
class Match:
    """What of one item matches: the number of units, their points, and those of its best passage."""

    kind: str
    units: int
    points: int
    spot: int
    held_on: date | None
    is_named: bool


def points(field: str, level: str, is_synonym: bool = False) -> int:
    """What one searched word is worth in this field, found on this level."""
    return round(FIELD_POINTS[field] * LEVEL_SHARE[level] * (SYNONYM_SHARE if is_synonym else 1))


def score(match: Match, today: date) -> int:
    """The score of a hit; higher stands first, equal ones by kind and key.

    Each searched word counts once, where it is worth most: in the title 100, in summary, names, context and the titles
    of pages and chapters 40, in the text 20; as written fully, with the same stem 80 %, as part of a compound 50 %,
    both parts of a searched compound 30 %, by a synonym 70 % of it. To the sum come: half of the points that all words
    have in pages and passages, if one of these has them all, else half of those of the best word there, so that words
    which stand together beat scattered ones; one point for each year that the meeting is younger than eight years; and
    500 to 1,000 points if the whole query is the item's name, most for people, then towns. Items with more of the
    searched words stand first whatever their points, except those named by the query.
    """
    days = (today - match.held_on).days if match.held_on else RECENT_DAYS
    recent = max(0, min(RECENT_DAYS, RECENT_DAYS - days))
    named = NAME_POINTS.get(match.kind, 0) if match.is_named else 0
    return PARTS * (match.units * UNIT + match.points + named) + PARTS // 2 * match.spot + 2 * recent


def score_in_sql(recent: str, named: Mapping[int, int]) -> str:
    """The same, so that only the best hits leave the database; `named` maps items to their points for that."""
    names = "".join(f" WHEN {int(item)} THEN {int(points)}" for item, points in named.items())
    extra = f" + CASE total.item{names} ELSE 0 END" if names else ""
    days = f"CASE WHEN held_on IS NULL THEN 0 ELSE {recent} END"
    return f"{PARTS} * (units * {UNIT} + points{extra}) + {PARTS // 2} * spot + 2 * {days}"


def fewest(units: int) -> int:
    """How many of the searched words a hit must have: both of two, two of three, three of four."""
    return units if units <= 2 else -(-2 * units // 3)
