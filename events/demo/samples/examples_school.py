"""Invented practice examples around school."""

from events.demo.samples.shapes import Example, Material
from events.models import Attachment
from practice.models import PracticeExample

Stage, Kind = PracticeExample.Stage, Attachment.Kind

SCHOOL = (
    Example(
        slug="das-uebergabebuch-gehoert-dem-kind",
        title="Das Übergabebuch gehört dem Kind",
        summary="Was ein Kind kann, erzählt es der neuen Schule selbst – mit einem Buch aus der Kitazeit.",
        towns=("iserlohn",),
        topics=("Kita", "Grundschule", "Beteiligung", "SGB VIII", "Familien"),
        stage=Stage.PILOT,
        checked=60,
        contact=("Fachstelle Übergang Kita und Grundschule (Beispiel)", "uebergang@iserlohn.example"),
        texts={
            "starting_point": """
Zwischen Kita und Schule wanderten Bögen, die kaum jemand las. Die Kinder, um die es ging, kamen darin nur als Kreuze
in Kästchen vor.""",
            "approach": """
Im letzten Kitajahr füllt jedes Kind ein Buch: Was ich gut kann. Wer meine Freunde sind. Was mich traurig macht. Am
Schnuppertag zeigt es das Buch seiner neuen Lehrerin und entscheidet, welche Seiten zu Hause bleiben.""",
            "outcome": """
Beim ersten Durchgang machten fünf Kitas und zwei Schulen mit. Die Lehrkräfte kannten am ersten Schultag die Hälfte der
Namen. Ein Junge sagte, er habe „jetzt auch eine Akte“.""",
            "pitfalls": """
Schnuppertage aller Kitas auf einen Vormittag zu legen, war zu viel. Zwei Kinder je Stunde gehen gut.""",
            "prerequisites": """
- Einwilligung der Eltern, in einfachen Worten
- Zeit der Lehrkräfte, fest im Stundenplan""",
            "transferability": """
Das Buch kostet fast nichts. Die verabredete Zeit auf beiden Seiten ist der eigentliche Preis.""",
        },
    ),
    Example(
        slug="fruehstueck-fuer-alle-im-ganztag",
        title="Frühstück für alle im Ganztag",
        summary="Ein Schuljahr lang gab es morgens Brot und Obst für jedes Kind. Und warum es endete.",
        towns=("dueren",),
        topics=("Grundschule", "Armutssensibles Handeln", "Gesundheitsförderung", "Bildung und Teilhabe", "Familien"),
        stage=Stage.ENDED,
        checked=1100,
        contact=("Schulverwaltung (Beispiel)", "ganztag@dueren.example"),
        texts={
            "starting_point": """
An einer Grundschule kam jedes vierte Kind ohne Frühstück. Der Hinweis in der Elternpost änderte daran nichts, machte
aber einigen Eltern ein schlechtes Gewissen.""",
            "approach": """
Von halb acht an standen Brot, Obst und Wasser in der Mensa. Es gab keine Liste und keine Anmeldung. Vier Eltern und
zwei Rentner deckten den Tisch, Kinder der vierten Klasse räumten ab.""",
            "outcome": """
Täglich frühstückten 70 bis 90 Kinder, auch solche, die zu Hause schon gegessen hatten. Gerade das machte es zu etwas
Normalem. Die erste Stunde wurde ruhiger.""",
            "pitfalls": """
Die Spenden reichten für ein Jahr, danach sollte jede Familie einen Euro am Tag zahlen. Binnen zwei Wochen blieben genau
die Kinder weg, für die das Frühstück gedacht war. Das Angebot wurde eingestellt.""",
            "prerequisites": """
Verlässliches Geld. Rechnen Sie mit 40 Cent am Tag und Kind, dazu Spülmaschine und Kühlschrank.""",
            "transferability": """
Ja – aber nur, wenn die Finanzierung vor dem ersten Brot steht und alle Kinder einschließt.""",
        },
    ),
    Example(
        slug="gesundheitsfachkraft-im-lehrerzimmer",
        title="Eine Gesundheitsfachkraft im Lehrerzimmer",
        summary="Kopfschmerzen, Asthma, Kummer: An einer Gesamtschule ist jeden Tag jemand da, der danach fragt.",
        towns=("guetersloh",),
        topics=("Weiterführende Schule", "Gesundheitsförderung", "SGB V", "Junge Menschen", "Fachkräfte"),
        stage=Stage.PILOT,
        checked=15,
        contact=("Kommunale Gesundheitskonferenz (Beispiel)", "schulgesundheit@guetersloh.example"),
        texts={
            "starting_point": """
Das Sekretariat verteilte Kühlkissen und rief Eltern an. Warum jemand zum dritten Mal in der Woche Bauchweh hatte,
fragte niemand – dafür war schlicht keiner da.""",
            "approach": """
Eine Kinderkrankenpflegerin arbeitet mit voller Stelle an der Schule. Sie versorgt kleine Verletzungen, schult Klassen
im Umgang mit Asthma und Diabetes und hat zweimal in der Woche offene Sprechstunde.""",
            "outcome": """
Im ersten Halbjahr gab es 410 Kontakte. Ein Drittel davon begann mit einer körperlichen Beschwerde und endete bei etwas
anderem: Streit, Angst, zu wenig Schlaf.""",
            "pitfalls": "Schulsozialarbeit und Gesundheitsfachkraft mussten erst klären, wer wann wen hinzuzieht.",
            "prerequisites": """
Ein eigener Raum mit Liege und Waschbecken sowie eine Schweigepflicht, die allen erklärt wird.""",
            "transferability": """
Für große Schulen. Kleinere könnten sich eine Stelle teilen, dann aber mit festen Tagen.""",
        },
    ),
    Example(
        slug="lernfoerderung-ueber-die-schule",
        title="Ein Weg weniger: Lernförderung über die Schule",
        summary="Eltern unterschreiben einmal, den Rest erledigen Schule und Leistungsstelle untereinander.",
        towns=("gelsenkirchen",),
        topics=("Weiterführende Schule", "Bildung und Teilhabe", "SGB II", "SGB XII", "Zugewanderte Familien"),
        stage=Stage.REGULAR,
        checked=300,
        contact=("Fachstelle Bildung und Teilhabe (Beispiel)", "but@gelsenkirchen.example"),
        texts={
            "starting_point": """
Für Lernförderung brauchten Eltern die Bestätigung der Schule, einen Bescheid und ein Angebot der Nachhilfe. Viele gaben
nach dem zweiten Weg auf. Das Geld blieb liegen, die Fünf im Zeugnis auch.""",
            "approach": """
Die Klassenleitung spricht Eltern am Sprechtag an. Wer unterschreibt, ist fertig: Die Schule schickt ihre Einschätzung
direkt an die Leistungsstelle, diese schickt die Zusage direkt an den Träger der Lernförderung.

Für Fragen gibt es eine Telefonnummer, unter der in vier Sprachen jemand abnimmt.""",
            "outcome": """
- Von der Unterschrift bis zur ersten Stunde vergehen im Mittel 16 Tage, vorher waren es 51.
- An den acht beteiligten Schulen hat sich die Zahl der geförderten Kinder verdoppelt.""",
            "pitfalls": "Ein Fax zählte anfangs als „elektronischer Weg“. Heute gibt es ein gemeinsames Postfach.",
            "prerequisites": """
Eine Einwilligung, die beide Rechtskreise trägt, und eine Leistungsstelle, die Schulen zurückruft.""",
            "transferability": """
Das Verfahren lässt sich übernehmen, das Einwilligungsblatt auch. Am Ende zählt der kurze Draht.""",
        },
        materials=(
            Material(Kind.LINK, "Einwilligung in einfacher Sprache", url="https://vorlagen.example/einwilligung/"),
        ),
    ),
)
