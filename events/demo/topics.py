"""The topics of the demo, by kind, each with the sentence that stands over its page."""

from practice.models import Topic

DESCRIPTIONS = {
    Topic.Kind.FIELD: {
        "Arbeit und Soziales": "Wie Jobcenter, Arbeitsagentur und Sozialamt an der Präventionskette mitknüpfen.",
        "Armutssensibles Handeln": "Was Fachkräfte tun können, damit Kinder nicht spüren, wie voll das Konto ist.",
        "Beteiligung": "Kinder, Jugendliche und Eltern reden mit – vor der Entscheidung, nicht danach.",
        "Bildung und Teilhabe": "Ausflug, Mittagessen, Lernförderung: wie Leistungen bei den Kindern ankommen.",
        "Frühe Hilfen": "Unterstützung von der Schwangerschaft an, freiwillig und ohne langen Antrag.",
        "Gesundheitsförderung": "Gesund aufwachsen, wo Kinder sind: zu Hause, in Kita und Schule, im Viertel.",
        "Kinder- und Jugendhilfe": "Was Jugendämter und freie Träger zum gemeinsamen Netz beitragen.",
        "Sozialplanung und Daten": "Zahlen, die zeigen, wo etwas fehlt – und die Menschen nicht vorführen.",
        "Stadtentwicklung": "Wege, Plätze, Treffpunkte: wie das Viertel das Aufwachsen leichter macht.",
        "Steuerung und Kooperation": "Wer lädt ein, wer entscheidet, wer hält das Netz zusammen?",
    },
    Topic.Kind.PHASE: {
        "Schwangerschaft und Geburt": "Die Monate, in denen aus zweien drei werden, und die erste Zeit danach.",
        "Frühe Kindheit": "Die ersten drei Jahre: Eltern finden sich ein, Kinder finden ihre Welt.",
        "Kita": "Vom ersten Tag in der Gruppe bis zum letzten vor der Schule.",
        "Grundschule": "Lesen, rechnen, Freunde finden: vier Jahre, die viel entscheiden.",
        "Weiterführende Schule": "Von der fünften Klasse bis zum Abschluss, mit allem, was dazwischenkommt.",
        "Schule": "Alles rund um die Schulzeit, ohne Unterschied der Schulform.",
        "Übergang Schule und Beruf": "Der Weg aus der Schule in Ausbildung, Studium oder Arbeit.",
    },
    Topic.Kind.LAW: {
        "SGB II": "Grundsicherung für Arbeitsuchende und ihre Familien; zuständig ist das Jobcenter.",
        "SGB III": "Arbeitsförderung; zuständig ist die Agentur für Arbeit.",
        "SGB V": "Gesetzliche Krankenversicherung, von der Vorsorge bis zur Hebamme.",
        "SGB VIII": "Kinder- und Jugendhilfe; zuständig ist das Jugendamt.",
        "SGB IX": "Rehabilitation und Teilhabe von Menschen mit Behinderungen.",
        "SGB XII": "Sozialhilfe; zuständig ist das Sozialamt.",
    },
    Topic.Kind.GROUP: {
        "Alleinerziehende": "Mütter und Väter, die den Alltag mit Kindern allein tragen.",
        "Fachkräfte": "Menschen, die beruflich mit Kindern, Jugendlichen und Familien arbeiten.",
        "Familien": "Kinder und die Erwachsenen, bei denen sie aufwachsen.",
        "Junge Menschen": "Jugendliche und junge Erwachsene bis 27 Jahre.",
        "Kinder mit Behinderung": "Kinder, denen Barrieren im Weg stehen, und ihre Familien.",
        "Zugewanderte Familien": "Familien, die sich in einem neuen Land und in seinen Ämtern zurechtfinden.",
    },
}


def load_topics() -> dict[str, Topic]:
    """By name; what is there stays."""
    return {
        name: Topic.objects.get_or_create(kind=kind, name=name, defaults={"description": description})[0]
        for kind, descriptions in DESCRIPTIONS.items()
        for name, description in descriptions.items()
    }
