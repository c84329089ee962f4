"""The one documented meeting: its facts come from the network's report, the sentences are ours.

The report gives an order but no times, no date, no venue and no title for the meeting; none is invented here.
"""

from events.demo.deck import deck
from events.demo.people import load_people
from events.demo.placeholder import placeholder_pdf
from events.demo.practice import load_examples
from events.demo.slides import PAGES, SLIDES
from events.demo.texts import ABSTRACTS, RESULTS, REVIEW, SUMMARY
from events.demo.topics import load_topics
from events.models import Appearance, Attachment, Event, Series, Session
from events.programme.releases import release
from events.programme.structure import Entry, working_version, write_programme
from lernnetzwerk.files.store import store_bytes
from lernnetzwerk.visibility.models import publish
from practice.models import Municipality, PracticeExample, Topic
from speakers.models import Speaker

SLUG = "lernnetzwerktreffen-arbeits-und-sozialverwaltung"
Kind, Role, Absence = Session.Kind, Appearance.Role, Attachment.Absence


def load_meeting() -> bool:
    """Whether it was missing; an existing one stays as editors left it."""
    if Event.objects.filter(slug=SLUG).exists():
        return False
    topics = load_topics()
    event = _event(topics)
    sessions = _sessions(event, topics, load_people()) | _forums(event, load_examples(topics))
    _programme(event, sessions)
    _materials(sessions)
    publish([event, *Attachment.objects.filter(session__event=event)])
    return True


def _event(topics: dict[str, Topic]) -> Event:
    series, _created = Series.objects.get_or_create(name="Lernnetzwerktreffen")
    event = Event.objects.create(
        slug=SLUG,
        series=series,
        title="Jobcenter, Arbeitsagentur und Sozialamt in der Präventionskette",
        is_title_editorial=True,
        summary=SUMMARY,
        review=REVIEW,
    )
    event.topics.set([topics["Arbeit und Soziales"], topics["Kinder- und Jugendhilfe"], topics["Fachkräfte"]])
    return event


def _session(event: Event, slug: str, kind: str, topics: list[Topic], title: str = "", **fields: object) -> Session:
    session = Session.objects.create(
        event=event,
        slug=slug,
        kind=kind,
        title=title,
        abstract=ABSTRACTS.get(slug, ""),
        results=RESULTS.get(slug, ""),
        language="de",
        **fields,
    )
    session.topics.set(topics)
    return session


def _sessions(event: Event, topics: dict[str, Topic], people: dict[str, Speaker]) -> dict[str, Session]:
    laws = [topics["SGB II"], topics["SGB III"]]
    governance = [*laws, topics["Steuerung und Kooperation"]]
    title = "Aktivieren oder befähigen? Normen und Strukturen in Jobcentern und Arbeitsagenturen"
    sessions = [
        _session(event, "begruessung", Kind.WELCOME, []),
        _session(event, "aktivieren-oder-befaehigen", Kind.TALK, laws, title),
        _session(event, "collaborative-governance", Kind.TALK, governance),
        _session(event, "diskussion-im-plenum", Kind.DISCUSSION, [], "Diskussion im Plenum", is_title_editorial=True),
        _session(event, "praxisforen", Kind.FORUM_PHASE, [], "Drei Praxisforen", is_title_editorial=True),
        _session(event, "bildung-und-teilhabe", Kind.TALK, [topics["Bildung und Teilhabe"]]),
    ]
    by_slug = {session.slug: session for session in sessions}
    for slug, person, role in (
        ("begruessung", "marco-becker", Role.WELCOME),
        ("aktivieren-oder-befaehigen", "matthias-knuth", Role.TALK),
        ("collaborative-governance", "stephan-grohs", Role.TALK),
        ("diskussion-im-plenum", "stephan-grohs", Role.PANEL),
        ("bildung-und-teilhabe", "kai-marquardsen", Role.TALK),
    ):
        Appearance.objects.create(session=by_slug[slug], speaker=people[person], role=role)
    return by_slug


def _forums(event: Event, examples: dict[str, PracticeExample]) -> dict[str, Session]:
    forums = {}
    for town, example in examples.items():
        forum = _session(event, f"praxisforum-{town}", Kind.FORUM, list(example.topics.all()), example.title)
        forum.municipalities.add(Municipality.objects.get(slug=town))
        forum.practice_examples.add(example)
        forums[forum.slug] = forum
    return forums


def _programme(event: Event, sessions: dict[str, Session]) -> None:
    write_programme(
        working_version(event),
        [
            Entry(sessions["begruessung"]),
            Entry(sessions["aktivieren-oder-befaehigen"]),
            Entry(sessions["collaborative-governance"]),
            Entry(sessions["diskussion-im-plenum"], indent=1, day_part="im Anschluss an den Vortrag"),
            Entry(sessions["praxisforen"], day_part="Am Nachmittag", is_parallel=True),
            Entry(sessions["praxisforum-hamm"], indent=1),
            Entry(sessions["praxisforum-bielefeld"], indent=1),
            Entry(sessions["praxisforum-luenen"], indent=1),
            Entry(sessions["bildung-und-teilhabe"], day_part="nach den Praxisforen"),
        ],
    )
    release(event, note="Nachträglich dokumentiert", is_final=True)


def _materials(sessions: dict[str, Session]) -> None:
    for slug, pages in PAGES.items():
        pdf = placeholder_pdf(sessions[slug].name, sessions[slug].contributors, pages)
        _slides(sessions[slug], pdf, "pdf")
    for slug, slides in SLIDES.items():
        _slides(sessions[slug], deck(slides), "pptx")
    absences = [
        ("aktivieren-oder-befaehigen", Attachment.Kind.VIDEO, Absence.LOST),
        ("praxisforum-hamm", Attachment.Kind.SLIDES, Absence.UNDOCUMENTED),
        ("praxisforum-bielefeld", Attachment.Kind.SLIDES, Absence.UNDOCUMENTED),
        ("praxisforum-luenen", Attachment.Kind.SLIDES, Absence.UNDOCUMENTED),
        ("bildung-und-teilhabe", Attachment.Kind.SLIDES, Absence.UNDOCUMENTED),
    ]
    for slug, kind, absence in absences:
        Attachment.objects.create(session=sessions[slug], kind=kind, absence=absence, position=1)


def _slides(session: Session, content: bytes, extension: str) -> None:
    stored = store_bytes(content, f"platzhalter-{session.slug}.{extension}")
    Attachment.objects.create(session=session, kind=Attachment.Kind.SLIDES, stored_file=stored, language="de")
