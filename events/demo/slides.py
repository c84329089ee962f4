"""What stands in place of the two lectures' slides: what the report says of them, and what it does not."""

from dataclasses import dataclass

Page = tuple[str, str]


@dataclass(frozen=True)
class Slide:
    """`notes` are for who speaks, not for who reads; `seed` is that of its drawing, if it has one."""

    title: str
    lines: tuple[str, ...]
    notes: str = ""
    seed: int | None = None


PAGES: dict[str, tuple[Page, ...]] = {
    "aktivieren-oder-befaehigen": (
        (
            "Warum hier ein Platzhalter steht",
            "Die Folien dieses Vortrags liegen nicht vor, nur ein Bericht über das Treffen.",
        ),
        ("Zwei Gesetze", "Der Vortrag ging von SGB II und SGB III aus. Wie er sie darstellte, ist nicht überliefert."),
        ("Zwei Häuser", "Gefragt war nach Jobcentern und Arbeitsagenturen. Was die Folien zeigten, wissen wir nicht."),
        ("Wo es hakt", "Der Bericht nennt Widersprüche in den Regeln selbst. Welche genau, ist nicht überliefert."),
        (
            "Wo es sich reibt",
            "Mit Jugendhilfe, Gesundheitsförderung und Stadtentwicklung. Mehr dazu ist nicht bekannt.",
        ),
        ("Was zu tun wäre", "Empfehlungen standen am Schluss. An ihrer Stelle steht dieser Satz als Platzhalter."),
        ("Wenn sich die Folien finden", "Dann ersetzt die Redaktion diese Datei; die Adresse der Seite bleibt gleich."),
    ),
}

SLIDES: dict[str, tuple[Slide, ...]] = {
    "collaborative-governance": (
        Slide(
            "Platzhalter: Collaborative Governance",
            (
                "Die Folien von Prof. Dr. Stephan Grohs sind nicht überliefert.",
                "An ihrer Stelle erklären diese hier mit eigenen Worten, worum es in seinem Vortrag ging.",
            ),
        ),
        Slide(
            "Was wir wissen und was nicht",
            (
                "Bekannt sind die Frage des Vortrags und der Name des Ansatzes, den er vorstellte.",
                "Was auf den Folien stand, sagt der Bericht nicht. Es wird hier auch nicht nachgestellt.",
            ),
            notes="Sprechzettel, nur in der Datei zu sehen: kurz sagen, dass dies kein Original ist.",
        ),
        Slide(
            "Die Ausgangsfrage",
            (
                "Jobcenter und Arbeitsagenturen handeln nach SGB II und SGB III.",
                "Wie verständigen sie sich mit Jugendhilfe, Gesundheitsförderung und Stadtentwicklung?",
            ),
        ),
        Slide(
            "Jedes Haus fragt anders",
            (
                "Das Jobcenter fragt, was Eltern in Arbeit bringt. Das Jugendamt fragt, was ihr Kind braucht.",
                "Beides steht im Gesetz, und beides kann dieselbe Familie in verschiedene Richtungen ziehen.",
            ),
        ),
        Slide(
            "Warum guter Wille nicht genügt",
            (
                "Auch wer zugewandt berät, bleibt an Fristen, Nachweise und Weisungen gebunden.",
                "Absprachen zwischen den Häusern halten nur, wenn sie zu diesen Bindungen passen.",
            ),
        ),
        Slide(
            "Was der Ausdruck meint",
            (
                "„Collaborative Governance“: Ämter und andere beraten gemeinsam und suchen, was alle mittragen.",
                "Niemand gibt dabei seine Zuständigkeit ab, aber alle sagen offen, woran sie gebunden sind.",
            ),
        ),
        Slide(
            "Was eine solche Runde trägt",
            (
                "Ein Auftrag, hinter dem die Leitungen aller Häuser stehen.",
                "Eine Moderation, der niemand Eigennutz unterstellt.",
                "Zeit, einander kennenzulernen, und kleine Erfolge, die früh zu sehen sind.",
            ),
        ),
        Slide(
            "Viele Glieder, eine Kette",
            ("Jedes Glied gehört einem anderen Haus.", "Halten muss die ganze Kette."),
            seed=8,
        ),
        Slide(
            "Das Gespräch danach",
            (
                "Nach dem Vortrag wurde der Ansatz im Plenum besprochen.",
                "Welche Fragen und Einwände kamen, ist nicht überliefert.",
            ),
            notes="Sprechzettel, nur in der Datei zu sehen: zur Diskussion überleiten.",
        ),
        Slide(
            "Und wenn sich die Folien finden?",
            (
                "Dann ersetzt die Redaktion diese Datei, und die Adresse der Seite bleibt gleich.",
                "Bis dahin zeigt sie, wie das Portal PowerPoint liest: jede Folie mit Titel, Text und Adresse.",
            ),
        ),
    ),
}
