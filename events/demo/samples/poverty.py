"""An older documented meeting: one day online, two forums, beginnings known but no durations."""

from events.demo.pictures import SAND
from events.demo.samples.shapes import Item, Material, Meeting, Voice
from events.models import Appearance, Attachment, Event, Session

Kind, Role = Session.Kind, Appearance.Role
Sort, Absence, Licence = Attachment.Kind, Attachment.Absence, Attachment.Licence

FORUMS = (
    Item(
        "Ein Tisch, zwei Ämter",
        Kind.FORUM,
        room="Videoraum A",
        abstract="Jobcenter und Jugendamt beraten freitags gemeinsam. Zwei Fachkräfte erzählten, was sie dabei lernen.",
        results="Der wichtigste Rat: Das Wort „Jobcenter“ gehört nicht in die größte Zeile des Plakats.",
        towns=("wuppertal",),
        topics=("Arbeit und Soziales", "SGB II", "SGB VIII", "Alleinerziehende"),
        examples=("sprechstunde-zu-zweit",),
    ),
    Item(
        "Frühe Hilfen auf dem Land",
        Kind.FORUM,
        room="Videoraum B",
        abstract="Wo kein Bus fährt, fährt jetzt das Café. Damals noch ein Plan, vorgestellt mit einer Zeichnung.",
        towns=("kreis-hoexter",),
        topics=("Frühe Kindheit", "Frühe Hilfen", "Familien"),
        examples=("babycafe-auf-raedern",),
        voices=(Voice("ines-apfelhain", unit="Jugendhilfeplanung (Beispiel)", town="kreis-hoexter"),),
        materials=(Material(Sort.SLIDES, absence=Absence.LOST),),
    ),
)

ITEMS = (
    Item("", Kind.WELCOME, "09:00", room="Videokonferenz", voices=(Voice("anke-morgenstieg", Role.WELCOME),)),
    Item(
        "Was Kinder über Geld wissen",
        Kind.TALK,
        "09:10",
        room="Videokonferenz",
        abstract="""
Kinder merken früh, ob es reicht. Sie verzichten, ohne zu fragen, und schützen ihre Eltern vor Einladungen, die Geld
kosten. Der Vortrag ließ sie selbst zu Wort kommen.""",
        results="""
- Fragen Sie nie vor der Gruppe nach dem Geld für den Ausflug.
- Planen Sie Feste, die nichts kosten, für alle.
- Ein Formular weniger ist auch eine Haltung.""",
        topics=("Armutssensibles Handeln", "Grundschule", "Familien"),
        voices=(
            Voice(
                "miriam-auenfels",
                academic_title="Dr.",
                unit="Institut für Kindheit und Raum",
                organisation="Universität Musterhausen",
            ),
        ),
        materials=(
            Material(
                Sort.SLIDES,
                points=("Kinder rechnen mit", "Verzicht, den niemand sieht", "Drei Regeln für den Alltag"),
                licence=Licence.CC_BY,
            ),
            Material(Sort.VIDEO, "Mitschnitt des Vortrags", url="https://video.example/was-kinder-ueber-geld-wissen"),
            Material(Sort.VIDEO, "Platzhalter mit Untertiteln, Kapiteln und Text", is_film=True, licence=Licence.CC0),
            Material(
                Sort.VIDEO,
                "Beispiel für ein Video bei YouTube: der Trickfilm „Big Buck Bunny“",
                url="https://www.youtube.com/watch?v=aqz-KE-bpKQ",
            ),
        ),
    ),
    Item("Pause", begins_at="10:15"),
    Item("Zwei Praxisforen", Kind.FORUM_PHASE, "10:30", is_parallel=True, inner=FORUMS),
    Item(
        "Höflich reicht nicht: Post vom Amt, neu geschrieben",
        Kind.TALK,
        "11:40",
        room="Videokonferenz",
        abstract="Vier erfundene Bescheide wurden Satz für Satz umgeschrieben.",
        topics=("Armutssensibles Handeln", "Arbeit und Soziales", "SGB II", "Fachkräfte"),
        voices=(Voice("bruno-kornblumer", unit="Schreibwerkstatt", organisation="Stadt Musterhausen"),),
        materials=(Material(Sort.SLIDES, absence=Absence.NOT_RELEASED),),
    ),
    Item("Blitzlicht und Abschied", Kind.CLOSING, "12:30", room="Videokonferenz"),
)

POVERTY = Meeting(
    slug="beispiel-18-armutssensibel-handeln",
    away=-913,
    days=1,
    host="",
    number=18,
    seed=9,
    palette=SAND,
    note="Nachträglich dokumentiert",
    topics=("Armutssensibles Handeln",),
    fields={
        "title": "Armutssensibel handeln – auch im Amt",
        "motto": "Wer fragt, muss nicht beschämen",
        "short_code": "lnt18",
        "format": Event.Format.ONLINE,
        "state_programme": "kinderstark – NRW schafft Chancen",
        "summary": "Ein Vormittag am Bildschirm über Briefe, Blicke und das, was Kinder von Geldsorgen mitbekommen.",
        "review": """
Das Treffen fand als Videokonferenz statt und dauerte einen Vormittag. Am meisten nachgefragt wurden die
umgeschriebenen Bescheide: Aus vier Seiten Amtsdeutsch wurde jeweils eine, die man am Küchentisch versteht.

In den beiden Foren ging es um gemeinsame Beratung und um Hilfe dort, wo kein Bus fährt.""",
    },
    items=ITEMS,
    materials=(
        Material(
            Sort.DOCUMENTATION,
            "Dokumentation des Treffens",
            points=("Der Vormittag in Stichworten", "Zwei Foren", "Vier Briefe, vorher und nachher"),
            licence=Licence.CC_BY,
        ),
    ),
)
