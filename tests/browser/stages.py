"""What editors have done before a test begins, as code for the demo's portal; it runs in the project's folder.

Each stage is a portal of its own, made by `tests.browser.seeding`; a test takes one as parameter of `own_seed`.
"""

EMPTY_EVENT = "empty meeting"
ANNOUNCED = "announced"
ENTERED = "entered"
HANDED_IN = "handed in"

EVENT_PAGE = """
from events.models import Appearance, Attachment, Event, Session
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.visibility.models import submit
from events.programme.structure import Entry, working_version, write_programme
from speakers.models import Speaker
from tests.browser.files import three_pages

event = Event.objects.create(
    title="Frühe Hilfen im Quartier", summary="Was Familien brauchen.", starts_on="2030-03-14", precision="day")
ada = Speaker.objects.create(academic_title="Dr.", first_name="Ada", last_name="Überall",
    unit="Gesundheitsamt", organisation="Stadt Musterhausen")
"""
SESSIONS = """
talk = Session.objects.create(event=event, kind="talk", title="Was im Quartier wirkt", abstract="<p>Ein Rückblick.</p>")
questions = Session.objects.create(event=event, kind="discussion", title="Fragen an die Referentin")
Appearance.objects.create(session=talk, speaker=ada)
slides = store_bytes(three_pages(), "Überall - Folien (final).pdf")
material = Attachment.objects.create(session=talk, kind="slides", stored_file=slides)
"""
SUBMITTED = """
from datetime import time
write_programme(working_version(event), [
    Entry(talk, begins_at=time(10)), Entry(questions, indent=1), Entry(title="Mittagspause", begins_at=time(12, 30))])
submit([event])
submit([material])
"""

STAGES = {
    EMPTY_EVENT: "from events.models import Event\nEvent.objects.create(title='Ganz neu')",
    ANNOUNCED: EVENT_PAGE,
    ENTERED: EVENT_PAGE + SESSIONS,
    HANDED_IN: EVENT_PAGE + SESSIONS + SUBMITTED,
}
