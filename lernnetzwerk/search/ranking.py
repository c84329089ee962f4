"""The order of hits, the same on both databases."""

from dataclasses import dataclass
from datetime import date

from lernnetzwerk.search.engine import FIELDS, LEVELS

FIELD_POINTS = dict(zip(FIELDS, (100, 40, 40, 20), strict=True))
LEVEL_SHARE = dict(zip(LEVELS, (1.0, 0.8, 0.5), strict=True)) | {"divided": 0.3}
SYNONYM_SHARE = 0.7
NAME_POINTS = {"speaker": 1_000, "municipality": 900, "event": 500, "topic": 500}
RECENT_YEARS = 8  # each year less is worth one point
TOGETHER_SHARE = 0.5
UNIT = 10_000  # for each searched word


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


def score(match: Match, today: date) -> float:
    """The score of a hit; higher stands first, equal ones by kind and key.

    Each searched word counts once, where it is worth most: in the title 100, in summary, names, context and the titles
    of pages and chapters 40, in the text 20; as written fully, with the same stem 80 %, as part of a compound 50 %,
    both parts of a searched compound 30 %, by a synonym 70 % of it. To the sum come: half of the points that all words
    have in pages and passages, if one of these has them all, else half of those of the best word there, so that words
    which stand together beat scattered ones; one point for each year that the meeting is younger than eight years; and
    500 to 1,000 points if the whole query is the item's name, most for people, then towns. Items with more of the
    searched words stand first whatever their points, except those named by the query.

    The database computes the same without the points for names (lernnetzwerk.search.matching), to return the first
    1,000 only.
    """
    years = (today - match.held_on).days / 365 if match.held_on else RECENT_YEARS
    recent = min(max(RECENT_YEARS - years, 0), RECENT_YEARS)
    named = NAME_POINTS.get(match.kind, 0) if match.is_named else 0
    return match.units * UNIT + match.points + TOGETHER_SHARE * match.spot + recent + named


def fewest(units: int) -> int:
    """How many of the searched words a hit must have: both of two, two of three, three of four."""
    return units if units <= 2 else -(-2 * units // 3)
