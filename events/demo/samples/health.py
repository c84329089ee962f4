"""A documented meeting of two days: five forums side by side, and all that can be said about materials."""

from events.demo.pictures import SAND
from events.demo.samples.shapes import Item, Material, Meeting, Voice
from events.models import Appearance, Attachment, Event, Session

Kind, Role = Session.Kind, Appearance.Role
Sort, Absence, Licence = Attachment.Kind, Attachment.Absence, Attachment.Licence

FORUMS = (
    Item(
        "Besuch, bevor das Kind da ist",
        Kind.FORUM,
        room="Raum 101",
        abstract="Die Familienhebamme kommt schon in der Schwangerschaft. Was erwartet sie, was erwarten die Familien?",
        results="Alle waren sich einig: Die Karte aus der Praxis wirkt nur, wenn jemand sie mit einem Satz überreicht.",
        towns=("herne",),
        topics=("Schwangerschaft und Geburt", "Frühe Hilfen", "SGB V"),
        examples=("der-erste-besuch-vor-der-geburt",),
        materials=(
            Material(
                Sort.SLIDES,
                points=("Warum acht Wochen nach der Geburt zu spät sind", "Eine Karte, eine Nummer", "Was uns fehlt"),
                licence=Licence.CC_BY,
            ),
        ),
    ),
    Item(
        "Wenn Bauchweh kein Bauchweh ist",
        Kind.FORUM,
        room="Raum 102",
        abstract="Eine Pflegefachkraft im Lehrerzimmer hört mehr, als im Krankenblatt steht.",
        towns=("guetersloh",),
        topics=("Weiterführende Schule", "Gesundheitsförderung", "Junge Menschen"),
        examples=("gesundheitsfachkraft-im-lehrerzimmer",),
        materials=(Material(Sort.SLIDES, absence=Absence.NOT_RELEASED),),
    ),
    Item(
        "Ein Lotse für alle Stellen",
        Kind.FORUM,
        room="Raum 103",
        abstract="Zwölf Stellen, eine Familie. Die Idee einer Lotsin wurde vorgestellt und gründlich befragt.",
        results="Wer anfangen will, sollte zuerst den Datenschutz an den Tisch holen.",
        towns=("nottuln",),
        topics=("Kita", "SGB IX", "Kinder mit Behinderung"),
        examples=("ein-wegweiser-statt-zwoelf-stellen",),
    ),
    Item(
        "Was vom Frühstück blieb",
        Kind.FORUM,
        room="Raum 104",
        abstract="Ein gutes Angebot endete nach einem Jahr. Das Forum sprach offen darüber, warum.",
        results="Erst die Finanzierung, dann das Brot: So schrieb es eine Teilnehmerin an die Wand.",
        towns=("dueren",),
        topics=("Grundschule", "Gesundheitsförderung", "Armutssensibles Handeln"),
        examples=("fruehstueck-fuer-alle-im-ganztag",),
        materials=(Material(Sort.HANDOUT, absence=Absence.REQUESTED),),
    ),
    Item(
        "Sechs Zahlen für den Rat",
        Kind.FORUM,
        room="Raum 105",
        abstract="Kreis und Gemeinde legten ihr gemeinsames Blatt vor und ließen die Runde damit rechnen.",
        towns=("kreis-euskirchen", "kall"),
        topics=("Sozialplanung und Daten", "Gesundheitsförderung"),
        examples=("kinderarmut-auf-zwei-seiten",),
    ),
)

