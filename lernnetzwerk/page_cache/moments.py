"""When public pages change without anybody writing: something becomes visible, a day begins, or an event ends.

An app registers further moments in its module `moments`, which is loaded at the start.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from lernnetzwerk.operation.prepared_statements import AT, Prepared
from lernnetzwerk.visibility.models import Publishable, State, rows_of

Moment = Callable[[datetime], datetime | None]
MOMENTS: list[Moment] = []


def register(moment: Moment) -> Moment:
    """`moment(at)` returns the first moment after `at` that changes pages of the app, or None; one query at most."""
    MOMENTS.append(moment)
    return moment


def next_moment(at: datetime) -> datetime:
    return min(filter(None, (moment(at) for moment in MOMENTS)))


@register
def next_midnight(at: datetime) -> datetime:
    tomorrow = timezone.localtime(at).date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, datetime.min.time()))


def _publications() -> QuerySet:
    """The next moment at which a row scheduled for later becomes visible."""
    scheduled = [
        rows_of(model).order_by().filter(state=State.PUBLISHED, published_from__gt=AT).values_list("published_from")
        for model in apps.get_models()
        if issubclass(model, Publishable)
    ]
    return scheduled[0].union(*scheduled[1:]).order_by("published_from")[:1]


PUBLICATIONS = Prepared(_publications)


@register
def next_publication(at: datetime) -> datetime | None:
    found = PUBLICATIONS.first(at=at)
    return found[0] if found else None
