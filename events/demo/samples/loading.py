"""What is invented to show the portal: three meetings, their people and twelve practice examples, all marked so."""

from datetime import date

from django.db import transaction

from events.demo.samples.examples import load_examples
from events.demo.samples.meetings import MEETINGS, Stock, load_meeting
from events.demo.samples.people import load_people
from events.demo.topics import load_topics
from events.models import Event
from lernnetzwerk.slugs.models import TakenSlug
from practice.models import Municipality


@transaction.atomic
def load_samples(today: date) -> bool:
    """Whether they were missing. Once loaded they belong to the editors: what was renamed or deleted stays so.

    Dates are counted from `today`; the municipalities must be there.
    """
    if was_loaded():
        return False
    towns, topics = Municipality.objects.in_bulk(field_name="slug"), load_topics()
    stock = Stock(towns, topics, load_people(), load_examples(today, towns, topics))
    for meeting in MEETINGS:
        load_meeting(meeting, today, stock)
    return True


def was_loaded() -> bool:
    """Asks the addresses, which stay taken when a thing is deleted or renamed."""
    slugs = [meeting.slug for meeting in MEETINGS]
    return TakenSlug.objects.filter(scope=Event._meta.label_lower, slug__in=slugs).exists()
