from datetime import date, datetime, time, timedelta

from django.utils import timezone

from events.demo.samples.examples_family import FAMILY
from events.demo.samples.examples_school import SCHOOL
from events.demo.samples.examples_town import TOWN
from events.demo.samples.materials import attach
from events.demo.samples.prose import prose
from events.demo.samples.shapes import Example
from lernnetzwerk.visibility.models import publish
from practice.models import Municipality, PracticeExample, Topic

EXAMPLES = (*FAMILY, *SCHOOL, *TOWN)
LONG_AGO = timedelta(days=1300)  # when an example was entered whose Stand is unknown


def load_examples(today: date, towns: dict[str, Municipality], topics: dict[str, Topic]) -> dict[str, PracticeExample]:
    """By the slug without the `beispiel-` in front."""
    return {example.slug: _load(example, today, towns, topics) for example in EXAMPLES}


def _load(example: Example, today: date, towns: dict[str, Municipality], topics: dict[str, Topic]) -> PracticeExample:
    checked_on = None if example.checked is None else today - timedelta(days=example.checked)
    contact_function, contact_email = example.contact
    loaded = PracticeExample.objects.create(
        slug=f"beispiel-{example.slug}",
        is_sample=True,
        title=example.title,
        summary=example.summary,
        stage=example.stage,
        checked_on=checked_on,
        contact_function=contact_function,
        contact_email=contact_email,
        **{section: prose(text) for section, text in example.texts.items()},
    )
    loaded.municipalities.set(towns[slug] for slug in example.towns)
    loaded.topics.set(topics[name] for name in example.topics)
    attach(example.materials, practice_example=loaded)
    publish([loaded, *loaded.attachments.all()], morning(checked_on or today - LONG_AGO))
    return loaded


def morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))
