"""Download statistics of an attachment for editors: the last twelve months as bars."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.formats import date_format

from events.models import Attachment

MONTHS = 12
HEIGHT, STEP = 60, 24  # pixels of the highest bar, and from one bar to the next


@dataclass(frozen=True)
class Bar:
    month: date
    number: int
    x: int
    height: int

    @property
    def y(self) -> int:
        return HEIGHT - self.height

    @property
    def label(self) -> str:
        return f"{date_format(self.month, 'F Y')}: {self.number}"


def chart(attachment: Attachment, today: date | None = None) -> dict:
    """What templates/admin/events/downloads.html reads: bars of the months up to `today`, and the sum of all time."""
    months = last_months(today or timezone.localdate())
    counts = attachment.download_counts.filter(day__gte=months[0]).annotate(month=TruncMonth("day")).order_by()
    numbers = dict(counts.values_list("month").annotate(Sum("number")))
    highest = max(numbers.values(), default=0)
    bars = []
    for place, month in enumerate(months):
        number = numbers.get(month, 0)
        # Even a single download among thousands shows as a line.
        height = max(2, number * HEIGHT // highest) if number else 0
        bars.append(Bar(month, number, place * STEP, height))
    total = attachment.download_counts.aggregate(total=Sum("number", default=0))["total"]
    return {"bars": bars, "total": total, "highest": highest, "height": HEIGHT, "width": MONTHS * STEP}


def last_months(today: date) -> list[date]:
    """First days of the twelve months that end with today's, oldest first."""
    last = today.year * 12 + today.month - 1
    return [date(number // 12, number % 12 + 1, 1) for number in range(last - MONTHS + 1, last + 1)]
