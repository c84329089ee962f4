"""Invented practice examples, from pregnancy to the day-care centre."""

from events.demo.samples.shapes import Example, Material
from events.models import Attachment
from practice.models import PracticeExample

Stage, Kind = PracticeExample.Stage, Attachment.Kind

FAMILY = (
    Example(
        slug="der-erste-besuch-vor-der-geburt",
        title="Der erste Besuch vor der Geburt",
        summary="Eine Familienhebamme klingelt, bevor das Kind da ist – bei allen, die das möchten.",
        towns=("herne",),
        topics=("Schwangerschaft und Geburt", "Frühe Hilfen", "Gesundheitsförderung", "SGB V", "SGB VIII", "Familien"),
        stage=Stage.PILOT,
        checked=40,
        contact=("Koordination Frühe Hilfen (Beispiel)", "fruehe-hilfen@herne.example"),
        texts={
            "starting_point": """
Der Willkommensbesuch kam früher acht Wochen nach der Geburt. Für viele Fragen war das zu spät: Die Hebamme war längst
gesucht und nicht gefunden, der Antrag auf Elterngeld lag unausgefüllt auf dem Küchentisch.""",
            "approach": """
Drei Praxen für Frauenheilkunde geben eine Karte mit, auf der nur eine Telefonnummer und zwei Sprechzeiten stehen. Wer
anruft, bekommt innerhalb von zehn Tagen Besuch.

- Eine Familienhebamme kommt zweimal vor und, wenn gewünscht, einmal nach der Geburt.
- Beim ersten Besuch wird nichts ausgefüllt, nur zugehört.
- Formulare bringt sie erst mit, wenn jemand danach fragt.""",
            "outcome": """
Im ersten Jahr nahmen 64 Familien das Angebot an, gut die Hälfte davon mit dem ersten Kind. Am häufigsten ging es um
Geld, am zweithäufigsten um Schlaf. Elf Familien wurden an eine Beratungsstelle vermittelt und kamen dort auch an.""",
            "pitfalls": """
Die Karte lag in einer Praxis drei Monate ungenutzt im Schrank, weil niemand sie dem Team erklärt hatte. Seither geht
die Koordination jedes Quartal persönlich vorbei.""",
            "prerequisites": """
Eine halbe Stelle für eine Familienhebamme und Praxen, die mitziehen. Ein Dienstrad half.""",
            "transferability": """
Braucht wenig, verträgt aber keine Vertretung durch wechselnde Gesichter. In ländlichen Kreisen müsste die Fahrzeit
eingerechnet werden.""",
        },
    ),
    Example(
        slug="babycafe-auf-raedern",
        title="Babycafé auf Rädern",
        summary="Ein umgebauter Bus hält dort, wo es kein Familienzentrum gibt. An Bord: Kaffee, Waage, offene Ohren.",
        towns=("kreis-hoexter",),
        topics=("Frühe Kindheit", "Frühe Hilfen", "Stadtentwicklung", "SGB VIII", "Familien", "Alleinerziehende"),
        stage=Stage.REGULAR,
        checked=200,
        contact=("Netzwerk Frühe Hilfen (Beispiel)", "babycafe@kreis-hoexter.example"),
        texts={
            "starting_point": """
Zwischen den Dörfern fährt der Bus alle zwei Stunden, am Wochenende gar nicht. Eltern ohne Auto kamen zu keinem der
Treffs, so gut diese auch waren.""",
            "approach": """
Statt die Eltern zu holen, fährt das Café hin. Der Bus steht an vier Vormittagen in der Woche auf Dorfplätzen, immer am
selben Tag und zur selben Zeit. An Bord sind eine Fachkraft der Frühen Hilfen und eine Ehrenamtliche aus dem Ort.""",
            "outcome": """
An guten Tagen kommen neun Mütter und Väter, an Regentagen drei. Aus zwei Haltestellen sind Krabbelgruppen geworden,
die sich inzwischen selbst im Pfarrheim treffen.""",
            "pitfalls": """
- Im ersten Winter fehlte eine Heizung, die ohne laufenden Motor auskommt.
- Wer nur einmal ausfällt, verliert Vertrauen: Eine Vertretung am Steuer muss feststehen.""",
            "prerequisites": "Ein Fahrzeug, vier Stellplätze mit Strom und eine Fachkraft mit Führerschein.",
            "transferability": "Für Flächenkreise gut geeignet. Der Fahrplan ist wichtiger als die Ausstattung.",
        },
        materials=(
            Material(
                Kind.HANDOUT,
                "Fahrplan und Packliste",
                points=("Vier Haltestellen, vier feste Zeiten", "Was an Bord sein muss", "Wer einspringt"),
                licence="cc-by-4.0",
            ),
        ),
    ),
    Example(
        slug="kita-sozialarbeit-eine-fuer-drei-haeuser",
        title="Kita-Sozialarbeit: eine für drei Häuser",
        summary="Eine Sozialarbeiterin für drei Kitas: zwischen Tür und Angel, aber mit Zeit.",
        towns=("moers",),
        topics=("Kita", "Kinder- und Jugendhilfe", "Armutssensibles Handeln", "SGB VIII", "Familien", "Fachkräfte"),
        stage=Stage.REGULAR,
        checked=400,
        contact=("Koordination Präventionskette (Beispiel)", "praeventionskette@moers.example"),
        texts={
            "starting_point": """
Erzieherinnen hörten beim Bringen von Mietschulden, Trennungen und Briefen, die niemand verstand. Helfen wollten sie
gern, nur fehlten ihnen Zeit und Zuständigkeit.""",
            "approach": """
Drei benachbarte Kitas teilen sich eine Sozialarbeiterin. Sie ist in jedem Haus an einem festen Vormittag, sitzt nicht
im Büro, sondern im Eingang, und kennt die Namen der Kinder.

Einmal im Monat bespricht sie sich mit allen drei Leitungen. Was Eltern ihr erzählen, bleibt bei ihr.""",
            "outcome": """
In einem Kitajahr gab es rund 180 Gespräche, die meisten kürzer als eine Viertelstunde. Die Teams berichten, dass sie
sich wieder mehr um die Kinder kümmern können. Häufigster Anlass: ein Brief vom Amt.""",
            "pitfalls": """
Am Anfang schickten die Teams alles weiter, auch das, was sie selbst gut konnten. Eine gemeinsame Liste mit „machen wir“
und „geben wir ab“ hat das geklärt.""",
            "prerequisites": """
- eine Stelle, die nicht an ein Projektende gebunden ist
- drei Leitungen, die sich absprechen mögen
- ein Raum mit Tür für die seltenen langen Gespräche""",
            "transferability": """
Geht überall, wo Kitas nah beieinanderliegen. Mehr als vier Häuser sind für eine zu viel.""",
        },
        materials=(
            Material(
                Kind.HANDOUT,
                "Leitfaden Kita-Sozialarbeit",
                points=("Der erste Vormittag im Eingang", "Machen wir, geben wir ab", "Was vertraulich bleibt"),
                licence="cc-by-sa-4.0",
            ),
        ),
    ),
    Example(
        slug="ein-wegweiser-statt-zwoelf-stellen",
        title="Ein Wegweiser statt zwölf Stellen",
        summary="Familien mit einem Kind mit Behinderung sollen eine Person haben, die den Weg durch die Ämter kennt.",
        towns=("nottuln",),
        topics=("Kita", "Frühe Kindheit", "Steuerung und Kooperation", "SGB IX", "SGB V", "Kinder mit Behinderung"),
        stage=Stage.IDEA,
        checked=90,
        contact=("Fachdienst Familie (Beispiel)", "familie@nottuln.example"),
        texts={
            "starting_point": """
Eine Mutter hat mitgezählt: zwölf Stellen, vierzehn Formulare, achtmal dieselbe Geschichte. Jede Stelle war freundlich,
keine fühlte sich für das Ganze zuständig.""",
            "approach": """
Geplant ist eine Lotsin mit Sitz im Rathaus, die Familien vom ersten Verdacht bis zur Einschulung begleitet. Sie führt
eine gemeinsame Mappe, die den Eltern gehört. Kita, Frühförderung und Krankenkasse tragen ein, was sie wissen.""",
            "outcome": "Noch keines. Ein Probelauf mit sechs Familien ist besprochen, die Finanzierung noch nicht.",
            "pitfalls": "Der Datenschutz wurde zu spät gefragt. Jetzt sitzt er von Anfang an mit am Tisch.",
            "prerequisites": "Eine Zusage von Kreis und Gemeinde, sich die Stelle zu teilen.",
            "transferability": """
Gerade in kleinen Gemeinden denkbar, weil sich alle kennen. Wer schon eine Verfahrenslotsin im Jugendamt hat, sollte
dort anfangen.""",
        },
    ),
)
