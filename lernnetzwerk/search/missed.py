"""Counts queries without a hit by words and day; nothing of the visitor or the request is stored."""

import logging
import re
from datetime import date, timedelta

from django.db import DatabaseError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.utils import timezone

from lernnetzwerk.search.analyser import cleaned
from lernnetzwerk.search.models import MissedQuery
from lernnetzwerk.text.folding import written_out

LONGEST = MissedQuery.LONGEST
MOST_PER_DAY = 300  # different queries
KEPT = timedelta(days=365)
# Not stored: mail addresses, and numbers of six digits or more, as phone numbers and file references have.
PERSONAL = re.compile(r"@|\d(?:[\s/()+.–-]*\d){5}")

logger = logging.getLogger("lernnetzwerk.search")


def count_missed(query: str) -> None:
    """Adds one to today's number of this query. A database error loses the count, never the answer."""
    text = cleaned(query)
    words = written_out(text)
    if not words or max(len(text.strip()), len(words)) > LONGEST or PERSONAL.search(text):
        return
    try:
        with transaction.atomic():
            _add_one(words, timezone.localdate())
    except DatabaseError:
        logger.warning("a query without a hit could not be counted", exc_info=True)


def _add_one(words: str, day: date) -> None:
    """A row begins with 0 and is raised by the database, so that no concurrent count is lost."""
    row = MissedQuery.objects.filter(words=words, day=day)
    if row.update(number=F("number") + 1) or MissedQuery.objects.filter(day=day).count() >= MOST_PER_DAY:
        return
    MissedQuery.objects.bulk_create([MissedQuery(words=words, day=day)], ignore_conflicts=True)
    row.update(number=F("number") + 1)


def latest_missed() -> QuerySet[MissedQuery]:
    """The latest row of each query with its `total` over all days, the most wanted first."""
    same = MissedQuery.objects.filter(words=OuterRef("words")).order_by()
    total = same.values("words").annotate(total=Sum("number")).values("total")
    latest = MissedQuery.objects.filter(~Exists(same.filter(day__gt=OuterRef("day"))))
    return latest.annotate(total=Subquery(total)).order_by("-total", "-day", "words")


def forget_missed() -> str:
    number, _models = MissedQuery.objects.filter(day__lt=timezone.localdate() - KEPT).delete()
    return f"{number} Zeilen gelöscht."
