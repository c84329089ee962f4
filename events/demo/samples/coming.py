"""The coming meeting: two days in some weeks, with everything that can stand in a programme."""

from events.demo.pictures import BLUE
from events.demo.samples.shapes import Item, Meeting, Voice
from events.models import Appearance, Event, Session, Slot

Kind, Role, Status = Session.Kind, Appearance.Role, Slot.Status
HALL, FOYER, ONLINE = "Großer Saal", "Foyer", "Großer Saal und Videokonferenz"

FIRST_ROUND = (
    Item(
        "Wer hilft zwischen Tür und Angel?",
        Kind.FORUM,
        room="Raum 1, Erdgeschoss",
        subtitle="Eine Sozialarbeiterin für drei Kitas",
        abstract="Drei Kitas, ein Gesicht: wie aus kurzen Gesprächen beim Bringen und Abholen Hilfe wird.",
        towns=("moers",),
        topics=("Kita", "Kinder- und Jugendhilfe", "Familien"),
        examples=("kita-sozialarbeit-eine-fuer-drei-haeuser",),
        voices=(Voice("derya-lindenquell", town="moers"),),
    ),
    Item(
        "Das Café kommt ins Dorf",
        Kind.FORUM,
        room="Raum 4, 1. Etage, auch online",
        abstract="Ein Bus, vier Dorfplätze, feste Zeiten. Und die Frage, wer einspringt, wenn jemand krank ist.",
        towns=("kreis-hoexter",),
        topics=("Frühe Kindheit", "Frühe Hilfen", "Familien"),
        examples=("babycafe-auf-raedern",),
        voices=(Voice("henrike-birkenzaun", town="kreis-hoexter"),),
    ),
    Item(
        "Ein Buch statt eines Bogens",
        Kind.FORUM,
        room="Raum 5, 1. Etage",
        abstract="Kinder bringen ihr eigenes Buch mit in die Schule. Zum Anfassen liegen zwölf davon aus.",
        towns=("iserlohn",),
        topics=("Kita", "Grundschule", "Beteiligung"),
        examples=("das-uebergabebuch-gehoert-dem-kind",),
        voices=(Voice("ines-apfelhain", town="iserlohn"),),
    ),
)

SECOND_ROUND = (
    Item(
        "Lernförderung ohne Umwege",
        Kind.FORUM,
        room="Raum 1, Erdgeschoss",
        abstract="Eine Unterschrift, dann übernehmen Schule und Leistungsstelle. Mit den Vordrucken zum Mitnehmen.",
        towns=("gelsenkirchen",),
        topics=("Weiterführende Schule", "Bildung und Teilhabe", "SGB II"),
        examples=("lernfoerderung-ueber-die-schule",),
        voices=(Voice("emre-nordquell", town="gelsenkirchen"),),
    ),
    Item(
        "Komm rein: Praktikum ohne Bewerbung",
        Kind.FORUM,
        room="Raum 4, 1. Etage, auch online",
        abstract="Was Betriebe überzeugt, was Jugendliche hält und was die Versicherung wissen will.",
        towns=("lemgo",),
        topics=("Übergang Schule und Beruf", "Arbeit und Soziales", "SGB III", "Junge Menschen"),
        examples=("praktikum-vor-der-haustuer",),
    ),
    Item(
        "Wenn abends kein Bus mehr fährt",
        Kind.FORUM,
        room="Raum 5, 1. Etage",
        abstract="Jugendliche haben ihre Wege gezählt. Das Forum liest ihren Vorschlag und rechnet nach.",
        towns=("burbach",),
        topics=("Übergang Schule und Beruf", "Beteiligung", "Stadtentwicklung", "Junge Menschen"),
        examples=("jugendliche-planen-den-bus",),
    ),
)

FIRST_DAY = (
    Item(
        "Willkommen",
        Kind.WELCOME,
        "10:00",
        15,
        ONLINE,
        voices=(Voice("anke-morgenstieg", Role.WELCOME),),
    ),
    Item(
        "Was Kinder an Übergängen trägt",
        Kind.TALK,
        "10:15",
        45,
        ONLINE,
        abstract="""
Von zu Hause in die Kita, von der Kita in die Schule, von der Schule in den Beruf: Jeder Wechsel ist ein Versprechen und
eine Zumutung. Der Vortrag fragt, was Kinder selbst darüber sagen und was daraus für Einrichtungen folgt.""",
        topics=("Kita", "Grundschule", "Familien"),
        voices=(Voice("miriam-auenfels"),),
    ),
    Item("Kaffeepause", begins_at="11:00", duration=20, room=FOYER),
    Item(
        "Erste Runde: gut ankommen in Kita und Schule",
        Kind.FORUM_PHASE,
        "11:20",
        80,
        is_parallel=True,
        abstract="Drei Foren laufen gleichzeitig. Bitte wählen Sie eines; eine Anmeldung je Forum ist nicht nötig.",
        inner=FIRST_ROUND,
    ),
    Item("Mittagspause", begins_at="12:40", duration=80, room=FOYER),
    Item(
        "Daten, die Familien nützen",
        Kind.TALK,
        "14:00",
        45,
        ONLINE,
        status=Status.CANCELLED,
        abstract="Der Vortrag wird bei einem späteren Treffen nachgeholt. Die Zeit gehört den Gesprächen am Rand.",
        topics=("Sozialplanung und Daten",),
        voices=(Voice("jonas-aehrenfeld"),),
    ),
    Item(
        "Was nehmen wir mit nach Hause?",
        Kind.DISCUSSION,
        "14:45",
        45,
        HALL,
        abstract="Gespräch in kleinen Runden, je Regierungsbezirk ein Tisch. Online gibt es einen eigenen.",
        voices=(Voice("selma-tannenwiek", Role.CHAIR),),
    ),
)

