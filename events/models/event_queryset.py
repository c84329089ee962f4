from datetime import date, datetime
from typing import Any, Self

from django.db.models import Case, Count, F, OuterRef, Prefetch, Q, Subquery, Value, When, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils import timezone

from lernnetzwerk.text.searchable import SearchableRows
from lernnetzwerk.visibility.models import PublishedQuerySet, related


def is_upcoming(at: datetime | None, today: date | None = None) -> Q:
    """The events that are not over at the moment `at` (default: now), as `EventDates.is_upcoming` decides."""
    at = at or timezone.now()
    return Q(ends_on__isnull=False, ends_on__gte=today or timezone.localdate(at)) | Q(
        runs_until__isnull=False, runs_until__gt=at
    )


def new_date(events: Any, path: str = "", at: datetime | None = None) -> Prefetch:
    """Sets `public_new_date` of the events at `path`: where they take place instead, None while that is hidden."""
    return Prefetch(f"{path}new_date", events.published(at).select_related("series"), to_attr="public_new_date")


def load_new_date(event: Any, at: datetime | None = None) -> None:
    """As `with_new_date`, for the event of a prepared query."""
    if event.new_date_id:
        prefetch_related_objects([event], new_date(type(event)._default_manager, at=at))
    else:
        event.public_new_date = None


class EventQuerySet(SearchableRows, PublishedQuerySet):
    def upcoming(self, at: datetime | None = None, today: date | None = None) -> Self:
        """Events not over at the moment `at` (default: now), the next one first; undated ones are past."""
        return self.filter(is_upcoming(at, today)).order_by("starts_on", "pk")

    def past(self, at: datetime | None = None, today: date | None = None) -> Self:
        """Events that are over, the latest first, undated ones last."""
        return self.filter(~is_upcoming(at, today)).order_by(
            F("starts_on").desc(nulls_last=True), F("position").desc(nulls_last=True), "pk"
        )

    def in_order(self, at: datetime | None = None, today: date | None = None) -> Self:
        """Upcoming events, the next one first; then past ones, the latest first, undated ones last."""
        coming = is_upcoming(at, today)
        return self.order_by(
            Case(When(coming, then=Value(0)), default=Value(1)),
            Case(When(coming, then=F("starts_on"))).asc(),
            F("starts_on").desc(nulls_last=True),
            F("position").desc(nulls_last=True),
            "pk",
        )

    def for_cards(self) -> Self:
        """With series, host and `attachment_count`, the number of visible, available attachments."""
        attachments = related(self.model, "attachments").published().available().order_by()
        owned = {owner: attachments.filter(**{owner: OuterRef("pk")}) for owner in ("event", "session__event")}
        numbers = [
            Coalesce(Subquery(rows.values(owner).annotate(number=Count("pk")).values("number")), 0)
            for owner, rows in owned.items()
        ]
        counted = self.select_related("series", "host").annotate(attachment_count=numbers[0] + numbers[1])
        return counted.with_new_date()

    def for_page(self) -> Self:
        related = self.select_related("series", "host", "image", "current_release").with_new_date()
        return related.defer("current_release__snapshot")

    def with_new_date(self) -> Self:
        """Loads `public_new_date`."""
        return self.prefetch_related(new_date(self.model._default_manager))