ITEMS = (
    Item("", Kind.WELCOME, "10:30", 15, "Aula", voices=(Voice("anke-morgenstieg", Role.WELCOME),)),
    Item(
        "Gesundheit beginnt nicht im Wartezimmer",
        Kind.TALK,
        "10:45",
        60,
        "Aula",
        abstract="""
Warum werden Kinder in manchen Vierteln häufiger krank? Der Vortrag führte vom Wartezimmer zurück auf die Straße: zu
Wohnungen, Wegen, Essen und der Frage, wer sich zuständig fühlt.""",
        results="""
Drei Sätze blieben hängen:

- Vorsorge ist kein Termin, sondern eine Gewohnheit.
- Wer den Impfpass sucht, sucht oft auch etwas anderes.
- Das Gesundheitsamt muss dahin, wo die Kinder sind.""",
        topics=("Gesundheitsförderung", "Frühe Kindheit", "SGB V"),
        voices=(
            Voice("tilda-weidenhag", unit="Kinderambulanz", organisation="Klinikum Musterhausen", academic_title="Dr."),
        ),
        materials=(
            Material(
                Sort.SLIDES,
                points=(
                    "Wo Kinder krank werden",
                    "Vorsorge als Gewohnheit",
                    "Das Amt kommt zu den Kindern",
                    "Drei Bitten",
                ),
                licence=Licence.CC_BY_SA,
            ),
            Material(Sort.VIDEO, absence=Absence.NOT_RECORDED),
        ),
    ),
    Item("Mittagspause", begins_at="11:45", duration=75, room="Mensa"),
    Item(
        "Fünf Praxisforen",
        Kind.FORUM_PHASE,
        "13:00",
        90,
        is_parallel=True,
        abstract="Fünf Kommunen, fünf Räume, eine Entscheidung für jede und jeden.",
        inner=FORUMS,
    ),
    Item(
        "Wer zahlt die Gesundheit?",
        Kind.TALK,
        "09:30",
        45,
        "Aula",
        day=2,
        abstract="Krankenkasse, Jugendamt, Sozialamt: ein Gang durch drei Gesetzbücher, mit Abkürzungen.",
        topics=("SGB V", "SGB VIII", "SGB XII", "Steuerung und Kooperation"),
        voices=(Voice("levin-sandbrueckner", unit="Referat Bildung", organisation="Kreis Musterland"),),
        materials=(
            Material(Sort.SLIDES, points=("Drei Gesetzbücher, ein Kind", "Wer zuerst gefragt wird", "Abkürzungen")),
            Material(Sort.LINK, "Übersicht der Zuständigkeiten", url="https://zustaendig.example/gesundheit/"),
        ),
        inner=(
            Item(
                "Nachfragen",
                Kind.DISCUSSION,
                "10:15",
                20,
                "Aula",
                day_part="im Anschluss an den Vortrag",
                voices=(Voice("bruno-kornblumer", Role.PANEL), Voice("selma-tannenwiek", Role.CHAIR)),
            ),
        ),
    ),
    Item(
        "Ein Plan für das nächste halbe Jahr",
        Kind.WORKSHOP,
        "10:45",
        75,
        "Räume 101 bis 105",
        day=2,
        abstract="Jede Kommune schrieb auf, was sie bis zum Sommer ändern will, und gab das Blatt einer anderen mit.",
        results="Es entstanden 31 Blätter. Wer eines bekam, ruft nach einem halben Jahr an und fragt nach.",
        voices=(Voice("selma-tannenwiek", Role.CHAIR),),
        materials=(Material(Sort.HANDOUT, absence=Absence.REQUESTED),),
    ),
    Item("", Kind.CLOSING, "12:00", 15, "Aula", day=2, voices=(Voice("anke-morgenstieg"),)),
)

HEALTH = Meeting(
    slug="beispiel-20-gesund-aufwachsen",
    away=-426,
    days=2,
    host="siegen",
    number=20,
    seed=3,
    palette=SAND,
    note="Nachträglich dokumentiert",
    topics=("Gesundheitsförderung", "Steuerung und Kooperation"),
    fields={
        "title": "Gesund aufwachsen: Wer sorgt wofür?",
        "short_code": "lnt20",
        "format": Event.Format.PRESENCE,
        "venue": "Schulzentrum (Beispiel)",
        "state_programme": "kinderstark – NRW schafft Chancen",
        "summary": "Gesundheit entsteht in Kita, Schule und Viertel. Wer ist dort zuständig, und wer fühlt sich so?",
        "review": """
Zwei Tage lang wurde wenig über Krankheit gesprochen und viel über Alltag. Die Vorträge setzten den Rahmen, die fünf
Praxisforen füllten ihn – auch mit dem, was nicht geklappt hat.

Am zweiten Tag ging es ums Geld. Am Ende stand kein Beschluss, sondern ein Stapel Blätter mit Vorhaben, die nun
woanders an einer Pinnwand hängen.""",
    },
    items=ITEMS,
    materials=(
        Material(
            Sort.DOCUMENTATION,
            "Dokumentation des Treffens",
            points=("Was besprochen wurde", "Fünf Foren, fünf Sätze", "31 Vorhaben", "Wie es weitergeht"),
            licence=Licence.CC_BY,
        ),
    ),
)