SECOND_DAY = (
    Item(
        "Übergang Schule und Beruf: ein Lagebild",
        Kind.TALK,
        "09:00",
        45,
        ONLINE,
        day=2,
        status=Status.PROVISIONAL,
        abstract="Die Zusage steht noch aus; Zeit und Titel können sich ändern.",
        topics=("Übergang Schule und Beruf", "Sozialplanung und Daten", "SGB III"),
        voices=(Voice("levin-sandbrueckner"),),
    ),
    Item("Kaffeepause", begins_at="09:45", duration=20, room=FOYER, day=2),
    Item(
        "Zweite Runde: gut ankommen in Ausbildung und Beruf",
        Kind.FORUM_PHASE,
        "10:05",
        80,
        day=2,
        is_parallel=True,
        inner=SECOND_ROUND,
    ),
    Item(
        "Small Steps, Strong Links: What Young People Say About Transitions",
        Kind.TALK,
        "11:35",
        40,
        ONLINE,
        day=2,
        language="en",
        abstract="Vortrag in englischer Sprache, übersetzt wird auf den Bildschirmen. Grundlage sind Gespräche mit "
        "jungen Menschen, die über ihren Weg aus der Schule erzählen.",
        topics=("Übergang Schule und Beruf", "Beteiligung", "Junge Menschen"),
        voices=(Voice("imogen-thistlewick"),),
        inner=(
            Item(
                "Fragen und Antworten",
                Kind.DISCUSSION,
                "12:15",
                20,
                ONLINE,
                abstract="Fragen sind auf Deutsch und Englisch willkommen.",
                voices=(Voice("selma-tannenwiek", Role.CHAIR),),
            ),
        ),
    ),
    Item(
        "Ausblick und Verabredungen",
        Kind.CLOSING,
        "12:35",
        25,
        HALL,
        day=2,
        voices=(Voice("selma-tannenwiek", Role.CHAIR),),
    ),
)

COMING = Meeting(
    slug="beispiel-21-gut-ankommen",
    away=35,
    days=2,
    host="guetersloh",
    number=21,
    seed=5,
    palette=BLUE,
    registration_days=7,
    note="Erste Fassung",
    topics=("Familien", "Fachkräfte", "Steuerung und Kooperation"),
    fields={
        "title": "Gut ankommen: Kinder und Jugendliche an Übergängen",
        "motto": "Jeder Wechsel braucht ein Gegenüber",
        "short_code": "lnt21",
        "format": Event.Format.HYBRID,
        "venue": "Bürgerhaus (Beispiel)",
        "registration_url": "https://anmeldung.example/",
        "summary": "Zwei Tage darüber, wie Kinder und Jugendliche nicht verloren gehen, wenn eine Einrichtung sie an "
        "die nächste weiterreicht.",
        "description": """
Wer in die Kita kommt, eingeschult wird oder eine Ausbildung beginnt, lässt vertraute Menschen zurück. Manche Kinder
tragen das leicht. Andere brauchen jemanden, der die Tür aufhält – auf beiden Seiten.

Am ersten Tag geht es um die frühen Wechsel, am zweiten um den Weg in den Beruf. Sechs Kommunen zeigen, was bei ihnen
läuft und was nicht. Bringen Sie mit:

- einen Übergang, der bei Ihnen gut gelingt,
- einen, der Ihnen Sorgen macht,
- eine Kollegin oder einen Kollegen aus einem anderen Amt.""",
        "directions": """
Das Bürgerhaus ist erfunden; einen Weg dorthin gibt es nicht. An dieser Stelle stünde, wie weit es vom Bahnhof ist, wo
Räder stehen können und welche Buslinie hält.

Alle Räume wären stufenlos erreichbar, im Großen Saal gäbe es eine Höranlage. Wer online dabei ist, bekommt den Zugang
am Tag davor per E-Mail.""",
    },
    items=(*FIRST_DAY, *SECOND_DAY),
)
