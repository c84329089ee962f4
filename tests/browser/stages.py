"""Initial states of the portal for tests; each stage adds to the one before.

`tests.browser.seeding` runs the code in a copy of the demo portal. A test selects a stage as indirect parameter of the
fixture `own_seed`.
"""

EMPTY_EVENT = "empty event"
RELEASED_BY_SPEAKER = "released by speaker"
ANNOUNCED = "announced"
ENTERED = "entered"
HANDED_IN = "handed in"
TWO_DAYS = "two days"
TWO_DAYS_ENTERED = "two days entered"

IMPORTS = """
from datetime import date, time
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from events.invitations import links, receiving
from events.models import Appearance, Attachment, Event, Session
from events.programme.days import complete_days
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.visibility.models import submit
from speakers.models import Speaker
from tests.browser.files import three_pages
"""
STAGES = {
    EMPTY_EVENT: """
Event.objects.create(title="Ganz neu")
""",
    RELEASED_BY_SPEAKER: """
lecture, editor = Session.objects.get(slug="bildung-und-teilhabe"), get_user_model().objects.get(username="redaktion")
link = links.create(lecture, editor, 14, recipient="Prof. Marquardsen")
receiving.receive_file(link, ContentFile(three_pages(), "Folien.pdf"))
receiving.release(link, "Kai Marquardsen", "cc-by-4.0")
""",
    ANNOUNCED: """
event = Event.objects.create(
    title="Frühe Hilfen im Quartier", summary="Was Familien brauchen.", starts_on="2030-03-14", precision="day")
ada = Speaker.objects.create(academic_title="Dr.", first_name="Ada", last_name="Überall",
    unit="Gesundheitsamt", organisation="Stadt Musterhausen")
""",
    ENTERED: """
talk = Session.objects.create(event=event, kind="talk", title="Was im Quartier wirkt", abstract="<p>Ein Rückblick.</p>")
questions = Session.objects.create(event=event, kind="discussion", title="Fragen an die Referentin")
Appearance.objects.create(session=talk, speaker=ada)
slides = store_bytes(three_pages(), "Überall - Folien (final).pdf")
attachment = Attachment.objects.create(session=talk, kind="slides", stored_file=slides)
""",
    HANDED_IN: """
write_programme(working_version(event), [
    Entry(talk, begins_at=time(10)), Entry(questions, indent=1), Entry(title="Mittagspause", begins_at=time(12, 30))])
submit([event])
submit([attachment])
""",
    TWO_DAYS: """
event = Event.objects.create(
    title="Zwei Tage im März", starts_on=date(2030, 3, 14), ends_on=date(2030, 3, 15), precision="day")
programme = working_version(event)
complete_days(event)
""",
    TWO_DAYS_ENTERED: """
first, second = event.days.all()

def entry(kind, title, **placement):
    return Entry(Session.objects.create(event=event, kind=kind, title=title), **placement)

write_programme(programme, [
    entry("welcome", "Begrüßung", day=first, begins_at=time(10), duration=15),
    entry("forum_phase", "Forenphase am Vormittag", is_parallel=True, begins_at=time(10, 15), duration=105),
    entry("forum", "Praxisforum Wohnen", indent=1),
    entry("forum", "Praxisforum Wege", indent=1),
    Entry(title="Mittagspause", begins_at=time(12), duration=60),
    entry("forum_phase", "Forenphase am Morgen", day=second, is_parallel=True, begins_at=time(9, 30), duration=90),
    entry("forum", "Praxisforum Schule", indent=1),
    entry("forum", "Praxisforum Kita", indent=1),
    entry("closing", "Abschluss", begins_at=time(11), duration=30),
])
""",
}
