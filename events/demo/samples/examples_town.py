"""Invented practice examples of the way into work, and of how a town or district goes about the whole."""

from events.demo.samples.shapes import Example, Material
from events.models import Attachment
from practice.models import PracticeExample

Stage, Kind, Absence = PracticeExample.Stage, Attachment.Kind, Attachment.Absence

TOWN = (
    Example(
        slug="praktikum-vor-der-haustuer",
        title="Praktikum vor der Haustür",
        summary="Betriebe im Viertel öffnen für drei Tage. Keine Bewerbung, kein Zeugnis, nur hingehen.",
        towns=("lemgo",),
        topics=(
            "Übergang Schule und Beruf",
            "Weiterführende Schule",
            "Arbeit und Soziales",
            "SGB III",
            "Junge Menschen",
        ),
        stage=Stage.PILOT,
        checked=500,
        contact=("Übergangsmanagement (Beispiel)", "uebergang@lemgo.example"),
        texts={
            "starting_point": """
Praktika bekam, wer jemanden kannte. Jugendliche ohne Netzwerk bewarben sich auf die immer gleichen drei Stellen und
hörten meist nichts.""",
            "approach": """
Vierzehn Betriebe im Umkreis von zwanzig Gehminuten hängen ein Schild ins Fenster: „Komm rein.“ Drei Tage im November
und drei im März dürfen Jugendliche ohne Anmeldung mitlaufen. Die Berufsberatung kommt am letzten Tag dazu.""",
            "outcome": """
Beim zweiten Mal nutzten 57 Jugendliche das Angebot. Sechs von ihnen haben später im selben Betrieb eine Ausbildung
begonnen, darunter zwei, die vorher als „nicht vermittelbar“ galten.""",
            "pitfalls": """
Der Versicherungsschutz muss vorher mit der Schule geklärt sein, sonst platzt der erste Morgen.""",
            "prerequisites": "Eine Person, die von Tür zu Tür geht. Per Rundmail hat kein einziger Betrieb zugesagt.",
            "transferability": "Funktioniert in Kleinstädten und Vierteln mit vielen kleinen Betrieben.",
        },
    ),
    Example(
        slug="sprechstunde-zu-zweit",
        title="Sprechstunde zu zweit",
        summary="Jobcenter und Jugendamt sitzen freitags gemeinsam im Familienzentrum. Ein Tisch, zwei Rechtskreise.",
        towns=("wuppertal",),
        topics=(
            "Frühe Kindheit",
            "Arbeit und Soziales",
            "Kinder- und Jugendhilfe",
            "SGB II",
            "SGB VIII",
            "Alleinerziehende",
        ),
        stage=Stage.REGULAR,
        checked=950,
        contact=("Familienbüro (Beispiel)", "familienbuero@wuppertal.example"),
        texts={
            "starting_point": """
Alleinerziehende bekamen vom Jobcenter eine Maßnahme und vom Jugendamt keinen Betreuungsplatz – oder umgekehrt. Beide
Häuser arbeiteten richtig, nur nicht miteinander.""",
            "approach": """
Jeden Freitag von neun bis zwölf beraten zwei Fachkräfte gemeinsam, ohne Termin und ohne Akte auf dem Tisch. Kinder
spielen nebenan. Was sich sofort klären lässt, wird sofort geklärt, auch mit einem Anruf.""",
            "outcome": """
Im Schnitt kommen fünf Familien je Freitag. Acht von zehn Anliegen brauchten beide Häuser. Das Jobcenter verschiebt
Maßnahmen inzwischen von sich aus, wenn der Kitaplatz noch fehlt.""",
            "pitfalls": """
- Zuerst kam kaum jemand: Das Wort „Jobcenter“ auf dem Plakat schreckte ab.
- Urlaube müssen abgestimmt werden; allein verliert die Sprechstunde ihren Sinn.""",
            "prerequisites": "Zwei Leitungen, die ihre Leute freistellen, und ein Haus, in das Familien ohnehin gehen.",
            "transferability": "Sehr gut. Fangen Sie mit einem Freitag im Monat an.",
        },
    ),
    Example(
        slug="kinderarmut-auf-zwei-seiten",
        title="Kinderarmut auf zwei Seiten",
        summary="Ein Bericht, den auch der Kreistag liest: zwei Seiten, sechs Zahlen, drei Fragen.",
        towns=("kreis-euskirchen", "kall"),
        topics=("Sozialplanung und Daten", "Steuerung und Kooperation", "Armutssensibles Handeln", "Fachkräfte"),
        stage=Stage.REGULAR,
        checked=250,
        contact=("Sozialplanung (Beispiel)", "sozialplanung@kreis-euskirchen.example"),
        texts={
            "starting_point": """
Der letzte Sozialbericht hatte 140 Seiten. Gelesen hatten ihn, nach ehrlicher Umfrage, vier Menschen.""",
            "approach": """
Jede Gemeinde bekommt einmal im Jahr ein Blatt, vorn die Zahlen, hinten drei Fragen an den Rat. Verglichen wird nur mit
dem eigenen Vorjahr, nie mit dem Nachbarort. Die Gemeinde Kall hat das Blatt als erste im Rat besprochen.""",
            "outcome": """
In sieben Räten stand das Blatt auf der Tagesordnung. Zwei Gemeinden haben daraufhin Ferienangebote umgeplant, eine hat
die Gebühren der Musikschule gestaffelt.""",
            "pitfalls": """
In kleinen Orten lassen sich aus Zahlen Familien erkennen. Unter zehn Fällen steht deshalb „wenige“.""",
            "prerequisites": "Jemand, der rechnen und weglassen kann, und ein Kreistag, der die Fragen hören will.",
            "transferability": "Die Vorlage passt für jeden Kreis. Wichtig ist der Verzicht auf eine Rangliste.",
        },
        materials=(Material(Kind.DOCUMENTATION, "Blatt für den Rat, Muster", absence=Absence.REQUESTED),),
    ),
    Example(
        slug="jugendliche-planen-den-bus",
        title="Jugendliche planen den Bus mit",
        summary="Wann fährt der letzte Bus? Jugendliche haben gezählt, gefragt und einen Fahrplan vorgeschlagen.",
        towns=("burbach",),
        topics=(
            "Weiterführende Schule",
            "Übergang Schule und Beruf",
            "Beteiligung",
            "Stadtentwicklung",
            "Junge Menschen",
        ),
        stage=Stage.UNKNOWN,
        checked=None,
        texts={
            "starting_point": """
Wer in der Nachbarstadt eine Ausbildung machte, kam morgens hin und abends nicht zurück. Eltern fuhren, wenn sie ein
Auto hatten.""",
            "approach": """
Zwölf Jugendliche führten vier Wochen lang Buch über ihre Wege. Mit einer Fachkraft der Jugendarbeit machten sie daraus
einen Vorschlag: eine spätere Fahrt, ein Umweg weniger, ein Wartehaus mit Licht.""",
            "outcome": "Der Vorschlag wurde im Ausschuss vorgestellt. Was daraus wurde, ist nicht dokumentiert.",
            "pitfalls": "Die Sitzung begann um 17 Uhr – der letzte Bus nach Hause fuhr um 18:10 Uhr.",
            "prerequisites": "Eine Fachkraft, die übersetzt: von Jugendsprache in Vorlagendeutsch und zurück.",
            "transferability": "Gut übertragbar. Klären Sie vorher, wer am Ende Ja oder Nein sagt.",
        },
    ),
)
